// What stands in the way, as a list of links to the fields. It takes the focus when it appears, and again each time
// the person asks to go on (`turn`).
import { useEffect, useRef } from "react";

export function Summary({ title, rows, turn, onGo, children }) {
  const box = useRef(null);
  useEffect(() => box.current?.focus(), [turn]);
  return (
    <div className="pf-summary" ref={box} tabIndex={-1} role="group" aria-labelledby="pf-summary-title">
      <p className="pf-summary-title" id="pf-summary-title">
        {title}
      </p>
      <ul>
        {rows.map((row) => (
          <li key={row.path}>
            <a
              href={`#${row.anchor}`}
              onClick={(event) => {
                event.preventDefault();
                onGo(row.path);
              }}
            >
              {row.label}
            </a>
            {row.sentence && <span>: {row.sentence}</span>}
          </li>
        ))}
      </ul>
      {children}
    </div>
  );
}
