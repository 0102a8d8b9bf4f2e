// Files that go with a message: each is sent at once when it is chosen, in sight, and can be taken out again until the
// message is. What is chosen outlives moving between pages, not the window; nothing of it is stored in the browser.
import { useCallback, useEffect, useId, useRef, useState, useSyncExternalStore } from "react";
import { PLAIN } from "./shell.jsx";

const TAKEN = "image/jpeg,image/png,image/webp,image/gif,application/pdf";
const AGAIN_MS = 4000;
const LINK =
  "inline-flex min-h-target cursor-pointer items-center px-2 font-semibold text-accent-strong underline underline-offset-4";

const boxes = new Map();
const listeners = new Set();
let version = 0;

const changed = () => {
  version += 1;
  listeners.forEach((listener) => listener());
};
const subscribe = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const isWaiting = (one) => !one.id;
// What only its owner can put right.
export const isStuck = (one) => !one.id && !one.busy && one.problem !== "" && !one.lost;

// One try. `lost`: the connection failed, so it is tried again by itself; `again`: a press may help.
function start(one) {
  const request = new XMLHttpRequest();
  Object.assign(one, { request, busy: true, problem: "", lost: false, share: 0, tried: Date.now() });
  const done = (what) => {
    if (one.request !== request) return;
    Object.assign(one, { busy: false, request: null, ...what });
    changed();
  };
  request.open("POST", one.address);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.setRequestHeader("X-File-Name", encodeURIComponent(one.name));
  request.setRequestHeader("Accept", "application/json");
  request.upload.onprogress = (event) => {
    if (!event.lengthComputable) return;
    one.share = event.loaded / event.total;
    changed();
  };
  request.onload = () => {
    let told = {};
    try {
      told = JSON.parse(request.responseText);
    } catch {
      // A proxy answers in its own words: they are not ours to show.
    }
    if (request.status === 200 && told.file) done({ id: told.file.id, name: told.file.name, size: told.file.size });
    else {
      const again = request.status >= 500 || request.status === 429 || request.status === 401;
      done({ problem: told.sentence || one.words.lost, again });
    }
  };
  request.onerror = () => done({ problem: one.words.waits, lost: true });
  request.send(one.file);
  changed();
}

const sizeOf = (bytes) => (bytes < 999500 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1e6).toFixed(1)} MB`);

// The files of one box, and what can be done with them.
export function useFiles(key, { address, words, limit, most }) {
  useSyncExternalStore(subscribe, () => version, () => 0);
  const files = boxes.get(key) ?? [];
  const put = useCallback(
    (next) => {
      boxes.set(key, next);
      changed();
    },
    [key],
  );
  const busy = files.some(isWaiting);
  useEffect(() => {
    if (!busy) return undefined;
    const timer = setInterval(() => again(boxes.get(key) ?? []), 500);
    return () => clearInterval(timer);
  }, [key, busy]);
  useEffect(() => {
    if (!files.length) return undefined;
    const warn = (event) => {
      if (!document.documentElement.hidden) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [files.length]);
  const add = (chosen) => {
    const room = Math.max(0, most - files.length);
    const made = chosen.slice(0, room).map((file) => {
      const tooLarge = file.size > limit ? words.tooLarge : "";
      const size = sizeOf(file.size);
      return { key: crypto.randomUUID(), file, address, words, name: file.name, size, id: "", problem: tooLarge };
    });
    boxes.set(key, [...files, ...made]);
    made.filter((one) => !one.problem).forEach(start);
    changed();
    return chosen.length > room ? words.tooMany : "";
  };
  const remove = (one) => {
    const request = one.request;
    one.request = null;
    request?.abort();
    put(files.filter((each) => each !== one));
  };
  return { files, add, remove, take: () => put([]), putBack: (more) => put([...more, ...(boxes.get(key) ?? [])]) };
}

// Tries again what the connection lost.
export function again(files) {
  files.forEach((one) => {
    if (one.lost && !one.busy && Date.now() - one.tried > AGAIN_MS) start(one);
  });
}

// The list. Without `onRemove` it is that of a message on its way.
export function Files({ files, words, onRemove }) {
  return (
    <ul className="mt-2 grid gap-2 empty:hidden" aria-label={words.files}>
      {files.map((one) => (
        <li key={one.key} className="rounded-small border border-line bg-sunk px-3 py-1">
          <div className="flex flex-wrap items-center gap-x-3">
            <span className="min-w-0 grow break-words py-2">
              <bdi>{one.name}</bdi> <span className="text-sm whitespace-nowrap text-ink-soft">{one.size}</span>
            </span>
            {!one.busy && one.again && one.problem ? (
              <button type="button" className={LINK} onClick={() => start(one)}>
                {words.again}
              </button>
            ) : null}
            {onRemove ? (
              <button type="button" className={LINK} aria-label={`${words.remove}: ${one.name}`} onClick={() => onRemove(one)}>
                {words.remove}
              </button>
            ) : null}
          </div>
          {one.busy ? (
            <progress
              aria-label={`${words.sending}: ${one.name}`}
              className="mb-2 block h-2 w-full accent-accent"
              max="1"
              value={one.share < 1 ? one.share : undefined}
            />
          ) : null}
          <p role="status" className={`pb-1 text-sm empty:hidden ${one.lost ? "text-ink-soft" : "font-semibold text-danger"}`}>
            {one.problem}
          </p>
        </li>
      ))}
    </ul>
  );
}

// The button that chooses. It looks like one; the field itself takes the focus.
export function Attach({ words, input, onAdd, problem }) {
  const id = useId();
  return (
    <>
      <label
        htmlFor={id}
        className={`${PLAIN} gap-2 has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus`}
      >
        {words.add}
        <input
          ref={input}
          id={id}
          type="file"
          multiple
          accept={TAKEN}
          aria-describedby={`${id}-help`}
          className="sr-only"
          onChange={(event) => {
            onAdd([...event.target.files]);
            event.target.value = ""; // the same file can be chosen again
          }}
        />
      </label>
      <p id={`${id}-help`} className="order-last w-full text-sm text-ink-soft">
        {words.help}
      </p>
      <p role="alert" className="order-last w-full text-sm font-semibold text-danger empty:hidden">
        {problem}
      </p>
    </>
  );
}

// Files in a form that starts something: their ids travel in a field, and the form waits until all of them are there.
export function AttachField({ account, address, started, name, words, limit, most }) {
  const box = useFiles(`new ${account} ${address}`, { address, words, limit, most });
  const [problem, setProblem] = useState("");
  const input = useRef(null);
  const before = useRef(started ?? 0);
  const waits = box.files.some(isStuck) ? words.stuck : box.files.some(isWaiting) ? words.wait : "";
  useEffect(() => input.current?.setCustomValidity(waits), [waits]);
  useEffect(() => {
    if ((started ?? 0) > before.current) box.take();
    before.current = started ?? 0; // it falls to nothing when the page is built anew
    // Only what was sent empties it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [started]);
  return (
    <div>
      <input type="hidden" name={name} value={box.files.map((one) => one.id).join(" ")} readOnly />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Attach words={words} input={input} onAdd={(chosen) => setProblem(box.add(chosen))} problem={problem} />
      </div>
      <Files
        files={box.files}
        words={words}
        onRemove={(one) => {
          box.remove(one);
          setProblem("");
          input.current?.focus();
        }}
      />
    </div>
  );
}
