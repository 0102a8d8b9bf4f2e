// Fields of the builder: what is typed is sent after a pause and when the field is left; typing never waits.
import { useEffect, useId, useRef, useState } from "react";

export const INPUT =
  "block min-h-target w-full rounded-small border border-line-strong bg-card px-3 py-2 text-ink focus-visible:outline-3";
export const QUIET =
  "inline-flex min-h-target cursor-pointer items-center justify-center gap-2 rounded-small px-3 py-2 font-semibold leading-tight text-accent-strong hover:bg-accent-soft disabled:cursor-default disabled:opacity-50";
const PAUSE_MS = 700;

export const say = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

// What stands in a field: the person's words until they were sent and the field was left, then the server's.
export function useTyped(value, onSend) {
  const [text, setText] = useState(value);
  const typed = useRef(null);
  const timer = useRef(0);
  const send = useRef(onSend);
  send.current = onSend;
  const commit = () => {
    clearTimeout(timer.current);
    timer.current = 0;
    if (typed.current !== null && typed.current !== value) send.current(typed.current);
  };
  useEffect(() => {
    if (typed.current === null || typed.current === value) {
      typed.current = null;
      setText(value);
    }
  }, [value]);
  const latest = useRef(commit);
  latest.current = commit;
  useEffect(() => () => timer.current && latest.current(), []);
  return {
    value: text,
    onChange: (event) => {
      typed.current = event.target.value;
      setText(typed.current);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => latest.current(), PAUSE_MS);
    },
    onBlur: () => {
      if (timer.current) commit();
      typed.current = null;
    },
  };
}

export function TextField({ label, value, onSend, many, id, className = "", hidden, ...props }) {
  const own = useId();
  const typing = useTyped(value, onSend);
  const Field = many ? "textarea" : "input";
  return (
    <div className={className}>
      <label htmlFor={id ?? own} className={hidden ? "sr-only" : "block font-semibold"}>
        {label}
      </label>
      <Field
        id={id ?? own}
        className={`${INPUT} ${hidden ? "" : "mt-1"}`}
        rows={many}
        autoComplete="off"
        {...props}
        {...typing}
      />
    </div>
  );
}

// What was just chosen, until the server answers; it stands again as the server has it when nothing comes of it.
export function useWish(value) {
  const [wish, setWish] = useState(null);
  useEffect(() => setWish(null), [value]);
  useEffect(() => {
    if (wish === null) return undefined;
    const timer = setTimeout(() => setWish(null), 3000);
    return () => clearTimeout(timer);
  }, [wish]);
  return [wish ?? value, setWish];
}

export function Tick({ label, on, onSwitch, disabled }) {
  const [shown, wish] = useWish(on);
  return (
    <label className="flex min-h-target cursor-pointer items-center gap-3">
      <input
        type="checkbox"
        className="size-6 shrink-0 accent-accent"
        checked={shown}
        disabled={disabled}
        onChange={(event) => {
          wish(event.target.checked);
          onSwitch(event.target.checked);
        }}
      />
      <span>{label}</span>
    </label>
  );
}

export function Choose({ label, value, options, onChoose, hidden, className = "" }) {
  const id = useId();
  const [shown, wish] = useWish(value);
  return (
    <div className={className}>
      <label htmlFor={id} className={hidden ? "sr-only" : "block font-semibold"}>
        {label}
      </label>
      <select
        id={id}
        className={`${INPUT} ${hidden ? "" : "mt-1"}`}
        value={shown}
        onChange={(event) => {
          wish(event.target.value);
          onChoose(event.target.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

export const Group = ({ title, children }) => (
  <fieldset className="grid gap-3 border-t border-line pt-4">
    <legend className="float-left w-full font-semibold">{title}</legend>
    {children}
  </fieldset>
);
