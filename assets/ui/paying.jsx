// Paying at once, with a card that is kept: asks before it takes the sum. With a new card the processor's page asks.
import { useId, useRef, useState } from "react";
import { Dialog, PLAIN, PRIMARY } from "./shell.jsx";

const UNREAD_MS = 1000;
const AMOUNT = /^\d+([.,]\d{1,2})?$/;

// What the form asks for, in whole cents; null where that is for the server to say.
function centsIn(form) {
  const part = form.elements.part.value.replace(/[\s$€£]/g, "");
  if (part !== "") return AMOUNT.test(part) ? Math.round(Number(part.replace(",", ".")) * 100) : null;
  const ticked = [...form.querySelectorAll("input[data-cents]:checked")];
  return ticked.length === 0 ? null : ticked.reduce((sum, box) => sum + Number(box.dataset.cents), 0);
}

const written = (cents, pattern) =>
  pattern.replace("#", (cents / 100).toLocaleString("en-US", { minimumFractionDigits: 2 }));

// `pattern` is how an amount is written, with # for the number.
export function PayButton({ pattern, words, children }) {
  const [question, setQuestion] = useState(null);
  const button = useRef(null);
  const agreed = useRef(false);
  const swapped = useRef(-UNREAD_MS);
  const id = useId();
  const press = (event) => {
    const { form } = button.current;
    const cents = centsIn(form);
    const card = form.elements.card;
    if (agreed.current || card.value === "" || cents === null) return;
    event.preventDefault();
    setQuestion(asks(form, cents));
  };
  const asks = (form, cents) => {
    const card = form.elements.card;
    return { cents, id: card.value, sum: written(cents, pattern), card: card.selectedOptions[0].text };
  };
  const agree = () => {
    const { form } = button.current;
    const cents = centsIn(form);
    // What is owed, or a card, may have changed beneath the question: then it is another one.
    if (cents !== question.cents || form.elements.card.value !== question.id) {
      swapped.current = performance.now();
      setQuestion(cents === null || form.elements.card.value === "" ? null : asks(form, cents));
      return;
    }
    if (performance.now() - swapped.current < UNREAD_MS) return; // a second tap that was meant for the question before
    setQuestion(null);
    agreed.current = true;
    button.current.form.requestSubmit(button.current);
    agreed.current = false;
  };
  return (
    <>
      <button ref={button} type="submit" className={`${PRIMARY} group-aria-busy:pointer-events-none`} onClick={press}>
        {children}
      </button>
      <Dialog
        open={question !== null}
        labelled={`${id}-title`}
        described={`${id}-text`}
        onCancel={() => setQuestion(null)}
      >
        <h2 id={`${id}-title`} className="text-xl font-semibold">
          {words.title.replace("{sum}", question?.sum)}
        </h2>
        <p id={`${id}-text`} className="mt-2">
          {words.text.replace("{card}", question?.card)}
        </p>
        <div className="mt-6 flex flex-wrap gap-3">
          <button type="button" data-first className={PRIMARY} onClick={agree}>
            {words.confirm.replace("{sum}", question?.sum)}
          </button>
          <button type="button" className={PLAIN} onClick={() => setQuestion(null)}>
            {words.cancel}
          </button>
        </div>
      </Dialog>
    </>
  );
}
