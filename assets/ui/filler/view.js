// What the person can do on screen: write, leave a field, settle a conflict, and move between the places of the form.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useLatest } from "./hooks.js";
import { widgetOf } from "./kinds.js";
import { keyOf } from "./ledger.js";
import { words } from "./words.js";

export function useView({ pages, ledger, shown, place, review, pump, busy, onReview, start }) {
  const at = Math.max(pages.findIndex((page) => page.index + 1 === place.section), 0);
  const page = pages[at];
  const steps = place.name === "check" || place.name === "sign" || !page;
  const [tried, setTried] = useState({ place: "", turn: 0 });
  const { aim, go } = useAim(place, start);
  const questions = useMemo(() => pages.flatMap((each) => each.questions.filter(shown)), [pages, shown]);
  const trouble = (items) => items.map((item) => problemOf(item, ledger)).filter(Boolean);
  useReview(place.name === "check" && !busy, onReview);

  const openPage = (target) => target && go(`section-${target.index + 1}`);
  const goTo = (path) => {
    const item = questions.find((question) => question.path === path);
    if (!item) return;
    aim(item.anchor);
    openPage(item.page);
  };
  const leaveFor = (next) => {
    ledger.settleAll();
    pump();
    next();
  };
  const tryTo = (rows, next) =>
    rows.length > 0 ? setTried({ place: place.name, turn: tried.turn + 1 }) : leaveFor(next);

  const own = steps ? trouble(questions) : trouble(page?.questions.filter(shown) ?? []);
  const rows = place.name === "check" ? withServers(own, review, questions) : own;
  const insisted = tried.place === place.name;
  const visible = rows.length > 0 && (insisted || place.name === "check");
  const following = () => (pages[at + 1] ? openPage(pages[at + 1]) : go("check"));
  return {
    page,
    at,
    steps,
    done: questions.filter((item) => ledger.value(keyOf(item.path)).length > 0).length,
    total: questions.length,
    problems: insisted ? new Map(own.map((row) => [row.path, row.sentence])) : new Map(),
    summary: visible && {
      title: (steps ? words.missingTitle : words.summary)(rows.length),
      rows,
      turn: insisted ? tried.turn : 0,
      mayGoOn: rows.every((row) => row.missing),
    },
    ...useWriting(ledger, pump),
    open: go,
    openPage,
    goTo,
    next: () => tryTo(own, following),
    goOn: () => leaveFor(following),
    back: () => leaveFor(() => openPage(steps ? pages[pages.length - 1] : pages[at - 1])),
    toSign: () => !busy && tryTo(rows, () => go("sign")),
    showTrouble: () => {
      const found = questions.find((item) => {
        const key = keyOf(item.path);
        return ledger.entries.get(key)?.conflict || ledger.problem(key);
      });
      if (found) goTo(found.path);
    },
  };
}

function problemOf(item, ledger) {
  const key = keyOf(item.path);
  const row = { path: item.path, anchor: item.anchor, label: item.text };
  if (ledger.entries.get(key)?.conflict) return { ...row, sentence: words.twoAnswers };
  const wrong = ledger.problem(key) || ledger.entries.get(key)?.invalid;
  if (wrong) return { ...row, sentence: wrong };
  if (!item.required || ledger.value(key).length > 0) return null;
  return { ...row, missing: true, sentence: NEEDS[widgetOf(item)] ?? words.needsAnswer };
}

const HEADING = "pf-heading";
const NEEDS = { radio: words.needsChoice, select: words.needsChoice, boxes: words.needsChoice, day: words.needsDate, files: words.needsFile };

// What only the server found comes after what can be seen here.
function withServers(own, review, questions) {
  const known = new Set(own.map((row) => row.path));
  const more = (review?.missing ?? []).filter((row) => !known.has(row.path));
  const rows = more.map((row) => {
    const item = questions.find((question) => question.path === row.path);
    return item && { path: row.path, anchor: item.anchor, label: item.text, sentence: row.sentence };
  });
  return [...own, ...rows.filter(Boolean)];
}

// Ask the server what is missing, each time the look over everything is reached with all answers saved.
function useReview(ready, onReview) {
  const ask = useLatest(onReview);
  useEffect(() => {
    if (ready) ask.current();
  }, [ready, ask]);
}

function useWriting(ledger, pump) {
  return useMemo(() => {
    const write = (item, { value, invalid }, settled = false) => {
      ledger.write(keyOf(item.path), value, { settled, invalid });
      if (settled) pump();
    };
    const leave = (item) => {
      ledger.settle(keyOf(item.path));
      pump();
    };
    const keep = (item, whose) => {
      ledger[whose === "mine" ? "keepMine" : "keepTheirs"](keyOf(item.path));
      pump();
      document.getElementById(item.anchor)?.focus();
    };
    const list = (item, numbers) => {
      const fresh = numbers.filter((number) => !item.numbers.includes(number));
      fresh.forEach((number) => ledger.hide(item.patterns(number)));
      ledger.write(keyOf(item.path), numbers.map((number) => ({ valueInteger: number })), { settled: true });
      pump();
    };
    return { write, leave, keep, list };
  }, [ledger, pump]);
}

// After a move the focus goes to the heading, or to the field that was asked for. On arrival it stays where it is, and
// the first open question is brought into sight.
function useAim(place, start) {
  const target = useRef(null);
  const [turn, setTurn] = useState(0);
  const { go: move, name } = place;
  const go = useCallback(
    (where) => {
      target.current = { where, anchor: target.current?.anchor ?? HEADING };
      move(where);
      setTurn((count) => count + 1);
    },
    [move],
  );
  useEffect(() => {
    if (target.current?.where !== name) return;
    focusOn(target.current.anchor);
    target.current = null;
  }, [name, turn]);
  useEffect(() => {
    if (start.item) document.getElementById(start.item.anchor)?.scrollIntoView({ block: "center" });
  }, [start]);
  const aim = (anchor) => {
    target.current = { anchor };
  };
  return { aim, go };
}

function focusOn(anchor) {
  const node = document.getElementById(anchor);
  node?.focus({ preventScroll: true });
  if (anchor === HEADING) node?.closest(".pf").scrollIntoView({ block: "start" });
  else node?.scrollIntoView({ block: "center" });
}

// Questions come and go with the answers before them. New ones are announced; when the one with the focus goes, the
// focus moves to the question before it.
export function useAppearing(box, page, shown) {
  const focused = useRef(null);
  const before = useRef({ page: null, count: 0 });
  const [sentence, setSentence] = useState("");
  useEffect(() => {
    const node = box.current;
    const note = (event) => (focused.current = anchorOf(event.target));
    node?.addEventListener("focusin", note);
    return () => node?.removeEventListener("focusin", note);
  }, [box]);
  const visible = page ? page.questions.filter(shown) : [];
  useLayoutEffect(() => {
    const more = visible.length - before.current.count;
    setSentence(before.current.page === page && more > 0 ? words.moreAppeared(more) : "");
    before.current = { page, count: visible.length };
    if (document.activeElement !== document.body || !focused.current) return;
    const lost = page?.questions.findIndex((item) => item.anchor === focused.current) ?? -1;
    if (lost < 0 || shown(page.questions[lost])) return;
    const previous = page.questions.slice(0, lost).reverse().find(shown);
    document.getElementById(previous?.anchor ?? HEADING)?.focus();
  }, [visible.length, page]);
  return sentence;
}

const anchorOf = (node) => (/^q\d+/.exec(node.id ?? "") ?? [null])[0];
