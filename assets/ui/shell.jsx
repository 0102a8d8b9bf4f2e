// What the shell does in the browser itself: it works without the socket, since that is when it is needed.
import { Children, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Link, useLocation, useNavigationType } from "react-router";
import { useFresh, useKept } from "./place.jsx";

export const BUTTON =
  "inline-flex min-h-target cursor-pointer items-center justify-center rounded-small px-5 py-2 font-semibold leading-tight disabled:cursor-default disabled:opacity-60";
export const PRIMARY = `${BUTTON} bg-accent text-on-accent hover:bg-accent-strong`;
export const PLAIN = `${BUTTON} border border-line-strong bg-card text-ink hover:bg-sunk`;
const DIALOG =
  "m-auto w-[min(26rem,calc(100vw-2rem))] rounded border border-line bg-card p-6 text-ink shadow";

// A dialog that is open while `open` is true. `onCancel` hears Escape; without it Escape does nothing.
export function Dialog({ open, onCancel, labelled, described, cover, children }) {
  const ref = useRef(null);
  useEffect(() => {
    const dialog = ref.current;
    if (open && !dialog.open) {
      dialog.showModal();
      dialog.querySelector("[data-first]")?.focus();
    }
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog
      ref={ref}
      aria-labelledby={labelled}
      aria-describedby={described}
      className={`${DIALOG} ${cover ? "backdrop:bg-paper" : "backdrop:bg-shade"}`}
      onCancel={(event) => {
        event.preventDefault();
        onCancel?.();
      }}
    >
      {open ? children : null}
    </dialog>
  );
}

// Where this tab was before, and what had the focus when a page was left whose heading is to have it next: every page
// brings a frame of its own, so a frame cannot remember it.
let lastPlace = null;
let leftAt = null;

// How far down each page of the history was when it was left, and on which link.
const left = {};
const LONGEST_WAIT_MS = 8000;
const STEADY_MS = 700;

// Goes back to where a page was left, as soon as it shows what it showed; what comes in a moment later may shift it once
// more. Whoever touches anything meanwhile is not moved.
function goBackTo({ depth, link }) {
  const began = performance.now();
  let steady = 0;
  let stopped = false;
  const stop = () => (stopped = true);
  const touches = ["wheel", "touchstart", "pointerdown", "keydown"];
  touches.forEach((touch) => window.addEventListener(touch, stop, { once: true, passive: true }));
  const step = (now) => {
    const ready = !document.querySelector("main [aria-busy=true]");
    if (ready && !stopped) {
      steady ||= now;
      if (Math.abs(window.scrollY - depth) > 1) window.scrollTo(0, depth);
      if (link && document.activeElement?.id === "page-heading") {
        document.querySelector(`main a[href="${CSS.escape(link)}"]`)?.focus({ preventScroll: true });
      }
    }
    const over = stopped || now - began > LONGEST_WAIT_MS || (steady && now - steady > STEADY_MS);
    if (!over) requestAnimationFrame(step);
    else touches.forEach((touch) => window.removeEventListener(touch, stop));
  };
  requestAnimationFrame(step);
  return stop;
}

// The first link of a page, for the keyboard. After every move to another page: close what is open above it, and put
// the focus on its heading once it is here, unless somebody has moved on; on the way back, on the link that led away, as
// far down as it was.
export function PageFocus({ label, className }) {
  const { key, pathname, search } = useLocation();
  const how = useNavigationType();
  const here = pathname.replace(/\/$/, "") + search;
  const before = useRef(null);
  const fresh = useFresh();
  useEffect(() => {
    const stays = lastPlace === null || lastPlace === here;
    lastPlace = here;
    if (stays) return;
    document.querySelectorAll("[popover]").forEach((one) => one.hidePopover?.());
    window.scrollTo(0, 0);
    leftAt = document.activeElement;
  }, [here]);
  useEffect(() => {
    if (!fresh || leftAt === null) return undefined;
    const waits = [leftAt, document.body].includes(document.activeElement);
    leftAt = null;
    if (waits) document.getElementById("page-heading")?.focus({ preventScroll: true });
    return how === "POP" && before.current ? goBackTo(before.current) : undefined;
  }, [here, fresh]);
  useLayoutEffect(() => {
    before.current = left[key];
    const note = (event) => {
      const link = event.target.closest?.("main a[href]")?.getAttribute("href") ?? left[key]?.link;
      left[key] = { depth: window.scrollY, link };
    };
    const noted = ["scroll", "click", "focusin"];
    noted.forEach((kind) => document.addEventListener(kind, note, { capture: true, passive: true }));
    return () => noted.forEach((kind) => document.removeEventListener(kind, note, { capture: true }));
  }, [key]);
  return (
    <a href="#content" className={className}>
      {label}
    </a>
  );
}

// A link of the frame that keeps whom one acts for.
export function FrameLink({ to, children, ...rest }) {
  return (
    <Link to={useKept(to)} discover="none" {...rest}>
      {children}
    </Link>
  );
}

// A link of the navigation; it says so while its page, or one below it, is open. `only`: not for pages below it.
// `also`: the addresses of other pages that it stands for.
export function NavItem({ to, only, also, className, children, "aria-label": label }) {
  const here = useLocation().pathname.replace(/\/$/, "");
  const places = [to.split("?")[0], ...(also ?? [])];
  const current = places.some((there) => here === there || (!only && here.startsWith(`${there}/`)));
  return (
    <FrameLink to={to} aria-label={label} aria-current={current ? "page" : undefined} className={className}>
      {children}
    </FrameLink>
  );
}

// The first child while there is nothing yet; then the others, which stay once they were there: while a page connects
// again its fields keep what was typed into them.
export function Settled({ ready, children }) {
  const [seen, setSeen] = useState(false);
  const [waiting, ...content] = Children.toArray(children);
  useEffect(() => {
    if (ready) setSeen(true);
  }, [ready]);
  return ready || seen ? content : waiting;
}

// Which form asked last, and after which notice: the answer, when it is a problem, is shown in that form.
const asked = { form: null, after: 0 };

// One sentence from the server. It is in the page from the start as a live region, so that it is read aloud.
export function Notice({ text, tone, count, closeLabel }) {
  const [closed, setClosed] = useState(0);
  const problem = tone === "problem";
  const inForm = problem && asked.form !== null && count === asked.after + 1;
  const shown = text !== "" && closed !== count && !inForm;
  useEffect(() => {
    if (!shown || problem) return undefined;
    const timer = setTimeout(() => setClosed(count), 8000);
    return () => clearTimeout(timer);
  }, [shown, problem, count]);
  const words = shown ? (
    <div
      key={count}
      className={`pointer-events-auto flex items-start gap-3 rounded border bg-card p-4 shadow ${problem ? "border-danger" : "border-line"}`}
    >
      <p className="grow self-center">{text}</p>
      <button
        type="button"
        aria-label={closeLabel}
        className="-m-2 inline-flex min-h-target min-w-target shrink-0 cursor-pointer items-center justify-center rounded-small text-ink-soft hover:bg-sunk"
        onClick={() => setClosed(count)}
      >
        <span aria-hidden="true">✕</span>
      </button>
    </div>
  ) : null;
  return (
    <div className="pointer-events-none fixed inset-x-4 bottom-24 z-30 mx-auto max-w-lg md:bottom-6">
      <div role="status">{problem ? null : words}</div>
      <div role="alert">{problem ? words : null}</div>
    </div>
  );
}

// Away from here at once: the page is blanked, the session ends, and Back does not return.
export function QuickExit({ to, className, children }) {
  const leave = (event) => {
    event.preventDefault();
    document.documentElement.hidden = true;
    navigator.sendBeacon?.("/auth/sign-out", new URLSearchParams());
    location.replace(to);
  };
  return (
    <a href={to} rel="noreferrer" className={className} onClick={leave}>
      {children}
    </a>
  );
}

// Waits for the files of a form that are on their way; says whether they are there, and so is the form.
const SENDING = "[data-sending]";
async function filesAreThere(form) {
  while (form.current?.querySelector(SENDING)) await new Promise((go) => setTimeout(go, 150));
  return form.current !== null && !form.current.querySelector("[data-lost]");
}

// A form that sends itself once: until the server has answered (`count` of notices changes) its button does nothing
// more. A problem is shown above its fields and takes the focus; when `cleared` changes its fields
// are emptied, and the card it opened in closes.
export function ActionForm({ onSubmit, count, text, tone, cleared, className, children, ...rest }) {
  const [busy, setBusy] = useState(false);
  const form = useRef(null);
  const problem = useRef(null);
  const id = useRef({});
  const before = useRef(cleared ?? 0);
  const refused = tone === "problem" && asked.form === id.current && count === asked.after + 1;
  useEffect(() => {
    setBusy(false);
    if (refused) problem.current?.focus();
  }, [count, refused]);
  useEffect(() => {
    if ((cleared ?? 0) > before.current) {
      form.current.reset();
      form.current.closest("details")?.removeAttribute("open");
    }
    before.current = cleared ?? 0; // it falls to nothing when the page is built anew
  }, [cleared]);
  useEffect(() => {
    if (!busy) return undefined;
    const timer = setTimeout(() => setBusy(false), 15000);
    return () => clearTimeout(timer);
  }, [busy]);
  useEffect(
    () => () => {
      if (asked.form === id.current) asked.form = null; // nobody is left to show the answer but the notice
    },
    [],
  );
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    if (form.current.querySelector(SENDING) && !(await filesAreThere(form))) {
      setBusy(false);
      return;
    }
    asked.form = id.current;
    asked.after = count;
    onSubmit(Object.fromEntries(new FormData(form.current)));
  };
  return (
    <form ref={form} aria-busy={busy} className={`group grid gap-5 ${className ?? ""}`} onSubmit={submit} {...rest}>
      <p
        ref={problem}
        role="alert"
        tabIndex={-1}
        className="rounded-small border-l-4 border-danger bg-danger-soft p-3 text-ink empty:hidden"
      >
        {refused ? text : null}
      </p>
      {children}
    </form>
  );
}
