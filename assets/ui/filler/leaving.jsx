// Asked before another page opens, or the person signs out, while something is not saved: a native dialog, so that focus and Escape are right.
import { useEffect, useRef } from "react";
import { words } from "./words.js";

export function Leaving({ open, kept, onAnswer }) {
  const dialog = useRef(null);
  useEffect(() => {
    if (open && !dialog.current.open) dialog.current.showModal();
    if (!open && dialog.current.open) dialog.current.close();
  }, [open]);
  return (
    <dialog className="pf-dialog" ref={dialog} aria-labelledby="pf-leaving" onClose={() => open && onAnswer(false)}>
      <p className="pf-dialog-title" id="pf-leaving">
        {words.leaving}
      </p>
      <p>{kept ? words.leavingKept : words.leavingHelp}</p>
      <div className="pf-row">
        <button type="button" className="pf-button pf-first" onClick={() => onAnswer(false)}>
          {words.stay}
        </button>
        <button type="button" className="pf-button pf-second" onClick={() => onAnswer(true)}>
          {kept ? words.leaveKept : words.leave}
        </button>
      </div>
    </dialog>
  );
}
