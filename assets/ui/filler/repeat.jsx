// A group that is filled in several times. Removing one can be undone: its answers are still there.
import { useEffect, useRef, useState } from "react";
import { words } from "./words.js";

export function Repeat({ item, render, onList }) {
  const { numbers } = item;
  const [removed, setRemoved] = useState(null);
  const aim = useRef("");
  const title = item.text || words.entry;
  useEffect(() => {
    if (aim.current) document.getElementById(aim.current)?.focus();
    aim.current = "";
  });
  const add = () => {
    const number = newNumber(numbers);
    setRemoved(null);
    aim.current = `${item.anchor}-i${number}`;
    onList(item, [...numbers, number]);
  };
  const remove = (number, place) => {
    setRemoved({ before: numbers, name: words.entryNumber(title, place + 1) });
    aim.current = `${item.anchor}-undo`;
    onList(item, numbers.filter((each) => each !== number));
  };
  const undo = () => {
    aim.current = `${item.anchor}-i${removed.before.find((each) => !numbers.includes(each))}`;
    onList(item, removed.before);
    setRemoved(null);
  };
  const full = numbers.length >= (item.most || MOST);
  return (
    <section className="pf-repeat" aria-labelledby={item.anchor}>
      {item.text && (
        <h3 className="pf-group-title" id={item.anchor}>
          {item.text}
        </h3>
      )}
      {item.help && <p className="pf-help">{item.help}</p>}
      {item.items.map((instance, place) => (
        <section className="pf-instance" key={instance.path} aria-labelledby={`${item.anchor}-i${numbers[place]}`}>
          <div className="pf-instance-head">
            <h4 className="pf-instance-title" id={`${item.anchor}-i${numbers[place]}`} tabIndex={-1}>
              {words.entryNumber(title, place + 1)}
            </h4>
            {numbers.length > item.atLeast && (
              <button
                type="button"
                className="pf-link"
                aria-label={words.removeEntry(words.entryNumber(title, place + 1))}
                onClick={() => remove(numbers[place], place)}
              >
                {words.remove}
              </button>
            )}
          </div>
          {instance.items.map(render)}
        </section>
      ))}
      <p role="status" className="pf-undo">
        {removed && (
          <>
            {words.removed(removed.name)}{" "}
            <button type="button" className="pf-link" id={`${item.anchor}-undo`} onClick={undo}>
              {words.undo}
            </button>
          </>
        )}
      </p>
      {!full && (
        <button type="button" className="pf-button pf-second" onClick={add}>
          {words.addEntry(title)}
        </button>
      )}
    </section>
  );
}

const MOST = 50;

// Numbers are never used again, and two people who add at once rarely draw the same.
function newNumber(numbers) {
  const [drawn] = crypto.getRandomValues(new Uint32Array(1));
  const number = 1 + (drawn % 999999);
  return numbers.includes(number) ? newNumber(numbers) : number;
}
