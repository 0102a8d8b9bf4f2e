// Taking in a list of clients: the file is looked through first, and imported only after somebody has seen what is wrong.
import { useEffect, useId, useRef, useState } from "react";
import { Link } from "react-router";
import { Dialog, PLAIN, PRIMARY } from "./shell.jsx";

const INPUT = "mt-1 block w-full rounded-small border border-line-strong bg-card px-3 py-2 text-ink";
const CELL = "block break-words sm:table-cell sm:px-3 sm:py-2 sm:align-top";
const TINY = "mr-2 text-sm text-ink-soft sm:hidden";

function put(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function number(count) {
  return count.toLocaleString("en");
}

// Sends the file, telling how much of it is there; answers {ok, found}.
function send(address, file, onShare) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Content-Type", "text/csv");
    request.upload.onprogress = (event) => event.lengthComputable && onShare(event.loaded / event.total);
    request.onload = () => {
      try {
        resolve({ ok: request.status === 200, found: JSON.parse(request.responseText) });
      } catch {
        resolve({ ok: false, found: {} });
      }
    };
    request.onerror = () => resolve({ ok: false, found: {} });
    request.ontimeout = request.onerror;
    request.timeout = 300000;
    request.send(file);
  });
}

function BadRows({ report, words }) {
  if (!report.bad.length) return null;
  const cells = report.bad.flatMap((row) =>
    (row.cells.length ? row.cells : [{ column: "", text: "", reason: row.reason }]).map((cell, place) => ({
      ...cell,
      line: row.line,
      key: `${row.line}-${place}`,
    })),
  );
  const more = report.bad_count - report.bad.length;
  return (
    <section aria-label={words.badTitle}>
      <h2 className="text-lg font-semibold">{words.badTitle}</h2>
      <p className="text-ink-soft">{words.badHelp}</p>
      <div className="mt-3 max-h-96 overflow-y-auto rounded-small border border-line" tabIndex={0} role="group" aria-label={words.badTitle}>
        <table role="table" aria-label={words.badTitle} className="block w-full sm:table">
          <thead role="rowgroup" className="hidden sm:table-header-group">
            <tr role="row" className="border-b border-line">
              {[words.line, words.column, words.says, words.todo].map((title) => (
                <th key={title} role="columnheader" scope="col" className="px-3 py-2 text-left text-sm font-semibold text-ink-soft">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup" className="block divide-y divide-line sm:table-row-group">
            {cells.map((cell) => (
              <tr key={cell.key} role="row" className="block p-3 sm:table-row sm:p-0">
                <th role="rowheader" scope="row" className={`${CELL} text-left font-semibold`}>
                  <span className={TINY}>{words.line}</span>
                  {cell.line}
                </th>
                <td role="cell" className={CELL}>
                  <span className={TINY}>{words.column}</span>
                  {cell.column || words.wholeRow}
                </td>
                <td role="cell" className={CELL}>
                  <span className={TINY}>{words.says}</span>
                  {cell.text || words.nothing}
                </td>
                <td role="cell" className={CELL}>
                  {cell.reason}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more > 0 && <p className="mt-2">{put(words.more, { count: number(more) })}</p>}
    </section>
  );
}

function Alike({ report, words, take, onTake }) {
  if (!report.duplicate_count) return null;
  const more = report.duplicate_count - report.duplicates.length;
  return (
    <section aria-label={words.alikeTitle}>
      <h2 className="text-lg font-semibold">{words.alikeTitle}</h2>
      <p className="text-ink-soft">{words.alikeHelp}</p>
      <details className="mt-2">
        <summary className="flex min-h-target cursor-pointer items-center font-semibold text-accent-strong">
          {put(words.showAlike, { count: number(report.duplicate_count) })}
        </summary>
        <ul className="grid max-h-72 gap-1 overflow-y-auto" tabIndex={0}>
          {report.duplicates.map((row) => (
            <li key={row.line} className="break-words">
              <span className="text-ink-soft">
                {words.line} {row.line}:
              </span>{" "}
              <strong>{row.name}.</strong> {row.reason}
            </li>
          ))}
        </ul>
        {more > 0 && <p className="mt-2">{put(words.more, { count: number(more) })}</p>}
      </details>
      <label className="mt-1 flex min-h-target cursor-pointer items-center gap-3">
        <input type="checkbox" className="size-6 shrink-0 accent-accent" checked={take} onChange={(event) => onTake(event.target.checked)} />
        {words.takeAlike}
      </label>
    </section>
  );
}

export function ClientImport({ to, query, words }) {
  const id = useId();
  const input = useRef(null);
  const told = useRef(null);
  const [state, setState] = useState({});
  const [take, setTake] = useState(false);
  const [asked, setAsked] = useState(false);
  const { busy, share, problem, report, done } = state;
  useEffect(() => {
    if (report || done) told.current?.focus();
  }, [report, done]);
  const ask = async (step, more) => {
    const file = input.current.files[0];
    if (!file) {
      setState({ problem: words.choose });
      input.current.focus();
      return;
    }
    setState((before) => ({ ...before, busy: step, share: 0, problem: "" }));
    const options = new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(query)), step, ...more });
    const onShare = (now) => setState((before) => ({ ...before, share: now }));
    const { ok, found } = await send(`${to}?${options}`, file, onShare);
    if (!ok) {
      const failed = step === "import" ? words.failedImport : words.failed;
      setState((before) => ({ ...before, busy: "", problem: found.sentence || failed }));
    } else if (step === "import") {
      setState({ done: found });
      input.current.value = "";
    } else {
      setTake(false);
      setState({ report: found });
    }
  };
  const check = (event) => {
    event.preventDefault();
    if (!busy) ask("check", {});
  };
  const bring = () => {
    setAsked(false);
    if (!busy) ask("import", { bad: report.bad_count ? "leave" : "stop", alike: take ? "take" : "leave" });
  };
  const count = report ? report.good + (take ? report.duplicate_count : 0) : 0;
  const stage = share < 1 && busy ? words.sending : busy === "import" ? words.importing : words.reading;
  return (
    <div className="grid gap-6">
      <form onSubmit={check} className="grid gap-4 rounded border border-line bg-card p-5 shadow sm:p-6" aria-busy={Boolean(busy)}>
        <div>
          <label htmlFor={id} className="block font-semibold">
            {words.file}
          </label>
          <input
            id={id}
            ref={input}
            type="file"
            accept=".csv,text/csv,.txt,text/plain"
            aria-describedby={`${id}-help`}
            className={INPUT}
            disabled={Boolean(busy)}
            onChange={() => setState({})}
          />
          <p id={`${id}-help`} className="mt-1 text-sm text-ink-soft">
            {words.fileHelp}
          </p>
        </div>
        <div role="alert">{problem && <p className="font-semibold text-danger">{problem}</p>}</div>
        <button type="submit" className={`${report || done ? PLAIN : PRIMARY} justify-self-start`} disabled={Boolean(busy)}>
          {words.check}
        </button>
        <div role="status">
          {busy && (
            <>
              <p className="mb-1">{stage}</p>
              <progress aria-label={stage} className="h-2 w-full accent-accent" max="1" value={share < 1 ? share : undefined} />
            </>
          )}
        </div>
      </form>
      {report && (
        <div className="grid gap-6 rounded border border-line bg-card p-5 shadow sm:p-6">
          <p ref={told} tabIndex={-1} className="text-lg font-semibold outline-none">
            {report.summary}
          </p>
          <BadRows report={report} words={words} />
          <Alike report={report} words={words} take={take} onTake={setTake} />
          {report.ignored_columns.length > 0 && (
            <p className="break-words text-ink-soft">
              {words.ignored} {report.ignored_columns.join(", ")}.
            </p>
          )}
          {count > 0 && (
            <div>
              {report.bad_count > 0 && <p className="mb-3">{words.correctFirst}</p>}
              <button
                type="button"
                className={report.bad_count ? PLAIN : PRIMARY}
                disabled={Boolean(busy)}
                onClick={() => (report.bad_count ? setAsked(true) : bring())}
              >
                {put(report.bad_count ? words.importGood : words.importAll, { count: number(count) })}
              </button>
            </div>
          )}
        </div>
      )}
      {done && (
        <div className="rounded border-l-4 border-accent bg-accent-soft p-5">
          <p ref={told} tabIndex={-1} className="font-semibold outline-none">
            {done.summary}
          </p>
          <Link to={`/practice/clients${query}`} className="mt-2 inline-flex min-h-target items-center font-semibold text-accent-strong underline">
            {words.toClients}
          </Link>
        </div>
      )}
      <Dialog open={asked} labelled={`${id}-q`} described={`${id}-t`} onCancel={() => setAsked(false)}>
        <h2 id={`${id}-q`} className="text-xl font-semibold">
          {words.leaveQuestion}
        </h2>
        <p id={`${id}-t`} className="mt-2">
          {report && put(words.leaveText, { bad: number(report.bad_count), count: number(count) })}
        </p>
        <div className="mt-6 flex flex-wrap gap-3">
          <button type="button" className={PRIMARY} onClick={bring}>
            {words.leaveYes}
          </button>
          <button type="button" data-first className={PLAIN} onClick={() => setAsked(false)}>
            {words.cancel}
          </button>
        </div>
      </Dialog>
    </div>
  );
}
