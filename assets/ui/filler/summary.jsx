// What stands in the way, as a list of links to the fields. It takes the focus each time the person asks to go on
// (`turn`), not when they merely look (0).
import { useEffect, useRef } from "react";

export function Summary({ title, rows, turn, onGo, children }) {
  const box = useRef(null);
  useEffect(() => {
    if (turn > 0) box.current.focus();
  }, [turn]);
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
