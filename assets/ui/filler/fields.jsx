// The fields themselves: native widgets, a label above, help under it, the problem beside it.
import { memo, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { Conflict } from "./conflict.jsx";
import { Files } from "./files.jsx";
import { answerOf, chosen, lengthOf, optionsOf, otherOf, textOf, widgetOf } from "./kinds.js";
import { Clock, Quantity } from "./moments.jsx";
import { common, listed, writing } from "./native.js";
import { Other } from "./other.jsx";
import { Several } from "./several.jsx";
import { words } from "./words.js";

// One question. `onWrite(item, {value, invalid}, settled)`, `onLeave(item)` and `onKeep(item, whose)` are stable.
export const Question = memo(function Question(props) {
  const { item, value, problem, conflict } = props;
  const ids = { field: item.anchor, help: `${item.anchor}-help`, problem: `${item.anchor}-problem` };
  const describedBy = listed(item.help && ids.help, problem && ids.problem);
  const widget = widgetOf(item);
  const Field = fields[widget];
  const inner = (
    <>
      {item.help && (
        <p className="pf-help" id={ids.help}>
          {item.help}
        </p>
      )}
      {problem && (
        <p className="pf-problem" id={ids.problem}>
          {problem}
        </p>
      )}
      {item.repeats && ONE_LINE.has(widget) ? (
        <Several {...props} Field={Field} ids={ids} describedBy={describedBy} />
      ) : (
        <Field {...props} ids={ids} describedBy={describedBy} />
      )}
      {conflict && <Conflict item={item} mine={value} theirs={conflict} onKeep={props.onKeep} />}
    </>
  );
  const className = `pf-question${problem ? " pf-wrong" : ""}`;
  if (widget === "radio" || widget === "boxes") {
    return (
      <fieldset className={className} data-path={item.path} aria-describedby={describedBy}>
        <legend className="pf-label">
          <Label item={item} />
        </legend>
        {inner}
      </fieldset>
    );
  }
  return (
    <div className={className} data-path={item.path}>
      {widget !== "box" && (
        <label className="pf-label" htmlFor={ids.field}>
          <Label item={item} />
        </label>
      )}
      {inner}
    </div>
  );
});

const ONE_LINE = new Set(["line", "paragraphs", "day", "clock", "quantity"]);

const Label = ({ item }) => (
  <>
    {item.prefix && <span className="pf-prefix">{item.prefix} </span>}
    {item.text}
    {item.required && <span className="pf-required"> {words.required}</span>}
  </>
);

const INPUT_MODES = { integer: "numeric", decimal: "decimal", url: "url" };

function Line(props) {
  const { item, ids } = props;
  const left = charactersLeft(props);
  return (
    <>
      <span className="pf-line">
        <input
          {...common(props, left && `${ids.field}-left`, item.unit && `${ids.field}-unit`)}
          {...writing(props)}
          className={INPUT_MODES[item.kind] && item.kind !== "url" ? "pf-input pf-number" : "pf-input"}
          type="text"
          autoComplete="off"
          inputMode={INPUT_MODES[item.kind]}
        />
        {item.unit && <span id={`${ids.field}-unit`}>{item.unit}</span>}
      </span>
      <Counter id={`${ids.field}-left`} text={left} />
    </>
  );
}

function Paragraphs(props) {
  const { ids, value } = props;
  const box = useRef(null);
  const left = charactersLeft(props);
  useLayoutEffect(() => grow(box.current), [value]);
  return (
    <>
      <textarea
        {...common(props, left && `${ids.field}-left`)}
        {...writing(props)}
        ref={box}
        className="pf-input pf-text"
        rows={3}
      />
      <Counter id={`${ids.field}-left`} text={left} />
    </>
  );
}

// Browsers that know `field-sizing` grow by themselves; the others are helped.
const grow = (box) => {
  if (CSS.supports("field-sizing", "content")) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
};

const charactersLeft = ({ item, value }) => {
  if (!item.max_length) return "";
  const used = lengthOf(textOf(item, value));
  return used > item.max_length * 0.75 ? words.left(item.max_length - used) : "";
};

const Counter = ({ id, text }) => (
  <p className="pf-help pf-counter" id={id} hidden={!text}>
    {text}
  </p>
);

// A date picker where the browser has one; elsewhere a plain field that says how a date is written.
function Day(props) {
  const [plain, setPlain] = useState(false);
  const box = useRef(null);
  const { ids, item } = props;
  useEffect(() => setPlain(box.current.type !== "date"), []);
  return (
    <>
      <input
        {...common(props, plain && `${ids.field}-how`)}
        {...writing(props)}
        ref={box}
        className="pf-input pf-date"
        type="date"
        min={item.minimum || undefined}
        max={item.maximum || "9999-12-31"}
        autoComplete="off"
      />
      {plain && (
        <p className="pf-help" id={`${ids.field}-how`}>
          {words.dateExample}
        </p>
      )}
    </>
  );
}

function Options(props) {
  const { item, ids, type, places, onPick } = props;
  const name = useId();
  const options = optionsOf(item);
  const short = options.length === 2 && options.every((option) => option.label.length < 12);
  return (
    <div className={short ? "pf-options pf-inline" : "pf-options"}>
      {options.map((option, place) => (
        <label className="pf-option" key={place}>
          <input
            type={type}
            id={place === 0 ? ids.field : `${ids.field}-${place}`}
            name={name}
            checked={places.includes(place)}
            onChange={(event) => onPick(place, event.target.checked)}
          />
          <span>{option.label}</span>
        </label>
      ))}
      {item.is_open && <Other {...props} name={name} />}
    </div>
  );
}

function Radio(props) {
  const { item, value, onWrite } = props;
  const places = chosen(item, value);
  const pick = (place) => onWrite(item, { value: answerOf(item, [place]) }, true);
  return (
    <>
      <Options {...props} type="radio" places={places} onPick={pick} />
      <Clear {...props} shown={value.length > 0} />
    </>
  );
}

// A chosen radio button cannot be unchosen; a person who slipped needs a way back to "no answer".
function Clear({ item, ids, shown, onWrite }) {
  if (!shown || item.required) return null;
  const clear = () => {
    onWrite(item, { value: [] }, true);
    document.getElementById(ids.field)?.focus();
  };
  return (
    <button
      type="button"
      className="pf-link pf-clear"
      aria-label={`${words.clear}: ${item.text}`}
      onClick={clear}
    >
      {words.clear}
    </button>
  );
}

function Boxes(props) {
  const { item, value, onWrite } = props;
  const places = chosen(item, value);
  const pick = (place, on) => {
    const wanted = on ? [...places, place] : places.filter((other) => other !== place);
    const other = otherOf(item, value);
    const more = other ? [{ valueString: other }] : [];
    onWrite(item, { value: [...answerOf(item, wanted), ...more] }, true);
  };
  return (
    <>
      <p className="pf-help">{words.chooseAny}</p>
      <Options {...props} type="checkbox" places={places} onPick={pick} />
    </>
  );
}

// One box: its label is the question itself.
function Box(props) {
  const { item, value, onWrite } = props;
  const tick = (event) => onWrite(item, { value: event.target.checked ? answerOf(item, [0]) : [] }, true);
  return (
    <label className="pf-option">
      <input {...common(props)} type="checkbox" checked={chosen(item, value).includes(0)} onChange={tick} />
      <span>
        <Label item={item} />
      </span>
    </label>
  );
}

function Select(props) {
  const { item, value, onWrite } = props;
  const pick = ({ target }) =>
    onWrite(item, { value: target.value === "" ? [] : answerOf(item, [Number(target.value)]) }, true);
  return (
    <select
      {...common(props)}
      className="pf-input pf-select"
      value={chosen(item, value)[0] ?? ""}
      onChange={pick}
    >
      <option value="">{words.choose}</option>
      {optionsOf(item).map((option, place) => (
        <option key={place} value={place}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

// A question that cannot be answered here: it is said, and asked for elsewhere.
export const Note = ({ item }) => (
  <div className="pf-question" data-path={item.path} id={item.anchor} tabIndex={-1}>
    <p className="pf-label">{item.text}</p>
    <p className="pf-fixed">{item.help || words.notHere}</p>
  </div>
);

// What the portal knows and fills in itself.
export const Fixed = ({ item }) => (
  <dl className="pf-question pf-known" data-path={item.path}>
    <dt className="pf-label">{item.text}</dt>
    <dd>{item.fixed}</dd>
  </dl>
);

const fields = {
  line: Line,
  paragraphs: Paragraphs,
  day: Day,
  clock: Clock,
  quantity: Quantity,
  files: Files,
  radio: Radio,
  boxes: Boxes,
  box: Box,
  select: Select,
};
