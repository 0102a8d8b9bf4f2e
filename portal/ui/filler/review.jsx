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
        <Block key={page.path} page={page} ledger={ledger} shown={shown} onChange={handlers.openPage} />
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
            <Row key={item.path} item={item} text={inWords(item, ledger.value(keyOf(item.path)))} />
          ))}
        </dl>
      )}
    </section>
  );
};

const Row = ({ item, text }) => (
  <div>
    <dt>{item.text}</dt>
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
