// All answers once more before signing, with a way back to each section and to what is missing.
import { inWords } from "./kinds.js";
import { keyOf } from "./ledger.js";
import { Summary } from "./summary.jsx";
import { words } from "./words.js";

export function Review({ pages, ledger, shown, summary, waiting, obstacle, handlers }) {
  return (
    <section aria-labelledby="pf-heading">
      <h2 className="pf-heading" id="pf-heading" tabIndex={-1}>
        {words.reviewTitle}
      </h2>
      {summary ? <Summary {...summary} onGo={handlers.goTo} /> : <p className="pf-lead">{words.reviewHelp}</p>}
      {pages.map((page) => (
        <Block key={page.index} page={page} ledger={ledger} shown={shown} onChange={handlers.openPage} />
      ))}
      <div className="pf-row pf-moves">
        {obstacle ? (
          <p className="pf-fixed">{obstacle}</p>
        ) : (
          <button type="button" className="pf-button pf-first" onClick={handlers.toSign} aria-disabled={waiting}>
            {words.toSign}
          </button>
        )}
        <button type="button" className="pf-button pf-second" onClick={handlers.back}>
          {words.back}
        </button>
        <p role="status">{waiting ? words.reviewWait : ""}</p>
      </div>
    </section>
  );
}

const Block = ({ page, ledger, shown, onChange }) => {
  const questions = page.questions.filter(shown);
  return (
    <section className="pf-card" aria-label={page.title}>
      <div className="pf-card-head">
        <h3>{page.title}</h3>
        <button
          type="button"
          className="pf-link"
          aria-label={`${words.change}: ${page.title}`}
          onClick={() => onChange(page)}
        >
          {words.change}
        </button>
      </div>
      {questions.length > 0 && (
        <dl className="pf-answers">
          {questions.map((item) => (
            <Row key={item.path} item={item} label={labelIn(page, item)} text={inWords(item, ledger.value(keyOf(item.path)))} />
          ))}
        </dl>
      )}
    </section>
  );
};

// Which instance of a repeated group a question is in stands before it.
const labelIn = (page, item) => {
  const around = item.owners.map((owner) => findRepeat(page.items, owner)).filter(Boolean);
  const names = around.map((repeat) => {
    const place = repeat.items.findIndex((instance) => item.lineage.includes(instance.path));
    return words.entryNumber(repeat.text || words.entry, place + 1);
  });
  return [...names, item.text].join(": ");
};
const findRepeat = (items, path) => {
  for (const item of items) {
    if (item.kind === "repeat" && item.path === path) return item;
    const found = findRepeat(item.items, path);
    if (found) return found;
  }
  return null;
};

const Row = ({ item, label, text }) => (
  <div>
    <dt>{label}</dt>
    <dd className={text ? undefined : "pf-empty"}>
      {text || (
        <>
          {words.notAnswered}
          {item.required && ` ${words.required}`}
        </>
      )}
    </dd>
  </div>
);
