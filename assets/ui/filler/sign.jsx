// Signing: what is meant, in what capacity (both from the server), the typed name, the tick, and one button.
import { useEffect, useRef, useState } from "react";
import { Drawing } from "./drawing.jsx";
import { Summary } from "./summary.jsx";
import { words } from "./words.js";

const PATIENCE_MS = 6000;

export function Sign({ sheet, reply, onSign, onWake, onBack }) {
  const [name, setName] = useState("");
  const [drawing, setDrawing] = useState("");
  const [agreed, setAgreed] = useState(false);
  const [turn, setTurn] = useState(0);
  const sending = useSending(reply, onWake);
  const problems = [
    !name.trim() && { path: "name", anchor: "pf-name", label: words.needsName },
    !agreed && { path: "agreed", anchor: "pf-agreed", label: words.needsTick },
  ].filter(Boolean);
  const send = (event) => {
    event.preventDefault();
    if (problems.length > 0) {
      setTurn(turn + 1);
      return;
    }
    setTurn(0);
    sending.once(() => onSign({ typed_name: name.trim(), drawing, agreed }));
  };
  const wrong = (path) => turn > 0 && problems.find((problem) => problem.path === path)?.label;
  return (
    <section aria-labelledby="pf-heading">
      <h2 className="pf-heading" id="pf-heading" tabIndex={-1}>
        {words.signTitle}
      </h2>
      {turn > 0 && problems.length > 0 && (
        <Summary
          title={words.summary(problems.length)}
          rows={problems}
          turn={turn}
          onGo={(path) => document.getElementById(path === "name" ? "pf-name" : "pf-agreed").focus()}
        />
      )}
      {sending.problem && (
        <div className="pf-summary" role="alert">
          <p className="pf-summary-title">{sending.problem}</p>
        </div>
      )}
      <form className="pf-card pf-sign" onSubmit={send} noValidate>
        <p className="pf-intent">{sheet.intent}</p>
        <p className="pf-capacity">{words.capacity(sheet.capacity)}</p>
        <div className={`pf-question${wrong("name") ? " pf-wrong" : ""}`}>
          <label className="pf-label" htmlFor="pf-name">
            {words.fullName}
          </label>
          <p className="pf-help" id="pf-name-help">
            {words.fullNameHelp}
          </p>
          {wrong("name") && (
            <p className="pf-problem" id="pf-name-problem">
              {words.needsName}
            </p>
          )}
          <input
            id="pf-name"
            className="pf-input pf-signature"
            type="text"
            autoComplete="name"
            maxLength={200}
            value={name}
            aria-describedby={wrong("name") ? "pf-name-help pf-name-problem" : "pf-name-help"}
            aria-invalid={wrong("name") ? true : undefined}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <Drawing path={drawing} onDraw={setDrawing} />
        <div className={`pf-question${wrong("agreed") ? " pf-wrong" : ""}`}>
          {wrong("agreed") && (
            <p className="pf-problem" id="pf-agreed-problem">
              {words.needsTick}
            </p>
          )}
          <label className="pf-option">
            <input
              type="checkbox"
              id="pf-agreed"
              checked={agreed}
              aria-describedby={wrong("agreed") ? "pf-agreed-problem" : undefined}
              onChange={(event) => setAgreed(event.target.checked)}
            />
            <span>{words.agree}</span>
          </label>
        </div>
        <div className="pf-row pf-moves">
          <button type="submit" className="pf-button pf-first" aria-disabled={sending.busy}>
            {sending.busy ? words.signing : words.sign}
          </button>
          <button type="button" className="pf-button pf-second" onClick={onBack}>
            {words.backToCheck}
          </button>
        </div>
      </form>
      <p role="status">{sending.slow ? words.signSlow : ""}</p>
    </section>
  );
}

// One signature however often the button is pressed: nothing is sent while a reply is awaited. Signing is the one thing
// that is not sent again by itself; when no reply comes, the server is asked how things stand.
function useSending(reply, onWake) {
  const [since, setSince] = useState(null);
  const [state, setState] = useState({ slow: false, problem: "" });
  const busy = useRef(false);
  const finish = (problem) => {
    busy.current = false;
    setSince(null);
    setState({ slow: false, problem });
  };
  useEffect(() => {
    if (reply?.count > 0 && busy.current) finish(reply.sentence);
  }, [reply?.count]);
  useEffect(() => {
    if (since === null) return undefined;
    const ask = setTimeout(() => {
      setState({ slow: true, problem: "" });
      onWake();
    }, PATIENCE_MS);
    const giveUp = setTimeout(() => finish(words.signUnknown), 3 * PATIENCE_MS);
    return () => [ask, giveUp].forEach(clearTimeout);
  }, [since]);
  const once = (action) => {
    if (busy.current) return;
    busy.current = true;
    setState({ slow: false, problem: "" });
    setSince(Date.now());
    action();
  };
  return { busy: since !== null, ...state, once };
}
