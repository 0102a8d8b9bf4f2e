// Fills one form: section by section, every answer saved as it is given, then a look over all of it, then the signature.
// The server says what there is, what applies and what is wrong; this only shows it, and never makes typing wait.
import { useEffect, useMemo, useRef, useState } from "react";
import { useIsAddressed } from "./address.js";
import "./filler.css";
import { forgetLedger, knownLedger, useLatest, useLeaving, useLedger, usePlace, useShape } from "./hooks.js";
import { forgetJournal } from "./journal.js";
import { useKeeping } from "./keeping.js";
import { Leaving } from "./leaving.jsx";
import { keyOf } from "./ledger.js";
import { Place, placeOf } from "./place.js";
import { Review } from "./review.jsx";
import { Section } from "./section.jsx";
import { Sections } from "./sections.jsx";
import { readAnswers } from "./shape.js";
import { Shut } from "./shut.jsx";
import { Sign } from "./sign.jsx";
import { Strip } from "./strip.jsx";
import { useAppearing, useView } from "./view.js";
import { words } from "./words.js";

// While the server builds the page anew (a new connection, a sign-in over the page), the last sheet stays on screen and
// can be typed into. A sheet of another address, or of somebody else who signed in meanwhile, is never shown.
export function Filler(props) {
  const isAddressed = useIsAddressed();
  const last = useRef(null);
  const now = { sheet: props.sheet, account: props.account };
  useEffect(() => {
    if (props.sheet && props.account) last.current = now;
  });
  const mine = ({ sheet, account }) => isAddressed(sheet?.id) && account && [account, ""].includes(props.account);
  const found = [now, last.current].find((known) => known && mine(known));
  const isSent = isAddressed(props.sentId);
  const ledger = isAddressed(last.current?.sheet.id) ? knownLedger(nameOf(last.current)) : undefined;
  const left = isSent && ledger?.unsaved().length > 0;
  const [, look] = useState(0);
  useEffect(() => {
    if (!isSent || left || !ledger) return;
    document.getElementById("form-sent")?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    forgetLedger(nameOf(last.current));
    forgetJournal(last.current.account, last.current.sheet.id);
  }, [isSent, left, ledger]);
  if (left) return <Shut sheet={last.current.sheet} ledger={ledger} onSeen={() => look((count) => count + 1)} />;
  if (isSent) return props.children;
  if (!found) return <Loading />;
  return <Sheet key={nameOf(found)} {...props} {...found} />;
}

const nameOf = ({ account, sheet }) => `${account}/${sheet.id}`;

const Loading = () => (
  <div className="pf pf-loading" role="status">
    <span className="pf-hidden">{words.loading}</span>
    <div className="pf-bone pf-bone-short" />
    <div className="pf-bone" />
    <div className="pf-bone" />
  </div>
);

function Sheet({ sheet, account, replies, review, signing, onSave, onReview, onSign, onWake }) {
  const answers = useMemo(() => readAnswers(sheet), [sheet]);
  const { ledger, pump, busy } = useLedger(nameOf({ account, sheet }), answers, { replies, send: onSave });
  const known = useShape(sheet, ledger);
  const keeping = useKeeping(ledger, pump, account, sheet.id);
  const leaving = useLeaving(ledger, busy, pump);
  const shown = (item) => isShown(item, ledger);
  const pages = known.pages.filter((page) => page.items.some(shown));
  const [start] = useState(() => resumeAt(pages, ledger, shown));
  const place = usePlace(start.place);
  const view = useView({ pages, ledger, shown, place, review, pump, busy, onReview, start });
  const box = useRef(null);
  const appeared = useAppearing(box, view.page, shown);
  const shut = ledger.isShut();
  const wake = useLatest(onWake);
  useEffect(() => {
    if (shut) wake.current();
  }, [shut, wake]);
  const { page, at, steps } = view;
  const common = { ledger, shown, summary: view.summary, handlers: view };
  const [here] = useState(() => placeOf(sheet));
  return (
    <Place value={here}>
      <div className="pf" ref={box}>
        <Strip
          place={steps ? words.lastSteps : words.section(at + 1, pages.length)}
          title={steps ? "" : page.title}
          done={view.done}
          total={view.total}
          ledger={ledger}
          welcome={start.returning}
          returned={keeping.returned}
          onShow={view.showTrouble}
        />
        <p className="pf-hidden" role="status">
          {appeared}
        </p>
        {steps && place.name !== "sign" && (
          <Review {...common} pages={pages} waiting={busy} obstacle={sheet.can_sign ? "" : sheet.why_not_sign} />
        )}
        {place.name === "sign" && (
          <Sign sheet={sheet} reply={signing} onSign={onSign} onWake={onWake} onBack={() => view.open("check")} />
        )}
        {!steps && (
          <Section
            key={page.index}
            {...common}
            page={page}
            problems={view.problems}
            first={at === 0}
            last={at === pages.length - 1}
          />
        )}
        {!steps && <Sections pages={pages} current={page} ledger={ledger} shown={shown} onOpen={view.openPage} />}
        <Leaving open={leaving.asking} kept={keeping.kept} onAnswer={leaving.answer} />
      </div>
    </Place>
  );
}

// A group to repeat is there when one of its instances is; what the portal fills in, when it knows something.
function isShown(item, ledger) {
  if (item.kind === "repeat" && item.items.length > 0) return item.items.some((each) => isShown(each, ledger));
  if (item.kind === "fixed" && !item.fixed && item.items.length === 0) return false;
  return !ledger.isHidden(item.path);
}

// Whoever comes back goes on at the first question without an answer; all answered: at the look over everything.
function resumeAt(pages, ledger, shown) {
  if (pages.length === 0) return { place: "check" };
  const section = (page) => `section-${page.index + 1}`;
  if (!ledger.hasAnswers()) return { place: section(pages[0]) };
  for (const page of pages) {
    const open = page.questions.find((item) => shown(item) && ledger.value(keyOf(item.path)).length === 0);
    if (open) return { place: section(page), item: open === page.questions[0] ? null : open, returning: true };
  }
  return { place: "check", returning: true };
}
