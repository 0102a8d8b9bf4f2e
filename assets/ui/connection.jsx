// Says that the connection is lost, once it has been for a moment, and finds out whether the session is over.
import { useEffect, useState } from "react";

const PATIENCE_MS = 2500;

async function isSignedOut() {
  try {
    return (await fetch("/_session", { cache: "no-store" })).status === 401;
  } catch {
    return false;
  }
}

// `errors` is how many attempts to connect have failed since the last one that did not.
export function ConnectionBanner({ errors, words }) {
  const lost = errors > 0;
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
      {lost && shown ? (
        <p className="rounded-b border border-t-0 border-line-strong bg-caution-soft px-4 py-2 text-ink shadow">
          {words}
        </p>
      ) : null}
    </div>
  );
}
