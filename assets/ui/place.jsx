// Whether what a page shows is what its address is about. After a move to another address a page goes on showing what it
// showed until the server has answered; whatever were pressed there meanwhile would be done to whom the address names.
import { Fragment, useEffect, useLayoutEffect, useState, useSyncExternalStore } from "react";
import { useLocation } from "react-router";

const ABOUT = ["for", "practice", "as"]; // whom a page is about, and for which practice, in the query of its address
const SLOW_MS = 300;

let shown = null; // the address whose content is here in full; null until a first one is, "" while one is on its way
let last = null; // the address of the page that is open
let told = ""; // what the server said last, so that a page that opens does not take it for news
let closings = 0; // how often something was open above a page when it was left
const listeners = new Set();

function note(address) {
  if (shown === address) return;
  shown = address;
  listeners.forEach((listener) => listener());
}

// What is open above a page is about that page, and is not held back by what is beneath it.
function leave() {
  const open = document.querySelectorAll("main dialog[open]");
  open.forEach((dialog) => dialog.close());
  if (open.length > 0) closings += 1;
  note("");
}

const listen = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const urlOf = (text) => new URL(text, "http://portal.invalid");

function addressOf(text) {
  const { pathname, searchParams } = urlOf(text);
  searchParams.sort();
  return `${pathname.replace(/\/+$/, "")}?${searchParams}`;
}

function subjectOf(address) {
  const { pathname, searchParams } = urlOf(address);
  return [pathname, ...ABOUT.map((name) => searchParams.get(name) ?? "")].join("\n");
}

const useShown = () =>
  useSyncExternalStore(
    listen,
    () => shown,
    () => null,
  );

// Whether the page shows what its address is about.
export function useFresh() {
  const { pathname, search } = useLocation();
  const there = useShown();
  return there === null || there === addressOf(pathname + search);
}

// Where a link leads. One that keeps whom the page is about keeps whom the address is about, as soon as it is.
export function useKept(to) {
  const { search } = useLocation();
  const given = urlOf(`/${search}`).searchParams;
  const kept = ABOUT.filter((name) => given.get(name)).map((name) => [name, given.get(name)]);
  return useFresh() || kept.length === 0 ? to : `${to.split("?")[0]}?${new URLSearchParams(kept)}`;
}

// The page itself. `place` is the address whose content the server has sent, behind the moment when it did.
export function PageMain({ place, className, children, ...rest }) {
  const { pathname, search } = useLocation();
  const here = addressOf(pathname + search);
  const fresh = useFresh();
  const [slow, setSlow] = useState(false);
  useLayoutEffect(() => {
    if (last !== null && last !== here) leave();
    last = here;
  }, [here]);
  useLayoutEffect(() => {
    if (!place || place === told) return;
    told = place;
    if (addressOf(place.split(" ")[1]) === last) note(last);
  }, [place]);
  useEffect(() => {
    setSlow(false);
    if (fresh) return undefined;
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, [fresh]);
  return (
    <main inert={!fresh} className={`${className} ${slow && !fresh ? "opacity-50" : ""}`} {...rest}>
      {children}
    </main>
  );
}

// What a page is made of. It is made anew when the page comes to be about something else, so that nothing that was typed
// or opened for one client stands there for the next.
export function PageContent({ className, children }) {
  const { pathname, search } = useLocation();
  const there = useShown();
  const subject = there && there === addressOf(pathname + search) ? subjectOf(there) : "";
  const [mine, setMine] = useState({ subject, key: 0 });
  if (subject !== "" && subject !== mine.subject) {
    setMine({ subject, key: mine.key + (mine.subject === "" ? 0 : 1) });
  }
  return (
    <div className={className}>
      <Fragment key={`${closings} ${mine.key}`}>{children}</Fragment>
    </div>
  );
}
