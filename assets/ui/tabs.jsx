// Tabs by the pattern of the ARIA Authoring Practices. Which one is open stands behind "#" in the address, so that a
// reload and a link come back to it. Parts that are not shown stay as they are: what was typed there is not lost.
import { createContext, useContext, useEffect, useRef, useState } from "react";

const TAB =
  "inline-flex min-h-target cursor-pointer items-center rounded-small px-2 text-ink-soft hover:bg-sunk hover:text-ink sm:px-4 " +
  "aria-selected:bg-accent-soft aria-selected:font-semibold aria-selected:text-accent-strong";

const Chosen = createContext({ id: "", several: false });

function useAddress() {
  const [wish, setWish] = useState("");
  useEffect(() => {
    const follow = () => setWish(window.location.hash.slice(1));
    follow();
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  const choose = (id) => {
    setWish(id);
    window.history.replaceState(window.history.state, "", `#${id}`);
  };
  return [wish, choose];
}

export function AddressTabs({ label, tabs, children }) {
  const [wish, choose] = useAddress();
  const list = useRef(null);
  const there = tabs.findIndex((tab) => tab.id === wish);
  const place = Math.max(0, there);
  const move = (event) => {
    const steps = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: tabs.length - 1 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const next = (steps[event.key] + tabs.length) % tabs.length;
    choose(tabs[next].id);
    list.current?.children[next]?.focus();
  };
  const several = tabs.length > 1;
  return (
    <Chosen.Provider value={{ id: tabs[place].id, several }}>
      {several && (
        <div
          ref={list}
          role="tablist"
          aria-label={label}
          onKeyDown={move}
          className="mb-6 flex flex-wrap gap-1 border-b border-line pb-2"
        >
          {tabs.map((tab, number) => (
            <button
              key={tab.id}
              type="button"
              role="tab"
              id={`tab-${tab.id}`}
              aria-controls={`panel-${tab.id}`}
              aria-selected={number === place}
              tabIndex={number === place ? 0 : -1}
              onClick={() => choose(tab.id)}
              className={TAB}
            >
              {tab.label}
            </button>
          ))}
        </div>
      )}
      {children}
    </Chosen.Provider>
  );
}

export function TabPart({ part, children }) {
  const { id, several } = useContext(Chosen);
  const told = several ? { role: "tabpanel", "aria-labelledby": `tab-${part}` } : {};
  return (
    <div {...told} id={`panel-${part}`} hidden={id !== part} className="grid gap-10">
      {children}
    </div>
  );
}
