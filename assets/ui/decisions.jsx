// Deciding things: a switch that answers at once, the question before it, the way back after it.
import { useEffect, useRef, useState } from "react";
import { BUTTON, Dialog, PLAIN, PRIMARY } from "./shell.jsx";

const PATIENCE_MS = 15000;
const UNDO_MS = 20000;
const COPIED_MS = 4000;
const DANGER = `${BUTTON} border border-danger bg-card text-danger hover:bg-danger-soft`;

// What was wished for is shown until the server has answered (`answers` changes), then what it says.
function useWish(value, answers) {
  const [wish, setWish] = useState(null);
  useEffect(() => setWish(null), [value, answers]);
  useEffect(() => {
    if (wish === null) return undefined;
    const timer = setTimeout(() => setWish(null), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [wish]);
  return [wish, setWish];
}

// Named by the element `${id}-label`. A locked one keeps the focus, so that its reason can be read.
export function Switch({ id, on, locked, answers, describedBy, onSwitch }) {
  const [wish, setWish] = useWish(on, answers);
  const shown = wish ?? on;
  const press = () => {
    if (locked || wish !== null) return;
    setWish(!on);
    onSwitch(!on);
  };
  return (
    <button
      type="button"
      role="switch"
      id={id}
      aria-checked={shown}
      aria-disabled={locked || undefined}
      aria-labelledby={`${id}-label`}
      aria-describedby={describedBy || undefined}
      onClick={press}
      className="group -my-2 inline-flex min-h-target min-w-target shrink-0 cursor-pointer items-center justify-end rounded-small aria-disabled:cursor-default"
    >
      <span
        className={`inline-flex h-7 w-12 items-center rounded-full border-2 p-0.5 transition-colors ${
          shown
            ? "border-accent bg-accent group-aria-disabled:opacity-60"
            : "border-line-strong bg-card group-aria-disabled:border-line group-aria-disabled:bg-sunk"
        }`}
      >
        <span
          className={`size-5 rounded-full transition-transform ${
            shown ? "translate-x-5 bg-on-accent" : "bg-line-strong"
          }`}
        />
      </span>
    </button>
  );
}

// A number of hours: sent when one leaves the field or presses Enter, checked before that.
export function HoursField({ id, label, help, unit, hours, most, problem, answers, onHours }) {
  const [draft, setDraft] = useState(String(hours));
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    setDraft(String(hours));
    setWrong(false);
  }, [hours, answers]);
  const save = () => {
    const number = Number(draft);
    const usable = /^\s*\d{1,4}\s*$/.test(draft) && number <= most;
    setWrong(!usable);
    if (usable && number !== hours) onHours(number);
  };
  return (
    <div>
      <label htmlFor={id} className="block font-semibold">
        {label}
      </label>
      <div className="mt-1 flex items-center gap-2">
        <input
          id={id}
          inputMode="numeric"
          autoComplete="off"
          value={draft}
          aria-describedby={`${id}-help`}
          aria-invalid={wrong || undefined}
          aria-errormessage={wrong ? `${id}-problem` : undefined}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.key === "Enter") save();
          }}
          className="block min-h-target w-24 rounded-small border border-line-strong bg-card px-3 py-2 text-ink aria-invalid:border-danger aria-invalid:outline-2 aria-invalid:outline-danger"
        />
        <span>{unit}</span>
      </div>
      <p id={`${id}-problem`} role="alert" className="mt-1 font-semibold text-danger empty:hidden">
        {wrong ? problem : null}
      </p>
      <p id={`${id}-help`} className="mt-1 text-sm text-ink-soft">
        {help}
      </p>
    </div>
  );
}

// Asks before something happens that people feel. Nothing happens on Escape. A new question takes the focus anew.
export function Question({ open, title, lines, confirm, cancel, harms, onConfirm, onCancel }) {
  const way = useRef(null);
  const [sent, setSent] = useState(false);
  const text = lines.join("\n");
  useEffect(() => {
    setSent(false);
    if (open) way.current?.focus();
  }, [open, text]);
  const agree = () => {
    if (sent) return;
    setSent(true);
    onConfirm();
  };
  return (
    <Dialog open={open} labelled="question-title" described="question-text" onCancel={onCancel}>
      <h2 id="question-title" className="text-xl font-semibold">
        {title}
      </h2>
      <div id="question-text" className="mt-2 grid gap-2">
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <div className="mt-6 flex flex-wrap gap-3">
        <button type="button" aria-disabled={sent || undefined} className={harms ? DANGER : PRIMARY} onClick={agree}>
          {confirm}
        </button>
        <button type="button" ref={way} data-first className={PLAIN} onClick={() => onCancel()}>
          {cancel}
        </button>
      </div>
    </Dialog>
  );
}

// What was done, and the way back; it stays while somebody is at it. The live region is in the page from the start.
export function UndoNotice({ text, count, undo, close, onUndo }) {
  const [closed, setClosed] = useState(0);
  const [held, setHeld] = useState(false);
  const shown = text !== "" && closed !== count;
  useEffect(() => {
    if (!shown || held) return undefined;
    const timer = setTimeout(() => setClosed(count), UNDO_MS);
    return () => clearTimeout(timer);
  }, [shown, held, count]);
  const hold = { onMouseEnter: () => setHeld(true), onMouseLeave: () => setHeld(false) };
  const focus = { onFocus: () => setHeld(true), onBlur: () => setHeld(false) };
  return (
    <div className="pointer-events-none fixed inset-x-4 bottom-24 z-30 mx-auto max-w-lg md:bottom-6">
      <div role="status">
        {shown ? (
          <div
            key={count}
            {...hold}
            {...focus}
            className="pointer-events-auto flex items-center gap-2 rounded border border-line bg-card py-2 pr-2 pl-4 shadow"
          >
            <p className="grow leading-snug">{text}</p>
            <button
              type="button"
              className={`${BUTTON} shrink-0 text-accent-strong hover:bg-accent-soft`}
              onClick={() => {
                setClosed(count);
                onUndo();
              }}
            >
              {undo}
            </button>
            <button
              type="button"
              aria-label={close}
              className="inline-flex min-h-target min-w-target shrink-0 cursor-pointer items-center justify-center rounded-small text-ink-soft hover:bg-sunk"
              onClick={() => setClosed(count)}
            >
              <span aria-hidden="true">✕</span>
            </button>
          </div>
        ) : null}
      </div>
    </div>
  );
}

// Copies a text; where the browser does not let us, it selects what is to be copied by hand.
export function CopyButton({ target, label, copied, byHand, children }) {
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (!said) return undefined;
    const timer = setTimeout(() => setSaid(""), COPIED_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    const field = document.getElementById(target);
    try {
      await navigator.clipboard.writeText(field.value);
      setSaid(copied);
    } catch {
      field.focus();
      field.select();
      setSaid(byHand);
    }
  };
  return (
    <span className="inline-flex flex-wrap items-center gap-3">
      <button type="button" className={PLAIN} aria-label={label} onClick={copy}>
        {children}
      </button>
      <span role="status" className="text-sm text-ink-soft">
        {said}
      </span>
    </span>
  );
}
