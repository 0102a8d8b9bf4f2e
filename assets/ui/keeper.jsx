// Keeps a session awake, and asks the same person to sign in over the page when it has ended.
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Dialog, PLAIN, PRIMARY } from "./shell.jsx";

const WARN_SECONDS = 120;
const ANSWER_SECONDS = 4;
const ASK_AGAIN_MS = 10000;
const LONGEST_TIMER = 2 ** 31 - 1;
const INPUT =
  "mt-1 block min-h-target w-full rounded-small border border-line-strong bg-card px-3 py-2 text-ink";

// Posts a form to one of the sign-in routes, once at a time; returns what was answered.
function usePost(unreachable) {
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const post = async (path, fields) => {
    if (busy) return {};
    setBusy(true);
    let said = { sentence: unreachable };
    try {
      const answer = await fetch(path, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(fields),
      });
      said = await answer.json();
    } catch {
      // The sentence says it.
    }
    setProblem(said.ok ? "" : said.sentence);
    setBusy(false);
    return said;
  };
  return { problem, busy, post };
}

function SignIn({ account, email, words, onDone }) {
  const [asksCode, setAsksCode] = useState(false);
  const { problem, busy, post } = usePost(words.unreachable);
  const code = useRef(null);
  useEffect(() => {
    if (asksCode) code.current?.focus();
  }, [asksCode]);
  const submit = async (event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    form.set("account", account);
    const said = await post(asksCode ? "/auth/code" : "/auth/sign-in", form);
    if (said.ok) onDone();
    else if (said.code) setAsksCode(true);
    else if (said.again) setAsksCode(false);
  };
  return (
    <form onSubmit={submit} aria-busy={busy}>
      <h2 id="again-title" className="text-xl font-semibold">
        {words.title}
      </h2>
      <p className="mt-2 text-ink-soft">{asksCode ? words.codeWhy : words.kept}</p>
      <p role="alert" className="mt-3 font-semibold text-danger empty:hidden">
        {problem}
      </p>
      {asksCode ? (
        <label key="code" className="mt-4 block font-semibold">
          {words.code}
          <input ref={code} name="code" autoComplete="one-time-code" autoCapitalize="none" required className={INPUT} />
        </label>
      ) : (
        <div key="password">
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
        </div>
      )}
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

// Asks who one is before what matters most, over the page, each time that `asked` grows; then the page goes on.
export function StepUp({ asked, asksCode, email, words, onConfirmed, onNotNow }) {
  const [open, setOpen] = useState(false);
  const answered = useRef(asked);
  useEffect(() => {
    if (asked > answered.current) setOpen(true);
    answered.current = asked;
  }, [asked]);
  const leave = () => {
    setOpen(false);
    onNotNow();
  };
  const done = () => {
    setOpen(false);
    onConfirmed();
  };
  return (
    <Dialog open={open} labelled="confirm-title" described="confirm-why" onCancel={leave}>
      <Confirm asksCode={asksCode} email={email} words={words} onDone={done} onLeave={leave} />
    </Dialog>
  );
}

function Confirm({ asksCode, email, words, onDone, onLeave }) {
  const { problem, busy, post } = usePost(words.unreachable);
  const submit = async (event) => {
    event.preventDefault();
    event.stopPropagation();
    const fields = new FormData(event.currentTarget);
    fields.delete("email");
    if ((await post("/auth/confirm", fields)).ok) onDone();
  };
  return (
    <form onSubmit={submit} aria-busy={busy}>
      <h2 id="confirm-title" className="text-xl font-semibold">
        {words.title}
      </h2>
      <p id="confirm-why" className="mt-2 text-ink-soft">
        {words.why}
      </p>
      <p role="alert" className="mt-3 font-semibold text-danger empty:hidden">
        {problem}
      </p>
      <input name="email" type="email" autoComplete="username" defaultValue={email} hidden />
      <label className="mt-4 block font-semibold">
        {words.password}
        <input name="password" type="password" autoComplete="current-password" required data-first className={INPUT} />
      </label>
      {asksCode ? (
        <div className="mt-4">
          <label htmlFor="confirm-code" className="block font-semibold">
            {words.code}
          </label>
          <input
            id="confirm-code"
            name="code"
            autoComplete="one-time-code"
            autoCapitalize="none"
            required
            aria-describedby="confirm-code-help"
            className={INPUT}
          />
          <p id="confirm-code-help" className="mt-1 text-sm text-ink-soft">
            {words.codeHelp}
          </p>
        </div>
      ) : null}
      <div className="mt-6 flex flex-wrap gap-3">
        <button type="submit" disabled={busy} className={PRIMARY}>
          {words.confirm}
        </button>
        <button type="button" className={PLAIN} onClick={onLeave}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
