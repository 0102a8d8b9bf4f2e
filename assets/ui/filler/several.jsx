// A question that takes several answers: a field for each, one more on demand, and each can be taken away.
import { useEffect, useRef, useState } from "react";
import { words } from "./words.js";

export function Several({ Field, ...props }) {
  const { item, ids, value, onWrite } = props;
  const [empty, setEmpty] = useState(value.length === 0 ? 1 : 0);
  const aim = useRef(null);
  const rows = value.length + (value.length === 0 ? Math.max(empty, 1) : empty);
  useEffect(() => {
    if (aim.current !== null) document.getElementById(rowId(ids, aim.current))?.focus();
    aim.current = null;
  });
  // A field that was emptied stays where it is, as words that are not an answer yet.
  const put = (place, next, settled) => {
    const one = next.value.length > 0 ? next.value : [{ typed: "", why: "" }];
    const merged = value.map((each, at) => (at === place ? one[0] : each));
    if (place >= value.length) {
      merged.push(...one);
      setEmpty(Math.max(empty - 1, 0));
    }
    const invalid = next.invalid || merged.find((each) => each.why)?.why || "";
    onWrite(item, { value: merged.every(isBlank) ? [] : merged, invalid }, settled);
  };
  const add = () => {
    setEmpty(empty + (value.length === 0 && empty === 0 ? 2 : 1));
    aim.current = rows;
  };
  const remove = (place) => {
    aim.current = Math.max(place - 1, 0);
    if (place >= value.length) setEmpty(Math.max(empty - 1, 0));
    else onWrite(item, { value: value.filter((_, each) => each !== place) }, true);
  };
  const full = item.most > 0 && rows >= item.most;
  return (
    <div className="pf-several">
      {Array.from({ length: rows }, (_, place) => (
        <div className="pf-several-row" key={place}>
          <Field
            {...props}
            ids={{ ...ids, field: rowId(ids, place) }}
            name={place > 0 ? words.answerNumber(item.text, place + 1) : undefined}
            value={value[place] ? [value[place]] : []}
            onWrite={(_, next, settled) => put(place, next, settled)}
          />
          {rows > 1 && (
            <button
              type="button"
              className="pf-link"
              aria-label={words.removeAnswer(item.text, place + 1)}
              onClick={() => remove(place)}
            >
              {words.remove}
            </button>
          )}
        </div>
      ))}
      {!full && (
        <button type="button" className="pf-link" aria-label={words.addAnswer(item.text)} onClick={add}>
          {words.addAnother}
        </button>
      )}
    </div>
  );
}

const isBlank = (value) => value.typed === "";
const rowId = (ids, place) => (place === 0 ? ids.field : `${ids.field}-r${place}`);
