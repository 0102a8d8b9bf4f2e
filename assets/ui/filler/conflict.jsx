// Two different answers to one question: both are shown, and the person chooses. Nothing is lost meanwhile.
import { inWords } from "./kinds.js";
import { words } from "./words.js";

export function Conflict({ item, mine, theirs, onKeep }) {
  const title = `${item.anchor}-two`;
  return (
    <div className="pf-conflict" role="group" aria-labelledby={title}>
      <p className="pf-conflict-title" id={title}>
        {words.twoAnswers}
      </p>
      <p className="pf-conflict-help">{words.twoAnswersHelp}</p>
      <div className="pf-versions">
        <Version title={words.youWrote} text={inWords(item, mine)}>
          <button type="button" className="pf-button pf-second" onClick={() => onKeep(item, "mine")}>
            {words.keepMine}
          </button>
          <button type="button" className="pf-link" onClick={() => document.getElementById(item.anchor)?.focus()}>
            {words.editMine}
          </button>
        </Version>
        <Version title={whose(theirs)} text={inWords(item, theirs.theirs) || theirs.theirs_text}>
          <button type="button" className="pf-button pf-second" onClick={() => onKeep(item, "theirs")}>
            {words.keepTheirs}
          </button>
        </Version>
      </div>
    </div>
  );
}

const whose = ({ own, author, at }) => (own ? words.youWroteElsewhere(at) : words.theyWrote(author, at));

const Version = ({ title, text, children }) => (
  <div className="pf-version">
    <p className="pf-version-title">{title}</p>
    <blockquote>{text || <em>{words.noAnswer}</em>}</blockquote>
    <div className="pf-row">{children}</div>
  </div>
);
