// How the filler hangs on the browser: sending, the place in the form, and leaving the page.
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useBlocker, useLocation, useNavigate } from "react-router";
import { Ledger } from "./ledger.js";
import { readShape } from "./shape.js";

// One ledger per person and sheet for as long as this window lives: leaving the page and coming back, a lost connection
// or a sign-in over the page lose nothing. A journal that outlives the window belongs here.
const ledgers = new Map();

export const knownLedger = (id) => ledgers.get(id);
export const forgetLedger = (id) => ledgers.delete(id);

function ledgerOf(id, sheet) {
  if (!ledgers.has(id)) ledgers.set(id, new Ledger());
  const ledger = ledgers.get(id);
  ledger.adopt(sheet);
  return ledger;
}

// A closed socket is opened again: the framework does that when the page comes into sight. It does not by itself after
// the server closed it (a session that ended, and was renewed over the page) or a departure that was called off.
const NUDGE_MS = 5000;
const openSocket = () => document.dispatchEvent(new Event("visibilitychange"));

// The latest of something, for callbacks that stay the same.
export function useLatest(value) {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}

// `sheet` is {answers, hidden}, what the server knows.
export function useLedger(id, sheet, { replies, send }) {
  const [ledger] = useState(() => ledgerOf(id, sheet));
  const sender = useLatest(send);
  useSyncExternalStore(
    ledger.subscribe,
    () => ledger.version,
    () => 0,
  );
  const pump = useCallback(() => {
    ledger.due().forEach((operation) => sender.current(operation));
  }, [ledger, sender]);
  useEffect(() => {
    ledger.adopt(sheet);
    pump();
  }, [ledger, sheet, pump]);
  useEffect(() => {
    if (ledger.acknowledge(replies)) pump();
  }, [ledger, replies, pump]);
  const busy = ledger.unsaved().length > 0;
  const [, tick] = useState(0);
  useEffect(() => {
    if (!busy) return undefined;
    const timer = setInterval(() => {
      pump();
      tick((count) => count + 1); // "not saved yet" comes with time, not with an event
    }, 200);
    const nudge = setInterval(() => ledger.state() === "waiting" && openSocket(), NUDGE_MS);
    return () => [timer, nudge].forEach(clearInterval);
  }, [ledger, busy, pump]);
  return { ledger, pump, busy };
}

// The form with the instances of repeated groups that there are now.
export function useShape(sheet, ledger) {
  const lists = useRef([]);
  const counted = lists.current.map((path) => `${path}=${ledger.numbers(path)}`).join(" ");
  const known = useMemo(() => readShape(sheet, (path) => ledger.numbers(path)), [sheet, ledger, counted]);
  lists.current = [...known.lists.keys()];
  ledger.stand({ above: known.above, owners: known.owners, isList: (path) => known.lists.has(path) });
  return known;
}

// Where one is lives in the address (#section-2, #check, #sign), so that the phone's Back button works.
// A change of the fragment alone reloads nothing.
export function usePlace(fallback) {
  const location = useLocation();
  const navigate = useNavigate();
  const known = /^#(section-(\d+)|check|sign)$/.exec(location.hash);
  const name = known ? known[1] : "";
  const go = useCallback(
    (place, { replace = false } = {}) =>
      navigate({ search: window.location.search, hash: `#${place}` }, { replace, preventScrollReset: true }),
    [navigate],
  );
  useEffect(() => {
    if (!name && fallback) go(fallback, { replace: true });
  }, [name, fallback, go]);
  return { name: name || fallback, section: known?.[2] ? Number(known[2]) : null, go };
}

// Unsaved words: the browser asks before the window closes, we ask before another page opens. A page that opens by a
// click waits for the answers on their way instead of asking, if they arrive soon.
export function useLeaving(ledger, busy, flush) {
  const leavingBy = useSigningOut(ledger, flush);
  useEffect(() => {
    if (!busy) return undefined;
    const warn = (event) => {
      ledger.settleAll();
      flush();
      if (leavingBy.isDecided()) return;
      if (document.documentElement.hidden) return; // the quick exit leaves without a question
      event.preventDefault();
      setTimeout(openSocket, 1000);
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [ledger, busy, flush, leavingBy]);

  // Another app comes to the front, or the window goes: what was typed a moment ago is sent at once.
  useEffect(() => {
    const send = () => {
      ledger.settleAll();
      flush();
    };
    document.addEventListener("visibilitychange", send);
    return () => document.removeEventListener("visibilitychange", send);
  }, [ledger, flush]);

  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    ledger.settleAll();
    return ledger.unsaved().length > 0 && currentLocation.pathname !== nextLocation.pathname;
  });
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    if (blocker.state !== "blocked") return undefined;
    if (!busy) {
      blocker.proceed();
      return undefined;
    }
    flush();
    const timer = setTimeout(() => setAsking(true), 800);
    return () => clearTimeout(timer);
  }, [blocker, busy, flush]);
  const answer = (leave) => {
    setAsking(false);
    leavingBy.answer(leave);
    if (blocker.state === "blocked") (leave ? blocker.proceed : blocker.reset)();
  };
  return { asking: leavingBy.asking || (asking && blocker.state === "blocked"), answer };
}

// Signing out while something is not saved: it waits a moment for the answers on their way, then asks.
function useSigningOut(ledger, flush) {
  const [form, setForm] = useState(null);
  const decided = useRef(false);
  useEffect(() => {
    const hold = (event) => {
      if (!event.target.action?.endsWith("/auth/sign-out") || decided.current) return;
      ledger.settleAll();
      if (ledger.unsaved().length === 0) return;
      event.preventDefault();
      flush();
      setTimeout(() => (ledger.unsaved().length > 0 ? setForm(event.target) : event.target.submit()), 800);
    };
    document.addEventListener("submit", hold, true);
    return () => document.removeEventListener("submit", hold, true);
  }, [ledger, flush]);
  return useMemo(
    () => ({
      asking: form !== null,
      isDecided: () => decided.current,
      answer: (leave) => {
        setForm(null);
        if (!leave || !form) return;
        decided.current = true;
        form.submit();
      },
    }),
    [form],
  );
}
