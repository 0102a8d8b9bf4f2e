// Bringing a form in: a file or pasted text goes to our own route, which says what it did not act upon.
import { useId, useRef, useState } from "react";
import { Link } from "react-router";
import { PLAIN, PRIMARY } from "./shell.jsx";

const INPUT = "block w-full rounded-small border border-line-strong bg-card px-3 py-2 text-ink";

export function ImportForm({ to, query, words }) {
  const id = useId();
  const text = useRef(null);
  const file = useRef(null);
  const [state, setState] = useState({});
  const send = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const chosen = file.current.files[0];
    const body = chosen ?? text.current.value;
    if (!chosen && !body.trim()) {
      setState({ problem: words.nothing });
      text.current.focus();
      return;
    }
    setState({ busy: true });
    try {
      const reply = await fetch(to + query, { method: "POST", body, headers: { "Content-Type": "application/json" } });
      const found = await reply.json();
      setState(found.summary ? { report: found } : { problem: found.sentence || words.failed });
      if (found.summary) form.reset();
    } catch {
      setState({ problem: words.failed });
    }
  };
  const { report, problem, busy } = state;
  return (
    <form onSubmit={send} className="grid gap-4" aria-busy={Boolean(busy)}>
      <p className="text-ink-soft">{words.help}</p>
      <div>
        <label htmlFor={`${id}-file`} className="block font-semibold">
          {words.file}
        </label>
        <input id={`${id}-file`} ref={file} type="file" accept=".json,application/json" className={`${INPUT} mt-1`} />
      </div>
      <div>
        <label htmlFor={`${id}-text`} className="block font-semibold">
          {words.text}
        </label>
        <textarea id={`${id}-text`} ref={text} rows={6} spellCheck={false} className={`${INPUT} mt-1 font-mono text-sm`} />
      </div>
      <div role="alert">{problem && <p className="font-semibold text-danger">{problem}</p>}</div>
      <div role="status">
        {report && (
          <div className="grid gap-2 rounded-small border-l-4 border-accent bg-accent-soft p-3">
            <p className="font-semibold">{report.summary}</p>
            {report.told.length === 0 ? (
              <p>{words.understood}</p>
            ) : (
              <>
                <p>{words.told}</p>
                <ul className="grid list-disc gap-1 pl-5">
                  {report.told.map((part, place) => (
                    <li key={place} className="break-words">
                      {part.sentence} {part.places && <span className="text-ink-soft">({part.places})</span>}
                    </li>
                  ))}
                </ul>
              </>
            )}
            <Link to={report.address + query} className="font-semibold text-accent-strong underline">
              {words.open}
            </Link>
          </div>
        )}
      </div>
      <button type="submit" className={report ? PLAIN : PRIMARY} disabled={busy}>
        {busy ? words.busy : words.send}
      </button>
    </form>
  );
}
