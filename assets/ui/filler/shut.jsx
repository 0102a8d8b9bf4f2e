// The form was signed and sent elsewhere while something was written here: the words are shown, so that none are lost.
import { useEffect, useMemo, useRef } from "react";
import { inWords } from "./kinds.js";
import { keyOf } from "./ledger.js";
import { readShape } from "./shape.js";
import { words } from "./words.js";

export function Shut({ sheet, ledger, onSeen }) {
  const { byPath } = useMemo(() => readShape(sheet, (path) => ledger.numbers(path)), [sheet, ledger]);
  const heading = useRef(null);
  useEffect(() => heading.current.focus(), []);
  const unsaved = new Set(ledger.unsaved());
  const left = [...byPath.values()].filter((item) => unsaved.has(keyOf(item.path)));
  const see = () => {
    ledger.giveUp();
    onSeen();
  };
  return (
    <section className="pf pf-card" aria-labelledby="pf-heading">
      <h2 className="pf-heading pf-top" id="pf-heading" tabIndex={-1} ref={heading}>
        {words.shut}
      </h2>
      <p>{words.shutHelp}</p>
      <dl className="pf-answers">
        {left.map((item) => (
          <div key={item.path}>
            <dt>{item.text}</dt>
            <dd>{inWords(item, ledger.value(keyOf(item.path))) || words.noAnswer}</dd>
          </div>
        ))}
      </dl>
      <div className="pf-row pf-moves">
        <button type="button" className="pf-button pf-first" onClick={see}>
          {words.seeSent}
        </button>
      </div>
    </section>
  );
}
