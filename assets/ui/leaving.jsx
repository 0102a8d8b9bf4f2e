// Going to another site, such as the payment page: by itself, with a link for browsers that do not let us.
import { useEffect } from "react";
import { PRIMARY } from "./shell.jsx";

export function Leaving({ to, label }) {
  useEffect(() => {
    if (to) window.location.assign(to);
  }, [to]);
  if (!to) return null;
  return (
    <a className={PRIMARY} href={to}>
      {label}
    </a>
  );
}
