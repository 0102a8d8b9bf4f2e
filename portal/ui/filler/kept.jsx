// A text of the form of this address. While the page is built anew it stays, so that nothing jumps.
import { useEffect, useRef } from "react";
import { useParams } from "react-router";

export function Kept({ of, text, otherwise }) {
  const { assignment_id: wanted } = useParams();
  const last = useRef(null);
  useEffect(() => {
    if (of === wanted) last.current = { of, text };
  });
  if (of === wanted) return text;
  return last.current?.of === wanted ? last.current.text : otherwise;
}
