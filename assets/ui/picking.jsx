// Choosing several: boxes beside the rows of a list, and what can be done with all that are ticked. The choice is the
// browser's, so it stays while the list is searched; it goes with the page.
import { useEffect, useRef, useSyncExternalStore } from "react";
import { BUTTON } from "./shell.jsx";

let picked = new Set();
const listeners = new Set();

function pick(next) {
  picked = next;
  listeners.forEach((listener) => listener());
}

function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const now = () => picked;
const usePicked = () => useSyncExternalStore(subscribe, now, now);

export function PickBox({ value, label }) {
  const chosen = usePicked();
  const toggle = () => {
    const next = new Set(picked);
    if (!next.delete(value)) next.add(value);
    pick(next);
  };
  return (
    <label className="relative z-10 -my-2 inline-flex min-h-target min-w-target cursor-pointer items-center justify-center">
      <input
        type="checkbox"
        aria-label={label}
        checked={chosen.has(value)}
        onChange={toggle}
        className="size-6 accent-accent"
      />
    </label>
  );
}

// All that are ticked, as a hidden field of a form: ids with spaces between.
export function PickedIds({ name }) {
  return <input type="hidden" name={name} value={[...usePicked()].join(" ")} readOnly />;
}

// Shown while something is ticked: how many, what can be done, and the way back. Empties when `done` grows.
export function PickBar({ label, one, many, none, done, children }) {
  const count = usePicked().size;
  const before = useRef(done ?? 0);
  useEffect(() => () => pick(new Set()), []);
  useEffect(() => {
    if ((done ?? 0) > before.current) pick(new Set());
    before.current = done ?? 0; // it falls to nothing when the page is built anew
  }, [done]);
  return (
    <div role="group" aria-label={label}>
      <p role="status" className={count ? "mb-2 font-semibold" : ""}>
        {count === 0 ? null : count === 1 ? one : many.replace("{count}", count)}
      </p>
      <div className={count ? "mb-6 flex flex-wrap gap-3" : "hidden"}>
        {children}
        <button
          type="button"
          className={`${BUTTON} text-accent-strong hover:bg-accent-soft`}
          onClick={() => pick(new Set())}
        >
          {none}
        </button>
      </div>
    </div>
  );
}
