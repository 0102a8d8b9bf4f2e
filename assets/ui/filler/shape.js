// From the sheet the server sends (portal/intake/views.py: SheetView) to what the filler walks over.
import { keyOf } from "./ledger.js";

// The answers and what does not apply, for the ledger.
export const readAnswers = (sheet) => ({
  answers: sheet.answers.map(({ path, instance, value, revision }) => ({ key: keyOf(path, instance), value, revision })),
  hidden: sheet.hidden,
});

// As the server writes it (portal/intake/fhir/repeating.py): in first instances the path is the linkId alone.
export const pathIn = (link, numbers) => (numbers.some(Boolean) ? `${link}#${numbers.join(".")}` : link);

// Each item gets its page, the paths it depends on for being shown, and an anchor: the id of its field in the page.
// A group to repeat becomes as many groups as `numbersAt` names for the path that keeps them.
export function readShape(sheet, numbersAt) {
  const byPath = new Map();
  const lists = new Map();
  const remarksOn = (path) => (sheet.remarks ?? []).filter((remark) => remark.path === path);
  let count = 0;
  const walk = (given, place) => {
    if (given.kind === "group" && given.repeats) return repeat(given, place);
    return one(given, place, pathIn(given.path, place.numbers));
  };
  const one = (given, { page, above, numbers, owners }, path) => {
    count += 1;
    const item = { ...given, path, page, anchor: `q${count}`, lineage: [...above, path], owners };
    item.asked = !NEVER_ASKED.includes(item.kind);
    item.fixed = sheet.fixed?.[path] ?? "";
    item.remarks = remarksOn(path);
    byPath.set(path, item);
    if (item.asked) page.questions.push(item);
    item.items = given.items.map((child) => walk(child, { page, above: item.lineage, numbers, owners }));
    return item;
  };
  const repeat = (given, { page, above, numbers, owners }) => {
    count += 1;
    const path = pathIn(given.path, numbers);
    const present = numbersAt(path);
    const item = { ...given, kind: "repeat", path, page, anchor: `q${count}`, numbers: present, asked: false };
    item.atLeast = given.required || given.conditional ? 1 : 0;
    item.lineage = above;
    item.patterns = (number) => given.items.flatMap((child) => conditionalPaths(child, [...numbers, number]));
    lists.set(path, { lineage: above, owners });
    const inside = { page, above, owners: [...owners, path] };
    item.items = present.map((number) => {
      const all = [...numbers, number];
      return one({ ...given, required: false }, { ...inside, numbers: all }, pathIn(given.path, all));
    });
    return item;
  };
  const pages = sheet.pages.map((given) => {
    const page = { path: given.path, index: given.index, title: given.title || sheet.title, questions: [] };
    const above = given.path ? [given.path] : [];
    page.remarks = remarksOn("");
    page.items = given.items.map((item) => walk(item, { page, above, numbers: [], owners: [] }));
    return page;
  });
  const found = (path) => byPath.get(path) ?? lists.get(path);
  return {
    pages,
    byPath,
    lists,
    above: (path) => found(path)?.lineage ?? null,
    owners: (path) => (byPath.has(path) && !lists.has(path) ? byPath.get(path).owners : (lists.get(path)?.owners ?? [])),
  };
}

// What of a new instance is not shown until the server has said that it applies.
function conditionalPaths(given, numbers) {
  const inner = given.kind === "group" && given.repeats ? [...numbers, 0] : numbers;
  const own = given.conditional ? [pathIn(given.path, inner)] : [];
  return [...own, ...given.items.flatMap((child) => conditionalPaths(child, inner))];
}

const NEVER_ASKED = ["group", "display", "note", "fixed"];
