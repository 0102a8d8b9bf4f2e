// What somebody wrote and nobody has yet, by person and conversation: it outlives moving between pages, not the window.
// Nothing of it is ever stored in the browser.
import { useRef, useSyncExternalStore } from "react";
import { Link } from "react-router";

const queues = new Map();
const begun = new Map();
const open = new Map(); // how many boxes of a conversation are on the page
const listeners = new Set();
let version = 0;

export const changed = () => {
  version += 1;
  listeners.forEach((listener) => listener());
};

const subscribe = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useOutbox = () =>
  useSyncExternalStore(
    subscribe,
    () => version,
    () => 0,
  );

// The key of a conversation for one person.
export const keyOf = (account, thread) => `${account} ${thread}`;

export function queueOf(key) {
  if (!queues.has(key)) queues.set(key, []);
  return queues.get(key);
}

export function setQueue(key, waiting) {
  queues.set(key, waiting);
  changed();
}

// What is being written: `undefined` where the server knows it, or nothing is.
export const begunIn = (key) => begun.get(key);
export const noteBegun = (key, text) => (text === undefined ? begun.delete(key) : begun.set(key, text));

// Says that a box of this conversation is on the page, until the function that it returns is called.
export function noteOpen(key) {
  open.set(key, (open.get(key) ?? 0) + 1);
  changed();
  return () => {
    open.set(key, open.get(key) - 1);
    changed();
  };
}

// Closing the window would lose what waits, whichever page it shows by then; the quick exit leaves without a question.
if (typeof window !== "undefined") {
  window.addEventListener("beforeunload", (event) => {
    const waits = [...queues.values()].some((queue) => queue.some((one) => !one.refused));
    if (waits && !document.documentElement.hidden) event.preventDefault();
  });
}

// Above every other page: that a message waits, and where. `account` is "" while the page is built anew.
export function OutboxNotice({ account, words }) {
  useOutbox();
  const whose = useRef("");
  if (account) whose.current = account;
  const left = [...queues].find(
    ([key, queue]) => queue.length > 0 && !open.get(key) && whose.current && key.startsWith(`${whose.current} `),
  );
  return (
    <div role="status">
      {left ? (
        <p className="mb-6 flex flex-wrap items-center gap-x-4 gap-y-1 rounded border border-caution bg-caution-soft p-4">
          <span className="min-w-0 grow basis-60">{left[1].some((one) => one.refused) ? words.refused : words.waits}</span>
          <Link
            to={left[1][0].at}
            discover="none"
            className="inline-flex min-h-target items-center font-semibold underline underline-offset-4"
          >
            {words.open}
          </Link>
        </p>
      ) : null}
    </div>
  );
}
