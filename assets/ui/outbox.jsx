// What somebody wrote and nobody has yet, by person and conversation: it outlives moving between pages, not the window.
// Nothing of it is ever stored in the browser.
import { useRef, useSyncExternalStore } from "react";
import { Link } from "react-router";
import { ConfirmButton } from "./editing.jsx";

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

// What is being written in this window, and what the server has of it: what it had when that began, or has kept since.
export function noteBegun(key, text, draft) {
  if (text === undefined) begun.delete(key);
  else begun.set(key, { base: draft, ...begun.get(key), text });
}

// That the server was told so, and that it has kept it.
export function noteTold(key, body) {
  if (begun.has(key)) begun.get(key).told = body;
}

export function noteKept(key, body) {
  if (begun.has(key)) begun.get(key).base = body;
}

// What is to stand in the box: what was begun here, unless the server has something newer by now, from another device.
// While the page is on its way (not `fresh`), `draft` is from before, and decides nothing.
export function begunIn(key, draft, fresh) {
  const one = begun.get(key);
  if (!one) return undefined;
  if (!fresh || [one.base, one.told, one.text].includes(draft)) return one.text;
  begun.delete(key);
  return undefined;
}

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

const LINK = "inline-flex min-h-target cursor-pointer items-center font-semibold underline underline-offset-4";

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
        <div className="mb-6 rounded border border-caution bg-caution-soft p-4">
          <p>{left[1].some((one) => one.refused) ? words.refused : words.waits}</p>
          <div className="mt-1 flex flex-wrap items-center gap-x-2">
            <Link to={left[1][0].at} discover="none" className={LINK}>
              {words.open}
            </Link>
            <ConfirmButton
              label={words.drop}
              kind="quiet"
              title={words.dropTitle}
              text={words.dropText}
              confirm={words.drop}
              cancel={words.keep}
              onConfirm={() => setQueue(left[0], [])}
            />
          </div>
        </div>
      ) : null}
    </div>
  );
}
