// A text of the form of this address. While the page is built anew it stays, so that nothing jumps.
import { useEffect, useRef } from "react";
import { useIsAddressed } from "./address.js";

export function Kept({ of, text, otherwise }) {
  const isAddressed = useIsAddressed();
  const last = useRef(null);
  const isIts = isAddressed(of);
  useEffect(() => {
    if (isIts) last.current = { of, text };
  });
  if (isIts) return text;
  return isAddressed(last.current?.of) ? last.current.text : otherwise;
}
