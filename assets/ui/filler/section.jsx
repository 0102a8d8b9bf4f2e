// One section of the form on one page: its questions, then back and next.
import { Fragment } from "react";
import { Fixed, Note, Question } from "./fields.jsx";
import { keyOf } from "./ledger.js";
import { Repeat } from "./repeat.jsx";
import { Summary } from "./summary.jsx";
import { words } from "./words.js";

export function Section({ page, ledger, shown, summary, problems, first, last, handlers }) {
  const render = (item) => {
    if (!shown(item)) return null;
    if (item.kind === "repeat") {
      return <Repeat key={`repeat/${item.path}`} item={item} render={render} onList={handlers.list} />;
    }
    if (item.kind === "group") return <Group key={item.path} item={item} render={render} />;
    return (
      <Fragment key={item.path}>
        <Remarks remarks={item.remarks} />
        {item.asked ? ask(item) : told(item)}
        {item.items.some(shown) && <div className="pf-nested">{item.items.map(render)}</div>}
      </Fragment>
    );
  };
  const ask = (item) => (
    <Question
      item={item}
      value={ledger.value(keyOf(item.path))}
      problem={ledger.problem(keyOf(item.path)) || problems.get(item.path) || ""}
      conflict={ledger.entries.get(keyOf(item.path))?.conflict ?? null}
      onWrite={handlers.write}
      onLeave={handlers.leave}
      onKeep={handlers.keep}
    />
  );
  return (
    <section aria-labelledby="pf-heading" data-path={page.path || undefined}>
      <h2 className="pf-heading" id="pf-heading" tabIndex={-1}>
        {page.title}
      </h2>
      <Remarks remarks={page.remarks} />
      {summary && (
        <Summary {...summary} onGo={handlers.goTo}>
          {summary.mayGoOn && (
            <button type="button" className="pf-link" onClick={handlers.goOn}>
              {words.comeBack}
            </button>
          )}
        </Summary>
      )}
      <div className="pf-questions">{page.items.map(render)}</div>
      <div className="pf-row pf-moves">
        <button type="button" className="pf-button pf-first" onClick={handlers.next}>
          {last ? words.toReview : words.next}
        </button>
        {!first && (
          <button type="button" className="pf-button pf-second" onClick={handlers.back}>
            {words.back}
          </button>
        )}
      </div>
    </section>
  );
}

// What the practice asks to be corrected, above the question it is about.
const Remarks = ({ remarks = [] }) =>
  remarks.map((remark, place) => (
    <div className="pf-remark" key={place} role="note">
      <p className="pf-label">{words.remark(remark.author)}</p>
      <p>{remark.text}</p>
    </div>
  ));

const told = (item) => {
  if (item.kind === "display") return <Display item={item} />;
  if (item.kind === "note") return <Note item={item} />;
  return item.fixed ? <Fixed item={item} /> : null;
};

const Group = ({ item, render }) => (
  <section className="pf-group" data-path={item.path} aria-labelledby={item.text ? item.anchor : undefined}>
    {item.text && (
      <h3 className="pf-group-title" id={item.anchor}>
        {item.text}
      </h3>
    )}
    {item.help && <p className="pf-help">{item.help}</p>}
    {item.items.map(render)}
  </section>
);

const Display = ({ item }) => (
  <div className="pf-display" data-path={item.path} id={item.anchor}>
    {item.text.split(/\n{2,}/).map((paragraph, place) => (
      <p key={place}>{paragraph}</p>
    ))}
  </div>
);
