// The form was signed and sent elsewhere while something was written here: the words are shown, so that none are lost.
import { inWords } from "./kinds.js";
import { keyOf } from "./ledger.js";
import { words } from "./words.js";

export function Shut({ byPath, ledger, onSeen }) {
  const unsaved = new Set(ledger.unsaved());
  const left = [...byPath.values()].filter((item) => unsaved.has(keyOf(item.path)));
  return (
    <div className="pf">
      <div className="pf-summary" role="alert">
        <p className="pf-summary-title">{words.shut}</p>
        <p>{words.shutHelp}</p>
      </div>
      <dl className="pf-answers pf-card">
        {left.map((item) => (
          <div key={item.path}>
            <dt>{item.text}</dt>
            <dd>{inWords(item, ledger.value(keyOf(item.path))) || words.noAnswer}</dd>
          </div>
        ))}
      </dl>
      <button
        type="button"
        className="pf-button pf-first"
        onClick={() => {
          ledger.giveUp();
          onSeen();
        }}
      >
        {words.seeSent}
      </button>
    </div>
  );
}
