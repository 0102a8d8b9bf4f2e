// The builder of a form: its parts as a list, the chosen one opened in place. The server keeps the draft after each edit;
// this only shows it, and keeps the focus where the hands are.
import { useEffect, useRef, useState } from "react";
import { FormEditor } from "./builder_form.jsx";
import { Choose, QUIET, say } from "./builder_fields.jsx";
import { ItemEditor } from "./builder_item.jsx";

const rowId = (path) => `b-row-${path}`;
const ARROWS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };
const isTyping = (target) => target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");

export function Builder({ head, rows, chosen, detail, whole, answers, kinds, words, onChange, onChoose, onRewind }) {
  const box = useRef(null);
  const focus = useRef(null);
  useEffect(() => {
    const wanted = focus.current;
    if (!wanted || (wanted.id === "b-text" && (chosen === wanted.from || detail.path !== chosen))) return;
    const target = document.getElementById(wanted.id);
    if (!target) return;
    focus.current = null;
    target.focus();
    if (target.id === "b-text") target.select();
    target.scrollIntoView({ block: "nearest" });
  }, [answers, chosen, detail]);
  const locked = head.is_archived;
  const change = (step, id) => {
    focus.current = { id, from: chosen };
    onChange(step);
  };
  const act = {
    add: (kind, after) => change({ do: "add", kind, after }, "b-text"),
    copy: (path) => change({ do: "duplicate", path }, "b-text"),
    move: (path, where) => change({ do: "move", path, where }, rowId(path)),
    remove: (path) => {
      const place = rows.findIndex((row) => row.path === path);
      change({ do: "remove", path }, place > 0 ? rowId(rows[place - 1].path) : "b-form");
    },
  };
  const onKeyDown = (event) => {
    if (locked) return;
    const path = event.target.closest("[data-path]")?.dataset.path;
    if (event.altKey && ARROWS[event.key] && path && path === chosen) {
      event.preventDefault();
      act.move(path, ARROWS[event.key]);
    } else if ((event.ctrlKey || event.metaKey) && /^[zy]$/i.test(event.key) && !isTyping(event.target)) {
      event.preventDefault();
      onRewind(event.shiftKey || event.key.toLowerCase() === "y");
    } else if (event.key === "Delete" && event.target.id === rowId(path)) {
      event.preventDefault();
      act.remove(path);
    }
  };
  const common = { chosen, detail, kinds, words, act, locked, onChoose, onChange };
  return (
    <div ref={box} onKeyDown={onKeyDown}>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <button
          type="button"
          className={QUIET}
          aria-disabled={!head.can_undo}
          onClick={() => head.can_undo && onRewind(false)}
        >
          {words.undo}
        </button>
        <button
          type="button"
          className={QUIET}
          aria-disabled={!head.can_redo}
          onClick={() => head.can_redo && onRewind(true)}
        >
          {words.redo}
        </button>
        <p className="text-sm text-ink-soft" role="status">
          {head.state}
        </p>
      </div>
      <ol aria-label={words.outline} className="grid gap-2">
        <li>
          <Head id="b-form" open={chosen === ""} onOpen={() => onChoose("")} label={words.form} title={whole.title} />
          {chosen === "" && (
            <Opened>
              <fieldset disabled={locked} className="min-w-0">
                <FormEditor whole={whole} words={words} onChange={onChange} />
              </fieldset>
            </Opened>
          )}
        </li>
        {rows.map((row) => (
          <Part key={row.path} row={row} {...common} />
        ))}
      </ol>
      {!locked && (
        <div className="mt-4">
          <Adder words={words} kinds={kinds} label={words.addEnd} start="section" onAdd={(kind) => act.add(kind, "")} />
        </div>
      )}
      <p className="mt-4 text-sm text-ink-soft">{words.keys}</p>
    </div>
  );
}

const HEAD =
  "flex min-h-target w-full cursor-pointer items-start gap-3 rounded-small border px-4 py-3 text-left hover:bg-sunk";

function Head({ id, open, onOpen, label, title, required, words, notes = [], problem }) {
  return (
    <button
      type="button"
      id={id}
      aria-expanded={open}
      onClick={onOpen}
      className={`${HEAD} ${open ? "border-accent bg-accent-soft" : "border-line bg-card"}`}
    >
      <span className="min-w-0 grow">
        <span className="block text-sm text-ink-soft">
          {label}
          {required && ` · ${words.requiredMark}`}
        </span>
        <span className="block break-words font-semibold">{title}</span>
        {notes.map((note) => (
          <span key={note} className="block break-words text-sm text-ink-soft">
            {note}
          </span>
        ))}
        {problem && <span className="block text-sm font-semibold text-danger">{problem}</span>}
      </span>
    </button>
  );
}

const Opened = ({ children }) => (
  <div className="mt-1 rounded-small border border-line bg-card p-4">{children}</div>
);

function Part({ row, chosen, detail, kinds, words, act, locked, onChoose, onChange }) {
  const { path } = row;
  const open = chosen === path;
  const short = row.text.length > 140 ? `${row.text.slice(0, 140)}…` : row.text;
  return (
    <li data-path={path} style={{ marginInlineStart: `${Math.min(row.depth, 6) * 0.75}rem` }}>
      <Head
        id={rowId(path)}
        open={open}
        onOpen={() => onChoose(open ? "" : path)}
        label={row.kind_label}
        title={short || words.untitled}
        required={row.required}
        words={words}
        notes={row.notes}
        problem={row.problem}
      />
      {open && detail.path === path && (
        <Opened>
          <fieldset disabled={locked} className="grid min-w-0 gap-4">
            <Tools path={path} words={words} act={act} />
            <ItemEditor detail={detail} kinds={kinds} words={words} onChange={onChange} />
            <Adder
              words={words}
              kinds={kinds}
              label={say(words.addHere, { text: short.slice(0, 40) || words.untitled })}
              start="line"
              onAdd={(kind) => act.add(kind, path)}
            />
          </fieldset>
        </Opened>
      )}
    </li>
  );
}

function Tools({ path, words, act }) {
  const moves = [
    ["up", "↑", words.up],
    ["down", "↓", words.down],
    ["out", "←", words.out],
    ["in", "→", words.in],
  ];
  return (
    <div className="-mx-2 -mt-2 flex flex-wrap items-center">
      {moves.map(([where, sign, label]) => (
        <button key={where} type="button" className={QUIET} aria-label={label} title={label} onClick={() => act.move(path, where)}>
          {sign}
        </button>
      ))}
      <button type="button" className={QUIET} onClick={() => act.copy(path)}>
        {words.copy}
      </button>
      <button type="button" className={QUIET} onClick={() => act.remove(path)}>
        {words.remove}
      </button>
    </div>
  );
}

function Adder({ words, kinds, label, start, onAdd }) {
  const [kind, setKind] = useState(start);
  return (
    <div className="flex flex-wrap items-end gap-2 border-t border-line pt-4">
      <Choose label={label} value={kind} options={kinds} onChoose={setKind} className="min-w-48 grow" />
      <button
        type="button"
        className="inline-flex min-h-target cursor-pointer items-center rounded-small border border-line-strong bg-card px-5 py-2 font-semibold text-ink hover:bg-sunk"
        onClick={() => onAdd(kind)}
      >
        {words.add}
      </button>
    </div>
  );
}
