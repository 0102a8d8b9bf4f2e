// Appointments in the browser: whose clock, an inbox without a mouse, a week that can be moved about in.
import { useEffect, useRef } from "react";

// Tells the server which clock this person lives by, whenever the server does not know.
export function ZoneTeller({ known, onZone }) {
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
    if (known !== zone) onZone(zone);
  }, [known]);
  return null;
}

const isTyping = (target) => target.closest("input, textarea, select, dialog") !== null;

// Rows marked data-row: arrows go from one to the next; Enter, D and U press the row's button data-do.
// A row shows at once that its button was pressed, and the next one takes the focus; also where the row that had it is gone.
export function Inbox({ children, ...rest }) {
  const box = useRef(null);
  const last = useRef(-1);
  const rows = () => [...box.current.querySelectorAll("[data-row]")];
  useEffect(() => {
    const away = (event) => {
      if (!event.target.closest?.("[data-row]")) last.current = -1;
    };
    const keep = new MutationObserver(() => {
      if (last.current < 0 || document.activeElement !== document.body) return;
      const all = rows();
      all[Math.min(last.current, all.length - 1)]?.focus();
    });
    keep.observe(box.current, { childList: true, subtree: true });
    document.addEventListener("pointerdown", away);
    return () => {
      keep.disconnect();
      document.removeEventListener("pointerdown", away);
    };
  }, []);
  const onFocusCapture = (event) => {
    last.current = rows().indexOf(event.target.closest("[data-row]"));
  };
  const press = (row, deed) => {
    const button = row?.querySelector(`[data-do="${deed}"]`) ?? null;
    if (button && !button.disabled) button.click();
    return button !== null;
  };
  const onClickCapture = (event) => {
    const deed = event.target.closest?.("[data-do]")?.dataset.do;
    const row = event.target.closest?.("[data-row]");
    if (!row || (deed !== "confirm" && deed !== "undo")) return;
    const all = rows();
    const next = all[all.indexOf(row) + 1] ?? all[all.indexOf(row) - 1];
    row.setAttribute("data-pending", "");
    setTimeout(() => row.removeAttribute("data-pending"), 6000);
    if (deed === "confirm") next?.focus();
  };
  const onKeyDown = (event) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = rows();
    const row = event.target.closest("[data-row]");
    const place = all.indexOf(row);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const deed = { Enter: "confirm", d: "decline", u: "undo" }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (step) {
      all[Math.min(Math.max(place + step, 0), all.length - 1)]?.focus();
    } else if (event.repeat) {
      return; // a key that is held down decides once
    } else if (deed === "undo") {
      press(row, deed) || press(box.current, deed);
    } else if (deed && event.target === row) {
      press(row, deed);
    } else {
      return;
    }
    event.preventDefault();
  };
  return (
    <div ref={box} onKeyDown={onKeyDown} onClickCapture={onClickCapture} onFocusCapture={onFocusCapture} {...rest}>
      {children}
    </div>
  );
}

const STEP = 15;
const pad = (number) => String(number).padStart(2, "0");

// A week of columns data-day (with data-first and data-last, in minutes) and entries data-item: an entry can be dragged
// to another time, and an empty place be pressed. Both say a wall time; the server decides.
export function WeekGrid({ onMove, onSlot, movable, children, ...rest }) {
  const drag = useRef(null);
  const wallAt = (x, y, grip) => {
    const column = document.elementsFromPoint(x, y).find((one) => one.dataset?.day);
    if (!column) return null;
    const box = column.getBoundingClientRect();
    const first = Number(column.dataset.first);
    const share = (y - grip - box.top) / box.height;
    const minutes = Math.round((first + share * (Number(column.dataset.last) - first)) / STEP) * STEP;
    const kept = Math.min(Math.max(minutes, 0), 24 * 60 - STEP);
    return `${column.dataset.day}T${pad(Math.floor(kept / 60))}:${pad(kept % 60)}`;
  };
  const down = (event) => {
    const item = event.target.closest("[data-item]");
    if (!movable || !item || !item.dataset.movable || event.button !== 0 || event.pointerType === "touch") return;
    drag.current = { item, x: event.clientX, y: event.clientY, grip: event.clientY - item.getBoundingClientRect().top };
  };
  const move = (event) => {
    const held = drag.current;
    if (!held) return;
    const far = Math.hypot(event.clientX - held.x, event.clientY - held.y);
    if (far > 8) held.moved = true;
    if (held.moved) held.item.style.translate = `${event.clientX - held.x}px ${event.clientY - held.y}px`;
  };
  const up = (event) => {
    const held = drag.current;
    if (!held) return;
    held.item.style.translate = "";
    const wall = held.moved ? wallAt(event.clientX, event.clientY, held.grip) : null;
    if (wall) onMove(held.item.dataset.item, Number(held.item.dataset.revision), wall);
    setTimeout(() => (drag.current = null));
  };
  const click = (event) => {
    if (drag.current?.moved) {
      event.preventDefault();
      event.stopPropagation();
    } else if (movable && event.target.dataset?.day) {
      const wall = wallAt(event.clientX, event.clientY, 0);
      if (wall) onSlot(wall);
    }
  };
  return (
    <div onPointerDown={down} onPointerMove={move} onPointerUp={up} onClickCapture={click} {...rest}>
      {children}
    </div>
  );
}
