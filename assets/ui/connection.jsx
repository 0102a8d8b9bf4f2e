// Says that the connection is lost, once it has been for a moment, and finds out whether the session is over.
import { useEffect, useLayoutEffect, useState } from "react";
import { useLocation } from "react-router";
import { eventLoop } from "$/utils/context-registry";
import { useFresh } from "./place.jsx";

const PATIENCE_MS = 2500;
const TOLD_MS = 15000;

// What was pressed and could not be sent yet. The framework gives an event its address when it is sent, not when it was
// pressed: what was meant for one client must not be done to the next, whose page is open when the line comes back.
const pressed = new Set();
let add = eventLoop.addEvents;
const noting = (events, ...rest) => {
  pressed.forEach((event) => event.router_data && pressed.delete(event));
  const ours = (event) => event?.name?.includes(".portal___");
  [events].flat(Infinity).filter(ours).forEach((event) => pressed.add(event));
  return add(events, ...rest);
};
Object.defineProperty(eventLoop, "addEvents", { get: () => noting, set: (given) => (add = given), configurable: true });

// Returns whether anything was let go of that somebody may wait for.
function letGo() {
  const left = [...pressed].filter((event) => !event.router_data);
  left.forEach((event) => Object.assign(event, { name: "_redirect", payload: {} })); // to nowhere: it is passed over
  pressed.clear();
  return left.some((event) => !event.event_actions?.temporal);
}

async function isSignedOut() {
  try {
    return (await fetch("/_session", { cache: "no-store" })).status === 401;
  } catch {
    return false;
  }
}

// `errors` is how many attempts to connect have failed since the last one that did not; `coming` is said instead of
// `words` where the page that was asked for is not here yet.
export function ConnectionBanner({ errors, words, coming, undone }) {
  const lost = errors > 0;
  const fresh = useFresh();
  const { pathname, search } = useLocation();
  const [left, setLeft] = useState(0);
  useLayoutEffect(() => {
    if (letGo()) setLeft((count) => count + 1);
  }, [pathname, search]);
  useEffect(() => {
    if (left === 0 || lost) return undefined;
    const timer = setTimeout(() => setLeft(0), TOLD_MS);
    return () => clearTimeout(timer);
  }, [left, lost]);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!lost) {
      setShown(false);
      return undefined;
    }
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [lost]);
  useEffect(() => {
    if (errors !== 2 && errors !== 8) return;
    // A session that is over gets no socket: the page then asks for the password instead of trying for ever.
    isSignedOut().then((out) => out && document.dispatchEvent(new CustomEvent("portico:signed-out")));
  }, [errors]);
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 top-0 z-40 flex justify-center px-4">
      {left > 0 || (lost && shown) ? (
        <p className="rounded-b border border-t-0 border-line-strong bg-caution-soft px-4 py-2 text-ink shadow">
          {left > 0 ? undone : fresh ? words : coming}
        </p>
      ) : null}
    </div>
  );
}
