// What a field shows of an answer, and what may be sent. An answer is a list of FHIR answer values, [] for none. Words
// that are not an answer yet are kept as they were typed, under `typed`, with the sentence that says why.
import { words } from "./words.js";

// How each kind of question is written into an answer, and read out of one.
const KINDS = {
  string: { name: "valueString", keepsSpaces: true },
  text: { name: "valueString", keepsSpaces: true },
  url: { name: "valueUri" },
  date: { name: "valueDate", problem: (text) => (isDay(text) ? "" : words.fullDate), show: dayInWords },
  integer: {
    name: "valueInteger",
    problem: (text) => (/^[+-]?\d{1,9}$/.test(text) ? "" : words.wholeNumber),
    made: Number,
  },
  decimal: {
    name: "valueDecimal",
    problem: (text) => (/^[+-]?(\d{1,12}(\.\d{0,9})?|\.\d{1,9})$/.test(text) ? "" : words.number),
    made: Number,
  },
};

const first = (value) => value[0] ?? {};

// The text in the field.
export const textOf = (item, value) => String(first(value).typed ?? first(value)[KINDS[item.kind].name] ?? "");

// Reads what was typed: {value, invalid}. `half` says that the browser holds a date that is not complete.
export function typed(item, text, half = false) {
  const kind = KINDS[item.kind];
  const plain = text.trim();
  if (plain === "") return half ? { value: [{ typed: "" }], invalid: words.fullDate } : { value: [] };
  const kept = kind.keepsSpaces ? text : plain;
  const invalid = tooLong(item, kept) || kind.problem?.(kept) || outOfRange(item, kept);
  if (invalid) return { value: [{ typed: text }], invalid };
  return { value: [{ [kind.name]: kind.made ? kind.made(kept) : kept }] };
}

const tooLong = ({ max_length: limit }, text) => (limit && lengthOf(text) > limit ? words.tooLong(limit) : "");

function outOfRange({ kind, minimum, maximum }, text) {
  const day = kind === "date";
  if (!day && kind !== "integer" && kind !== "decimal") return "";
  const read = day ? String : Number;
  const shown = (limit) => (day ? dayInWords(limit) : limit);
  if (minimum && read(text) < read(minimum)) return words.atLeast(shown(minimum), day);
  if (maximum && read(text) > read(maximum)) return words.atMost(shown(maximum), day);
  return "";
}

// As the server counts: characters, not the halves of an emoji.
export const lengthOf = (text) => [...text].length;

function isDay(text) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts || parts[1] === "0000") return false;
  const [year, month, day] = parts.slice(1).map(Number);
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

function dayInWords(text) {
  if (!isDay(text)) return text;
  const date = new Date(`${text}T00:00:00Z`);
  return date.toLocaleDateString([], { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

// Yes or no is a choice between two.
const YES_NO = [
  { label: words.yes, value: { valueBoolean: true } },
  { label: words.no, value: { valueBoolean: false } },
];
export const optionsOf = (item) => (item.kind === "boolean" ? YES_NO : item.options);

// Which options an answer holds, as places in the form's order.
export const chosen = (item, value) =>
  optionsOf(item).flatMap((option, place) => (value.some((given) => isSame(option.value, given)) ? [place] : []));

export const answerOf = (item, places) =>
  [...places].sort((one, other) => one - other).map((place) => optionsOf(item)[place].value);

const isSame = (option, given) => {
  const [one, other] = [option.valueCoding, given.valueCoding];
  if (one && other && one.code) return one.code === other.code && (one.system ?? "") === (other.system ?? "");
  return JSON.stringify(sorted(option)) === JSON.stringify(sorted(given));
};
const sorted = (value) =>
  value !== null && typeof value === "object"
    ? Object.keys(value)
        .sort()
        .map((name) => [name, sorted(value[name])])
    : value;

// An answer in words, for the look over everything and for the two answers of a conflict.
export function inWords(item, value) {
  if (!value || value.length === 0) return "";
  const kind = KINDS[item.kind];
  if (!kind) {
    const labels = chosen(item, value).map((place) => optionsOf(item)[place].label);
    return labels.join(", ");
  }
  const text = textOf(item, value);
  const shown = kind.show ? kind.show(text) : text;
  return item.unit ? `${shown} ${item.unit}` : shown;
}

const MANY_OPTIONS = 7; // more than these go into a list that opens

// How a question is asked: the form may wish for one way, else the number of options decides.
export function widgetOf(item) {
  if (item.kind === "boolean") return item.control === "checkbox" ? "box" : "radio";
  if (item.kind !== "choice") return WIDGETS[item.kind] ?? "line";
  if (item.repeats) return "boxes";
  const opens = item.control === "select" || (!item.control && item.options.length > MANY_OPTIONS);
  return opens ? "select" : "radio";
}

const WIDGETS = { text: "paragraphs", date: "day" };
