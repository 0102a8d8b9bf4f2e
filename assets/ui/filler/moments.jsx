// Times of day, moments, and quantities with their unit.
import { common, writing } from "./native.js";
import { quantity, textOf, unitOf } from "./kinds.js";
import { words } from "./words.js";

const TYPES = { time: "time", "date-time": "datetime-local" };

export const Clock = (props) => (
  <input
    {...common(props)}
    {...writing(props)}
    className="pf-input pf-date"
    type={TYPES[props.item.kind]}
    autoComplete="off"
  />
);

export function Quantity(props) {
  const { item, ids, value, onWrite, onLeave } = props;
  const unit = unitOf(item, value);
  const write = (text, chosen) => onWrite(item, quantity(item, text, chosen));
  const unitId = `${ids.field}-unit`;
  return (
    <span className="pf-line">
      <input
        {...common(props, item.units.length === 1 && unitId)}
        className="pf-input pf-number"
        type="text"
        inputMode="decimal"
        autoComplete="off"
        value={textOf(item, value)}
        onChange={(event) => write(event.target.value, unit)}
        onBlur={() => onLeave(item)}
      />
      <Unit id={unitId} item={item} unit={unit} onPick={(chosen) => write(textOf(item, value), chosen)} />
    </span>
  );
}

function Unit({ id, item, unit, onPick }) {
  const label = words.unitOf(item.text);
  const pick = (event) => onPick(event.target.value);
  if (item.units.length === 1) return <span id={id}>{item.units[0]}</span>;
  if (item.units.length === 0) {
    return <input id={id} className="pf-input pf-unit" aria-label={label} value={unit} maxLength={40} onChange={pick} />;
  }
  return (
    <select id={id} className="pf-input pf-unit" aria-label={label} value={unit} onChange={pick}>
      {item.units.map((each) => (
        <option key={each}>{each}</option>
      ))}
    </select>
  );
}
