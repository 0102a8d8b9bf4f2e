// Finding somebody as one types: the fields send themselves, a moment after the last letter.
import { useEffect, useRef } from "react";

const PAUSE_MS = 250;

// What was looked for when a page was left, for the way back to it. It is gone with any full load, so with signing out.
const kept = {};

const read = (form) => Object.fromEntries(new FormData(form));

// Sends what stands in its fields. `shown` is what the server last answered for: when it is something else, after the
// connection was lost or on the way back to this page, the fields are sent again. `atOnce`: as one types.
export function Finder({ id, shown, atOnce = true, onFind, className, children }) {
  const form = useRef(null);
  const timer = useRef(0);
  const send = () => {
    clearTimeout(timer.current);
    timer.current = 0;
    kept[id] = read(form.current);
    onFind(kept[id]);
  };
  const later = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(send, PAUSE_MS);
  };
  useEffect(() => {
    for (const [name, text] of Object.entries(kept[id] ?? {})) {
      const field = form.current.elements[name];
      if (field) field.value = text;
    }
    return () => clearTimeout(timer.current);
  }, [id]);
  useEffect(() => {
    const answered = Object.keys(shown).length > 0;
    const wanted = atOnce ? read(form.current) : (kept[id] ?? {});
    const differs = Object.entries(wanted).some(([name, text]) => (shown[name] ?? "") !== text);
    if (answered && differs && timer.current === 0) send();
  }, [JSON.stringify(shown)]);
  return (
    <form
      ref={form}
      role="search"
      className={className}
      onInput={(event) => atOnce && (event.target.tagName === "SELECT" ? send() : later())}
      onReset={() => setTimeout(send)}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {children}
    </form>
  );
}
