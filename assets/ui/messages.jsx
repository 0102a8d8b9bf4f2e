// Writing messages: what is written goes out once, also when the connection was lost in between.
import { useEffect, useRef, useState } from "react";
import { again, Attach, Files, isStuck, isWaiting, useFiles } from "./attaching.jsx";
import { begunIn, changed, keyOf, noteBegun, noteKept, noteOpen, noteTold, queueOf, setQueue, useOutbox } from "./outbox.jsx";
import { useFresh } from "./place.jsx";
import { PLAIN, PRIMARY } from "./shell.jsx";

const AGAIN_MS = 4000;
const SLOW_MS = 1500;
const NUDGE_MS = 5000;
const DRAFT_MS = 1500;

// A closed socket is opened again: the framework does that when the page comes into sight.
const openSocket = () => document.dispatchEvent(new Event("visibilitychange"));

// Keeps sending what is not confirmed: the operation's id makes a second arrival the same as the first.
function useQueue(key, { delivered, refused, onSend }) {
  useOutbox();
  const waiting = queueOf(key);
  const send = useRef(onSend);
  send.current = onSend;
  useEffect(() => {
    const left = queueOf(key).filter((one) => !delivered.includes(one.operation_id));
    if (left.length < queueOf(key).length) setQueue(key, left);
  }, [key, delivered]);
  useEffect(() => {
    const found = queueOf(key).find((one) => one.operation_id === refused.operation_id);
    if (!found) return;
    found.refused = refused.sentence;
    changed();
  }, [key, refused]);
  const busy = waiting.some((one) => !one.refused);
  useEffect(() => {
    if (!busy) return undefined;
    const pump = () =>
      queueOf(key).forEach((one) => {
        if (one.refused || Date.now() - one.tried < AGAIN_MS) return;
        again(one.files);
        if (one.files.some(isWaiting)) return;
        one.tried = Date.now();
        const files = one.files.map((file) => file.id);
        send.current({ thread: one.thread, operation_id: one.operation_id, body: one.body, files });
      });
    pump();
    const timer = setInterval(() => {
      pump();
      changed(); // "waiting" comes with time, not with an event
    }, 500);
    const nudge = setInterval(openSocket, NUDGE_MS);
    return () => {
      clearInterval(timer);
      clearInterval(nudge);
    };
  }, [key, busy, waiting.length]);
  const add = (thread, body, files) => {
    const at = window.location.pathname + window.location.search;
    const made = { thread, at, operation_id: crypto.randomUUID(), body, files, since: Date.now(), tried: 0, refused: "" };
    setQueue(key, [...queueOf(key), made]);
  };
  const drop = (operation_id) => {
    setQueue(
      key,
      queueOf(key).filter((one) => one.operation_id !== operation_id),
    );
  };
  return { waiting, add, drop };
}

function Waiting({ one, words, onBack, onDrop }) {
  const slow = Date.now() - one.since > SLOW_MS;
  const uploading = one.files.some(isWaiting);
  const halted = one.refused || one.files.some(isStuck);
  return (
    <li className="ml-auto max-w-[85%] rounded border border-dashed border-line-strong bg-card px-4 py-3">
      <p className="break-words whitespace-pre-wrap" dir="auto">
        {one.body}
      </p>
      <Files files={one.files} words={words.attaching} />
      <p className={`mt-1 text-sm ${one.refused ? "font-semibold text-danger" : "text-ink-soft"}`} role="status">
        {one.refused || (uploading ? words.uploading : slow ? words.waits : words.sending)}
      </p>
      {halted ? (
        <div className="mt-2 flex flex-wrap gap-2">
          <button type="button" className={PLAIN} onClick={onBack}>
            {words.back}
          </button>
          <button type="button" className={PLAIN} onClick={onDrop}>
            {words.drop}
          </button>
        </div>
      ) : null}
    </li>
  );
}

