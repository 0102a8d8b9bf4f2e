// The strip that stays in sight: where one is, how far, and whether everything is saved.
import { useEffect, useState } from "react";
import { words } from "./words.js";

export function Strip({ title, place, done, total, ledger, welcome, returned, onShow }) {
  const online = useOnline();
  const { tone, sentence } = standing(ledger, online, welcome);
  const quiet = tone === "quiet";
  return (
    <div className={`pf-strip pf-strip-${tone}`}>
      <div className="pf-strip-row">
        <p className="pf-where">
          <span className="pf-step">{place}</span>
          {title && <span className="pf-section-name">{title}</span>}
        </p>
        <p className="pf-saved">
          {/* "Saving…" comes with every pause in typing: seen, but not read out. */}
          {quiet && <span aria-hidden="true">{words.saving}</span>}
          <span role="status" aria-live="polite">
            {quiet ? "" : sentence}
          </span>
          {(tone === "conflict" || tone === "refused") && (
            <button type="button" className="pf-link" onClick={onShow}>
              {words.show}
            </button>
          )}
        </p>
      </div>
      {returned > 0 && (
        <p className="pf-returned" role="status">
          {words.returned(returned)}
        </p>
      )}
      <div
        className="pf-progress"
        role="progressbar"
        aria-label={words.answered(done, total)}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
      >
        <span style={{ width: `${total ? (100 * done) / total : 0}%` }} />
      </div>
    </div>
  );
}

const standing = (ledger, online, welcome) => {
  const state = ledger.state();
  if (state === "conflict") return { tone: "conflict", sentence: words.conflict };
  if (state === "refused") return { tone: "refused", sentence: words.refused };
  if (!online && state !== "saved" && state !== "idle") return { tone: "waiting", sentence: words.offline };
  if (state === "waiting") return { tone: "waiting", sentence: words.waiting };
  if (state === "saving") return { tone: "quiet", sentence: "" };
  if (state === "saved") return { tone: "good", sentence: words.saved(ledger.savedAt) };
  return { tone: "idle", sentence: welcome ? words.welcomeBack : words.idle };
};

function useOnline() {
  const [online, setOnline] = useState(true);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    look();
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    return () => {
      window.removeEventListener("online", look);
      window.removeEventListener("offline", look);
    };
  }, []);
  return online;
}
