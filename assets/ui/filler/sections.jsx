// All sections with what is missing in each; a way to any of them.
import { keyOf } from "./ledger.js";
import { words } from "./words.js";

export function Sections({ pages, current, ledger, shown, onOpen }) {
  if (pages.length < 2) return null;
  return (
    <details className="pf-sections">
      <summary>{words.sections}</summary>
      <ol>
        {pages.map((page) => (
          <li key={page.index}>
            <button type="button" className="pf-link" aria-current={page === current || undefined} onClick={() => onOpen(page)}>
              {page.title}
            </button>
            <span className="pf-section-state">{stateOf(page, ledger, shown)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

const stateOf = (page, ledger, shown) => {
  const asked = page.questions.filter(shown);
  const open = asked.filter((item) => ledger.value(keyOf(item.path)).length === 0);
  const missing = open.filter((item) => item.required).length;
  if (asked.length === 0) return words.sectionToRead;
  if (missing > 0) return words.sectionMissing(missing);
  return open.length === 0 ? words.sectionDone : words.sectionOpen(asked.length - open.length, asked.length);
};
