// A photo of one side of an insurance card: sent by itself as soon as it is taken; the form then only names it,
// and waits for it (shell.jsx: ActionForm).
import { useId, useRef, useState } from "react";

const LIMIT = 15_000_000;
const PICK =
  "relative inline-flex min-h-target cursor-pointer items-center justify-center rounded-small border border-line-strong bg-card px-5 py-2 font-semibold leading-tight text-ink hover:bg-sunk has-focus-visible:outline-3 has-disabled:opacity-60";
const INPUT = "absolute inset-0 cursor-pointer opacity-0";

async function sendOne(address, file, words) {
  if (file.size > LIMIT) return { problem: words.tooLarge };
  try {
    const reply = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream", "X-File-Name": encodeURIComponent(file.name), Accept: "application/json" },
      body: file,
    });
    const told = await reply.json();
    return reply.ok ? { stored: told.file } : { problem: told.sentence || words.lost };
  } catch {
    return { problem: words.lost };
  }
}

// `name` is the form's field that gets the photo's id, `current` the address of what is on record.
export function CardPhoto({ name, label, to, current, words }) {
  const id = useId();
  const [state, setState] = useState({ busy: false, problem: "", stored: null });
  const latest = useRef(0);
  const pick = async (event) => {
    const file = event.target.files[0];
    event.target.value = ""; // the same picture can be chosen again
    if (!file) return;
    const turn = ++latest.current;
    setState((before) => ({ ...before, busy: true, problem: "" }));
    const { stored, problem } = await sendOne(to, file, words);
    if (turn !== latest.current) return;
    setState((before) => ({ busy: false, problem: problem || "", stored: stored || before.stored }));
  };
  const shown = state.stored?.url || current;
  const told = state.busy ? words.sending : state.stored ? words.there : "";
  return (
    <div
      role="group"
      aria-labelledby={`${id}-label`}
      data-sending={state.busy || undefined}
      data-lost={state.problem !== "" || undefined}
    >
      <p id={`${id}-label`} className="font-semibold">
        {label}
      </p>
      <input type="hidden" name={name} value={state.stored?.id ?? ""} readOnly />
      {shown && (
        <img src={shown} alt={`${words.preview}: ${label}`} className="mt-2 max-h-44 max-w-full rounded-small border border-line" />
      )}
      <div role="alert">{state.problem && <p className="mt-2 font-semibold text-danger">{state.problem}</p>}</div>
      <div className="mt-2 flex flex-wrap gap-3">
        <label className={PICK}>
          <span aria-hidden="true">{shown ? words.again : words.take}</span>
          <input
            type="file"
            aria-label={`${shown ? words.again : words.take}: ${label}`}
            accept="image/*"
            capture="environment"
            disabled={state.busy}
            onChange={pick}
            className={INPUT}
          />
        </label>
        <label className={PICK}>
          <span aria-hidden="true">{words.choose}</span>
          <input
            type="file"
            aria-label={`${words.choose}: ${label}`}
            accept="image/jpeg,image/png,image/webp,image/gif"
            disabled={state.busy}
            onChange={pick}
            className={INPUT}
          />
        </label>
      </div>
      <p role="status" className="mt-1 min-h-6 text-sm text-ink-soft">
        {told}
      </p>
    </div>
  );
}
