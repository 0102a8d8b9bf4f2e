// What the shell does in the browser itself: it works without the socket, since that is when it is needed.
import { Children, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Link, useLocation } from "react-router";

const WARN_SECONDS = 120;
const ANSWER_SECONDS = 4;
const ASK_AGAIN_MS = 10000;
const LONGEST_TIMER = 2 ** 31 - 1;

export const BUTTON =
  "inline-flex min-h-target cursor-pointer items-center justify-center rounded-small px-5 py-2 font-semibold leading-tight disabled:cursor-default disabled:opacity-60";
export const PRIMARY = `${BUTTON} bg-accent text-on-accent hover:bg-accent-strong`;
export const PLAIN = `${BUTTON} border border-line-strong bg-card text-ink hover:bg-sunk`;
const DIALOG =
  "m-auto w-[min(26rem,calc(100vw-2rem))] rounded border border-line bg-card p-6 text-ink shadow";
const INPUT =
  "mt-1 block min-h-target w-full rounded-small border border-line-strong bg-card px-3 py-2 text-ink";

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

// Where this tab was before: every page brings a frame of its own, so a frame cannot remember it.
let lastPlace = null;

// The first link of a page, for the keyboard. After every move to another page: close what is open above it, and put
// the focus on its heading.
export function PageFocus({ label, className }) {
  const { pathname, search } = useLocation();
  useEffect(() => {
    const here = pathname.replace(/\/$/, "") + search;
    if (lastPlace !== null && lastPlace !== here) {
      document.querySelectorAll("[popover]").forEach((one) => one.hidePopover?.());
      document.getElementById("page-heading")?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    lastPlace = here;
  }, [pathname, search]);
  return (
    <a href="#content" className={className}>
      {label}
    </a>
  );
}

// A link of the navigation; it says so while its page, or one below it, is open. `only`: not for pages below it.
// `also`: the addresses of other pages that it stands for.
export function NavItem({ to, only, also, className, children }) {
  const here = useLocation().pathname.replace(/\/$/, "");
  const places = [to.split("?")[0], ...(also ?? [])];
  const current = places.some((there) => here === there || (!only && here.startsWith(`${there}/`)));
  return (
    <Link to={to} discover="none" aria-current={current ? "page" : undefined} className={className}>
      {children}
    </Link>
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

// A form that sends itself once: until the server has answered (`count` of notices changes) its button does nothing
// more. A problem is shown above its fields and takes the focus; when `cleared` changes its fields
// are emptied, and the card it opened in closes.
export function ActionForm({ onSubmit, count, text, tone, cleared, className, children, ...rest }) {
  const [busy, setBusy] = useState(false);
  const form = useRef(null);
  const problem = useRef(null);
  const id = useRef({});
  const first = useRef(true);
  const refused = tone === "problem" && asked.form === id.current && count === asked.after + 1;
  useEffect(() => {
    setBusy(false);
    if (refused) problem.current?.focus();
  }, [count, refused]);
  useEffect(() => {
    if (!first.current) {
      form.current.reset();
      form.current.closest("details")?.removeAttribute("open");
    }
    first.current = false;
  }, [cleared]);
  useEffect(() => {
    if (!busy) return undefined;
    const timer = setTimeout(() => setBusy(false), 15000);
    return () => clearTimeout(timer);
  }, [busy]);
  const submit = (event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    asked.form = id.current;
    asked.after = count;
    onSubmit(Object.fromEntries(new FormData(event.currentTarget)));
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

function SignIn({ account, email, words, onDone }) {
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    form.set("account", account);
    setBusy(true);
    try {
      const answer = await fetch("/auth/sign-in", {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(form),
      });
      const { ok, sentence } = await answer.json();
      if (ok) onDone();
      else setProblem(sentence);
    } catch {
      setProblem(words.unreachable);
    }
    setBusy(false);
  };
  return (
    <form onSubmit={submit} aria-busy={busy}>
      <h2 id="again-title" className="text-xl font-semibold">
        {words.title}
      </h2>
      <p className="mt-2 text-ink-soft">{words.kept}</p>
      <p role="alert" className="mt-3 font-semibold text-danger empty:hidden">
        {problem}
      </p>
      <label className="mt-4 block font-semibold">
        {words.email}
        <input name="email" type="email" autoComplete="username" required defaultValue={email} className={INPUT} />
      </label>
      <label className="mt-4 block font-semibold">
        {words.password}
        <input
          name="password"
          type="password"
          autoComplete="current-password"
          required
          data-first
          className={INPUT}
        />
      </label>
      <button type="submit" disabled={busy} className={`${PRIMARY} mt-6 w-full`}>
        {words.signIn}
      </button>
      <p className="mt-4 text-center">
        <a href="/login" className="font-semibold text-accent-strong underline underline-offset-4">
          {words.somebodyElse}
        </a>
      </p>
    </form>
  );
}

// Warns before the idle end, and afterwards asks the same person to sign in over the page, which keeps its words.
// `left` are the seconds the session has if nobody does anything, as of the answer number `checks`.
export function SessionKeeper({ left, checks, ended, because, account, email, onCheck, onStay, words }) {
  const [seconds, setSeconds] = useState(null);
  const [over, setOver] = useState(false);
  const check = useRef(onCheck);
  const asked = useRef(0);
  check.current = onCheck;

  const owner = useRef("");
  useEffect(() => {
    if (!ended) setOver(false);
    else if (because === "idle") setOver(true);
    else location.replace("/login");
  }, [ended, because]);

  // The connection finds out by itself when it is refused because the session is over. A page that never was
  // anybody's has nothing to keep, so it gives way to the sign-in page.
  useEffect(() => {
    const lock = () => {
      if (owner.current) setOver(true);
      else location.replace(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
    };
    document.addEventListener("portico:signed-out", lock);
    return () => document.removeEventListener("portico:signed-out", lock);
  }, []);

  // Should somebody else have signed in meanwhile, nothing of the first person may stay on the page.
  useLayoutEffect(() => {
    if (account && owner.current && account !== owner.current) {
      document.documentElement.hidden = true;
      location.replace("/home");
    }
    owner.current = account || owner.current;
  }, [account]);

  useEffect(() => {
    if (checks === 0) return undefined;
    const end = Date.now() + left * 1000;
    let timer;
    const look = () => {
      const rest = Math.ceil((end - Date.now()) / 1000);
      if (rest <= -ANSWER_SECONDS) {
        setOver(true);
        return;
      }
      // Another tab may have kept the session awake, so ask before warning, and while it warns.
      const fresh = Date.now() - asked.current < ASK_AGAIN_MS;
      if (rest > WARN_SECONDS) setSeconds(null);
      else if (fresh) setSeconds(Math.max(rest, 0));
      if (rest <= WARN_SECONDS && !fresh) {
        asked.current = Date.now();
        check.current();
      }
      const wait = rest > WARN_SECONDS ? (rest - WARN_SECONDS) * 1000 + 50 : 1000;
      timer = setTimeout(look, Math.min(wait, LONGEST_TIMER));
    };
    if (left > 0) setOver(false);
    look();
    const woken = () => {
      clearTimeout(timer);
      look();
    };
    document.addEventListener("visibilitychange", woken);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", woken);
    };
  }, [left, checks]);

  const back = () => {
    setOver(false);
    setSeconds(null);
    // The socket comes back with the new session as soon as the page is told that it is seen.
    document.dispatchEvent(new Event("visibilitychange"));
  };
  const warning = seconds !== null && !over;
  return (
    <>
      <Dialog open={warning} labelled="idle-title" onCancel={onStay}>
        <h2 id="idle-title" className="text-xl font-semibold">
          {words.warning}
        </h2>
        <p className="mt-2">
          {words.countdown} <span role="timer">{clock(seconds ?? 0)}</span>
        </p>
        <div className="mt-6 flex flex-wrap gap-3">
          <button type="button" data-first className={PRIMARY} onClick={() => onStay()}>
            {words.stay}
          </button>
          <form action="/auth/sign-out" method="post">
            <button type="submit" className={PLAIN}>
              {words.leave}
            </button>
          </form>
        </div>
      </Dialog>
      <Dialog open={over} labelled="again-title" cover>
        <SignIn account={account} email={email} words={words} onDone={back} />
      </Dialog>
    </>
  );
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
