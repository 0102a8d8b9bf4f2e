// Changing things in place: panels above the page, a question before what cannot be taken back, forms that lose nothing.
import { useEffect, useId, useRef, useState } from "react";
import { useFresh } from "./place.jsx";
import { BUTTON, Dialog, PLAIN, PRIMARY } from "./shell.jsx";

const DANGER = `${BUTTON} border border-danger bg-card text-danger hover:bg-danger-soft`;
const QUIET = `${BUTTON} text-accent-strong hover:bg-accent-soft`;
const KINDS = { primary: PRIMARY, plain: PLAIN, quiet: QUIET, danger: DANGER };
const PANEL =
  "m-auto max-h-[calc(100dvh-2rem)] w-[min(36rem,calc(100vw-2rem))] overflow-y-auto rounded border border-line bg-card p-5 text-ink shadow backdrop:bg-shade sm:p-6";
const CLOSE =
  "-m-2 inline-flex min-h-target min-w-target shrink-0 cursor-pointer items-center justify-center rounded-small text-ink-soft hover:bg-sunk";

function Heading({ id, title, close, onClose }) {
  return (
    <div className="mb-5 flex items-start gap-4">
      <h2 id={id} tabIndex={-1} data-first className="grow text-xl font-semibold leading-snug outline-none">
        {title}
      </h2>
      <button type="button" aria-label={close} className={CLOSE} onClick={onClose}>
        <span aria-hidden="true">✕</span>
      </button>
    </div>
  );
}

// A button with a panel behind it. What is typed there stays when it is closed; it closes by itself when `done` changes.
export function Panel({ label, name, title, kind, done, close, onOpen, children }) {
  const id = useId();
  const dialog = useRef(null);
  const before = useRef(done ?? 0);
  useEffect(() => {
    if ((done ?? 0) > before.current) dialog.current.close(); // it falls to nothing when the page is built anew
    before.current = done ?? 0;
  }, [done]);
  const open = () => {
    onOpen?.();
    dialog.current.showModal();
    dialog.current.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  };
  return (
    <>
      <button type="button" className={KINDS[kind]} aria-label={name || undefined} onClick={open}>
        {label}
      </button>
      <dialog ref={dialog} aria-labelledby={id} className={PANEL}>
        <Heading id={id} title={title} close={close} onClose={() => dialog.current.close()} />
        {children}
      </dialog>
    </>
  );
}

// A panel that the server opens.
export function Sheet({ open, title, close, onClose, children }) {
  const id = useId();
  const dialog = useRef(null);
  const fresh = useFresh();
  useEffect(() => {
    if (open && fresh && !dialog.current.open) {
      dialog.current.showModal();
      dialog.current.querySelector("[data-first]")?.focus();
    }
    if (!(open && fresh) && dialog.current.open) dialog.current.close();
  }, [open, fresh]);
  const leave = (event) => {
    event.preventDefault();
    onClose();
  };
  return (
    <dialog ref={dialog} aria-labelledby={id} className={PANEL} onCancel={leave}>
      <Heading id={id} title={title} close={close} onClose={() => onClose()} />
      {children}
    </dialog>
  );
}

// A button that asks once before it does something; in red, unless it is `mild`. `name` is what a screen reader hears
// when `label` alone is short.
export function ConfirmButton({ label, name, kind, title, text, confirm, cancel, mild, onConfirm }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const agree = () => {
    setOpen(false);
    onConfirm();
  };
  return (
    <>
      <button type="button" className={KINDS[kind]} aria-label={name || undefined} onClick={() => setOpen(true)}>
        {label}
      </button>
      <Dialog open={open} labelled={`${id}-title`} described={`${id}-text`} onCancel={() => setOpen(false)}>
        <h2 id={`${id}-title`} className="text-xl font-semibold">
          {title}
        </h2>
        <p id={`${id}-text`} className="mt-2">
          {text}
        </p>
        <div className="mt-6 flex flex-wrap gap-3">
          <button type="button" className={mild ? PRIMARY : DANGER} onClick={agree}>
            {confirm}
          </button>
          <button type="button" data-first className={PLAIN} onClick={() => setOpen(false)}>
            {cancel}
          </button>
        </div>
      </Dialog>
    </>
  );
}

// What stood in a form when somebody began to change it, sent along with the form: the server can tell then what
// others changed meanwhile. It begins anew when the form is emptied and when `answers` changes.
export function Seen({ name, value, answers }) {
  const field = useRef(null);
  const now = useRef(value);
  const [kept, setKept] = useState(null);
  now.current = value;
  useEffect(() => {
    const form = field.current.form;
    const keep = () => setKept((before) => before ?? now.current);
    const forget = () => setKept(null);
    form.addEventListener("input", keep);
    form.addEventListener("reset", forget);
    return () => {
      form.removeEventListener("input", keep);
      form.removeEventListener("reset", forget);
    };
  }, []);
  useEffect(() => setKept(null), [answers]);
  return <input type="hidden" name={name} ref={field} value={kept ?? value} readOnly />;
}

// Puts a text into a field of the page, as if it had been typed.
export function FillIn({ target, text, children }) {
  const fill = () => {
    const field = document.getElementById(target);
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  };
  return (
    <button type="button" className={QUIET} onClick={fill}>
      {children}
    </button>
  );
}

// What was asked for is read out and comes into sight when it arrives below: each time `what` says something new.
export function Arrival({ what, children }) {
  const box = useRef(null);
  useEffect(() => {
    if (box.current.textContent) box.current.scrollIntoView({ block: "start" });
  }, [what]);
  return (
    <div ref={box} aria-live="polite" className="scroll-mt-4">
      {children}
    </div>
  );
}

// A button that sends its form as one step of several: `value` goes into the form's field `name` first.
export function StepButton({ name, value, kind, children }) {
  const choose = (event) => {
    event.currentTarget.form.elements[name].value = value;
  };
  return (
    <button type="submit" className={`${KINDS[kind]} group-aria-busy:pointer-events-none`} onClick={choose}>
      {children}
    </button>
  );
}

// A hidden field with an id for one deed: sending it twice is as good as once. A new one when `answers` grows, or when the
// deed turned out to have been another one (`sentBefore` grows); both fall to nothing when the page is built anew.
export function PressId({ name, answers, sentBefore }) {
  const [id, setId] = useState("");
  const before = useRef(null);
  useEffect(() => {
    const counts = [answers ?? 0, sentBefore ?? 0];
    const grown = before.current === null || counts.some((count, place) => count > before.current[place]);
    before.current = counts;
    if (!grown) return;
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    setId(hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"));
  }, [answers, sentBefore]);
  return <input type="hidden" name={name} value={id} readOnly />;
}
