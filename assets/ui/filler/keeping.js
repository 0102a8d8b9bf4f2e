// The journal beside a ledger: brings back what an earlier tab could not send, and keeps what this one cannot yet.
import { useEffect, useState } from "react";
import { Journal, WRITE_MS } from "./journal.js";

const AGAIN_MS = 5000;

// Returns {kept: the journal works here, returned: how many answers were brought back}.
export function useKeeping(ledger, pump, account, sheetId) {
  const [state, setState] = useState({ kept: false, returned: 0 });
  useEffect(() => {
    const journal = new Journal(account, sheetId);
    const timers = { again: 0, write: 0 };
    let [ready, over] = [false, false];
    let stop = () => {};
    const write = () => {
      timers.write = 0;
      return journal.write(ledger.kept());
    };
    const soon = () => (timers.write ||= setTimeout(write, WRITE_MS));
    const leave = () => document.visibilityState === "hidden" && write();
    const begin = async () => {
      try {
        if (!(await journal.open())) return;
      } catch {
        timers.again = setTimeout(begin, AGAIN_MS);
        return;
      }
      const found = await journal.read();
      if (over) {
        journal.close();
        return;
      }
      ready = true;
      const returned = ledger.restore(found);
      setState({ kept: true, returned });
      stop = ledger.subscribe(soon);
      document.addEventListener("visibilitychange", leave);
      soon();
      pump();
    };
    begin();
    return () => {
      over = true;
      stop();
      document.removeEventListener("visibilitychange", leave);
      Object.values(timers).forEach(clearTimeout);
      Promise.resolve(ready && write()).then(() => journal.close()); // what was found and not restored stays
    };
  }, [ledger, pump, account, sheetId]);
  return state;
}
