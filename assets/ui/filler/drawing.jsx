// A signature drawn with finger, pen or mouse, kept as the path that draws it. A typed name is always enough.
import { useRef, useState } from "react";
import { words } from "./words.js";

const WIDTH = 600;
const HEIGHT = 200;
const LONGEST = 40000;

export function Drawing({ path, onDraw }) {
  const sheet = useRef(null);
  const last = useRef(null);
  const [drawing, setDrawing] = useState(false);
  const at = (event) => {
    const box = sheet.current.getBoundingClientRect();
    const within = (value, most) => Math.round(Math.min(Math.max(value, 0), 1) * most);
    const x = within((event.clientX - box.left) / box.width, WIDTH);
    return `${x} ${within((event.clientY - box.top) / box.height, HEIGHT)}`;
  };
  const begin = (event) => {
    event.preventDefault();
    sheet.current.setPointerCapture?.(event.pointerId);
    const point = at(event);
    last.current = point;
    setDrawing(true);
    onDraw((known) => (known.length < LONGEST - 20 ? `${known}M${point}L${point}` : known));
  };
  const move = (event) => {
    if (!drawing) return;
    const point = at(event);
    if (point === last.current) return;
    last.current = point;
    onDraw((known) => (known.length < LONGEST - 20 ? `${known}L${point}` : known));
  };
  const end = () => setDrawing(false);
  return (
    <div className="pf-question">
      <p className="pf-label" id="pf-drawing">
        {words.draw}
      </p>
      <p className="pf-help">{words.drawHelp}</p>
      <svg
        ref={sheet}
        className="pf-drawing"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-labelledby="pf-drawing"
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
      >
        <line className="pf-drawing-line" x1="24" x2={WIDTH - 24} y1="160" y2="160" />
        <path d={path} />
      </svg>
      {path && (
        <button type="button" className="pf-link" onClick={() => onDraw(() => "")}>
          {words.drawAgain}
        </button>
      )}
    </div>
  );
}
