// From the sheet the server sends (portal/intake/views.py: SheetView) to what the filler walks over.
import { keyOf } from "./ledger.js";

// Each item gets its page, the paths it depends on for being shown, and an anchor: the id of its field in the page.
export function readSheet(sheet) {
  const byPath = new Map();
  let count = 0;
  const walk = (given, page, above) => {
    count += 1;
    const item = { ...given, page, anchor: `q${count}`, lineage: [...above, given.path] };
    item.asked = !NEVER_ASKED.includes(item.kind);
    byPath.set(item.path, item);
    if (item.asked) page.questions.push(item);
    item.items = given.items.map((child) => walk(child, page, item.lineage));
    return item;
  };
  const pages = sheet.pages.map((given) => {
    const page = { path: given.path, index: given.index, title: given.title || sheet.title, questions: [] };
    page.items = given.items.map((item) => walk(item, page, given.path ? [given.path] : []));
    return page;
  });
  const answers = sheet.answers.map(({ path, instance, value, revision }) => ({ key: keyOf(path, instance), value, revision }));
  return { pages, byPath, answers, hidden: sheet.hidden, above: (path) => byPath.get(path)?.lineage ?? [path] };
}

const NEVER_ASKED = ["group", "display", "note"];
