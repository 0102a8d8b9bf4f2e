// What every native field has in common.
import { textOf, typed } from "./kinds.js";

export const listed = (...ids) => ids.filter(Boolean).join(" ") || undefined;

export const common = ({ item, ids, problem, describedBy, name }, ...more) => ({
  id: ids.field,
  "aria-label": name,
  "aria-describedby": listed(describedBy, ...more),
  "aria-invalid": problem ? true : undefined,
  "aria-required": item.required || undefined,
});

export const writing = ({ item, value, onWrite, onLeave }) => ({
  value: textOf(item, value),
  onChange: (event) => onWrite(item, typed(item, event.target.value, event.target.validity?.badInput)),
  onBlur: () => onLeave(item),
});