// The box. `delivered` are the operations that the conversation shows; `refused` the last one that was not taken; `kept`
// is the draft that the server kept last, and of which conversation.
// Its files go to the address `filesAt`, each of at most `limit` bytes. While the page is built anew (a new connection)
// it knows neither person nor conversation, and nothing that is being written changes.
export function Composer({ account, thread: told, draft, delivered, refused, kept, ...rest }) {
  const { words, most, filesAt, limit, mostFiles, onSend, onDraft } = rest;
  const known = useRef({ account: "", key: "", thread: "" });
  const isBuiltAnew = !account || (!told && account === known.current.account);
  if (!isBuiltAnew) known.current = { account, key: keyOf(account, told), thread: told };
  const { key, thread } = known.current;
  const fresh = useFresh();
  const { waiting, add, drop } = useQueue(key, { delivered, refused, onSend });
  const attached = useFiles(key, { address: filesAt, words: words.attaching, limit, most: mostFiles });
  const [filesProblem, setFilesProblem] = useState("");
  const chooser = useRef(null);
  const [text, setText] = useState(() => begunIn(key, draft, fresh) ?? draft);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    if (kept?.thread) noteKept(keyOf(account, kept.thread), kept.body);
  }, [account, kept?.thread, kept?.body]);
  const box = useRef(null);
  const typed = useRef(false);
  const timer = useRef(0);
  useEffect(() => {
    if (!typed.current) setText(draft);
  }, [draft]);
  const keepDraft = (body) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      noteTold(key, body);
      onDraft({ thread, body });
    }, DRAFT_MS);
  };
  useEffect(() => {
    const before = begunIn(key, draft, fresh);
    typed.current = before !== undefined;
    setText(before ?? draft);
    if (typed.current && before !== draft) keepDraft(before);
    const close = noteOpen(key);
    return () => {
      clearTimeout(timer.current);
      close();
    };
    // Only another conversation begins anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, fresh]);
  const change = (next) => {
    typed.current = true;
    setText(next);
    setProblem("");
    noteBegun(key, next, draft);
    keepDraft(next);
  };
  const submit = (event) => {
    event.preventDefault();
    clearTimeout(timer.current);
    if (!text.trim() && !attached.files.length) {
      setProblem(words.empty);
      box.current.focus();
      return;
    }
    if (attached.files.some(isStuck)) {
      setFilesProblem(words.attaching.stuck);
      chooser.current.focus();
      return;
    }
    add(thread, text, attached.files);
    noteBegun(key, undefined);
    attached.take();
    setText("");
    setProblem("");
    setFilesProblem("");
    box.current.focus();
  };
  const byKey = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
  };
  return (
    <div className="print:hidden">
      <ol className="grid gap-3 empty:hidden" aria-label={words.outgoing}>
        {waiting.map((one) => (
          <Waiting
            key={one.operation_id}
            one={one}
            words={words}
            onBack={() => {
              change([one.body, text].filter((part) => part.trim()).join("\n\n"));
              attached.putBack(one.files);
              drop(one.operation_id);
              box.current.focus();
            }}
            onDrop={() => drop(one.operation_id)}
          />
        ))}
      </ol>
      <form onSubmit={submit} className="mt-4">
        <label htmlFor="message" className="block font-semibold">
          {words.label}
        </label>
        <textarea
          ref={box}
          id="message"
          rows={3}
          maxLength={most}
          dir="auto"
          value={text}
          onChange={(event) => change(event.target.value)}
          onKeyDown={byKey}
          aria-invalid={problem !== ""}
          aria-describedby="message-told"
          className="mt-1 block min-h-24 w-full rounded-small border border-line-strong bg-card px-3 py-2 text-ink"
        />
        <div id="message-told">
          <p role="alert" className="mt-1 font-semibold text-danger empty:hidden">
            {problem}
          </p>
        </div>
        <Files
          files={attached.files}
          words={words.attaching}
          onRemove={(one) => {
            attached.remove(one);
            setFilesProblem("");
            chooser.current.focus();
          }}
        />
        <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1">
          <button type="submit" className={PRIMARY}>
            {words.send}
          </button>
          <Attach
            words={words.attaching}
            input={chooser}
            problem={filesProblem}
            onAdd={(chosen) => setFilesProblem(attached.add(chosen))}
          />
        </div>
      </form>
    </div>
  );
}

// Says that what is shown was seen, once for each newest message and only while the page is in sight; and keeps the
// newest message in view for who is at the end already.
export function Seen({ thread, newest, unread, onSeen }) {
  const end = useRef(null);
  const told = useRef("");
  const shown = useRef("");
  useEffect(() => {
    const tell = () => {
      const mark = `${thread} ${newest}`;
      if (!thread || !unread || told.current === mark || document.visibilityState !== "visible") return;
      told.current = mark;
      onSeen(newest);
    };
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [thread, newest, unread, onSeen]);
  useEffect(() => {
    if (!thread) return undefined;
    const first = shown.current !== thread;
    const near = end.current && end.current.getBoundingClientRect().top < window.innerHeight + 240;
    shown.current = thread;
    if (!first && !near) return undefined;
    const timer = setTimeout(() => end.current?.scrollIntoView({ block: "end" }), first ? 60 : 0);
    return () => clearTimeout(timer);
  }, [thread, newest]);
  return <div ref={end} className="h-1 scroll-mb-96" aria-hidden="true" />;
}

export function PrintButton({ children, className }) {
  return (
    <button type="button" className={className} onClick={() => window.print()}>
      {children}
    </button>
  );
}
