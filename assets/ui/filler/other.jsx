// Other words than the options, where a choice takes them.
import { useState } from "react";
import { otherOf } from "./kinds.js";
import { words } from "./words.js";

// `type` is that of the options. For a choice of one, choosing "other" lets the option go and the other way round.
export function Other({ item, ids, type, name, value, onWrite, onLeave }) {
  const text = otherOf(item, value);
  const [open, setOpen] = useState(false);
  const isOpen = open || text !== "";
  const options = value.filter((each) => !isOther(item, each));
  const write = (words) => {
    const kept = type === "radio" ? [] : options;
    onWrite(item, { value: words.trim() ? [...kept, { valueString: words }] : kept });
  };
  const toggle = (on) => {
    setOpen(on);
    if (!on || type === "radio") onWrite(item, { value: type === "radio" ? [] : options }, true);
  };
  return (
    <div className="pf-other">
      <label className="pf-option">
        <input
          type={type}
          name={name}
          id={`${ids.field}-other`}
          checked={isOpen}
          onChange={(event) => toggle(event.target.checked)}
        />
        <span>{words.other}</span>
      </label>
      {isOpen && (
        <input
          className="pf-input"
          type="text"
          autoComplete="off"
          aria-label={words.otherAnswer(item.text)}
          value={text}
          onChange={(event) => write(event.target.value)}
          onBlur={() => onLeave(item)}
        />
      )}
    </div>
  );
}

const isOther = (item, each) => otherOf(item, [each]) !== "";
