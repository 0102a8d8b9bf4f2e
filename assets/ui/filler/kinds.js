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
  decimal: { name: "valueDecimal", problem: isNumber, made: Number },
  quantity: { name: "valueQuantity", problem: isNumber, made: Number, field: (content) => content.value },
  time: {
    name: "valueTime",
    problem: (text) => (/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(text) ? "" : words.clockTime),
    made: (text) => (text.length === 5 ? `${text}:00` : text),
    field: (content) => content.slice(0, 5),
    show: (text) => text,
  },
  "date-time": {
    name: "valueDateTime",
    problem: (text) => (isDay(text.slice(0, 10)) && /T\d{2}:\d{2}(:\d{2})?$/.test(text) ? "" : words.dayAndTime),
    made: withZone,
    field: (content) => content.slice(0, 16),
    show: (text) => `${dayInWords(text.slice(0, 10))}, ${text.slice(11, 16)}`,
  },
};

function isNumber(text) {
  return /^[+-]?(\d{1,12}(\.\d{0,9})?|\.\d{1,9})$/.test(text) ? "" : words.number;
}

// The time that the person's own clock shows, with how far that clock is from UTC on that day.
function withZone(text) {
  const whole = text.length === 16 ? `${text}:00` : text;
  const minutes = -new Date(whole).getTimezoneOffset();
  const two = (number) => String(Math.trunc(Math.abs(number))).padStart(2, "0");
  return `${whole}${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}

const first = (value) => value[0] ?? {};

// The text in the field.
export function textOf(item, value) {
  const kind = KINDS[item.kind];
  const content = first(value)[kind.name];
  return String(first(value).typed ?? (content === undefined ? "" : kind.field ? kind.field(content) : content));
}

// A quantity is a number and a unit: what was typed of both.
export const unitOf = (item, value) =>
  first(value).unit ?? first(value).valueQuantity?.unit ?? item.units[0] ?? "";

export function quantity(item, text, unit) {
  const read = typed(item, text);
  if (read.value.length === 0) return unit === (item.units[0] ?? "") ? read : { value: [{ typed: "", unit }] , invalid: words.number };
  if (read.invalid) return { value: [{ typed: text, unit }], invalid: read.invalid };
  const given = { value: read.value[0].valueQuantity, ...(unit.trim() ? { unit } : {}) };
  return { value: [{ valueQuantity: given }] };
}

// The words of an open choice that are none of its options.
export function otherOf(item, value) {
  const given = value.find((each) => each.valueString !== undefined && !item.options.some((option) => isSame(option.value, each)));
  return item.is_open ? (given?.valueString ?? "") : "";
}

// Reads what was typed: {value, invalid}. `half` says that the browser holds a date that is not complete.
export function typed(item, text, half = false) {
  const kind = KINDS[item.kind];
  const plain = text.trim();
  if (plain === "") return half ? { value: [{ typed: "" }], invalid: words.fullDate } : { value: [] };
  const kept = kind.keepsSpaces ? text : plain;
  const invalid = tooLong(item, kept) || kind.problem?.(kept) || outOfRange(item, kept) || unlike(item, kept);
  if (invalid) return { value: [{ typed: text, why: invalid }], invalid };
  return { value: [{ [kind.name]: kind.made ? kind.made(kept) : kept }] };
}

const tooLong = ({ max_length: limit }, text) => (limit && lengthOf(text) > limit ? words.tooLong(limit) : "");

// Words that are too short, or do not look as the form wants them to.
function unlike({ kind, min_length: least, pattern }, text) {
  if (kind !== "string" && kind !== "text") return "";
  if (least && lengthOf(text) < least) return words.tooShort(least);
  return pattern && !new RegExp(`^(?:${pattern})$`, "u").test(text) ? words.unlike : "";
}

function outOfRange({ kind, minimum, maximum }, text) {
  const day = kind === "date";
  if (!day && !["integer", "decimal", "quantity"].includes(kind)) return "";
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
  if (item.kind === "attachment") return value.map((each) => each.valueAttachment.title ?? words.file).join(", ");
  if (!KINDS[item.kind]) {
    const labels = chosen(item, value).map((place) => optionsOf(item)[place].label);
    return [...labels, otherOf(item, value)].filter(Boolean).join(", ");
  }
  return value.map((each) => oneInWords(item, [each])).join(", ");
}

function oneInWords(item, value) {
  const { show } = KINDS[item.kind];
  const text = textOf(item, value);
  const unit = item.kind === "quantity" ? unitOf(item, value) : item.unit;
  return `${show ? show(text) : text} ${unit ?? ""}`.trim();
}

const MANY_OPTIONS = 7; // more than these go into a list that opens

// How a question is asked: the form may wish for one way, else the number of options decides.
export function widgetOf(item) {
  if (item.kind === "boolean") return item.control === "checkbox" ? "box" : "radio";
  if (item.kind !== "choice") return WIDGETS[item.kind] ?? "line";
  if (item.repeats) return "boxes";
  if (item.is_open) return "radio";
  const opens = item.control === "select" || (!item.control && item.options.length > MANY_OPTIONS);
  return opens ? "select" : "radio";
}

const WIDGETS = {
  text: "paragraphs",
  date: "day",
  time: "clock",
  "date-time": "clock",
  quantity: "quantity",
  attachment: "files",
};
