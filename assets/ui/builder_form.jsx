// What can be changed about the form as a whole: its name, who signs, its score.
import { Group, QUIET, say, TextField, Tick, useWish } from "./builder_fields.jsx";

export function FormEditor({ whole, words, onChange }) {
  return (
    <div className="grid gap-4">
      <TextField
        id="b-title"
        label={words.name}
        value={whole.title}
        maxLength={200}
        onSend={(value) => onChange({ do: "title", value })}
      />
      <TextField
        label={words.description}
        value={whole.description}
        many={2}
        maxLength={2000}
        onSend={(value) => onChange({ do: "description", value })}
      />
      <Signatures whole={whole} words={words} onChange={onChange} />
      <Score whole={whole} words={words} onChange={onChange} />
    </div>
  );
}

function Signatures({ whole, words, onChange }) {
  const put = (part) =>
    onChange({
      do: "signatures",
      client: whole.client_signs,
      contact: whole.contact_signs,
      all_sign: whole.all_sign,
      countersign: whole.countersign,
      ...part,
    });
  const [allSign, wish] = useWish(whole.all_sign);
  const choice = (label, all) => (
    <label className="flex min-h-target cursor-pointer items-center gap-3">
      <input
        type="radio"
        name="b-rule"
        className="size-6 shrink-0 accent-accent"
        checked={allSign === all}
        onChange={() => {
          wish(all);
          put({ all_sign: all });
        }}
      />
      {label}
    </label>
  );
  return (
    <Group title={words.signatures}>
      <Tick label={words.clientSigns} on={whole.client_signs} onSwitch={(client) => put({ client })} />
      <Tick label={words.contactSigns} on={whole.contact_signs} onSwitch={(contact) => put({ contact })} />
      <div>
        {choice(words.oneSigns, false)}
        {choice(words.allSign, true)}
      </div>
      <Tick label={words.countersign} on={whole.countersign} onSwitch={(countersign) => put({ countersign })} />
    </Group>
  );
}

function Score({ whole, words, onChange }) {
  const bands = whole.bands.map(({ low, high, label }) => ({ low: Number(low), high: Number(high), label }));
  const send = (name, rows) => onChange({ do: "score", name, bands: rows });
  const put = (place, part) =>
    send(
      whole.score,
      bands.map((band, other) => (other === place ? { ...band, ...part } : band)),
    );
  const whole_ = (text, then) => /^-?\d{1,6}$/.test(text) && then(Number(text));
  if (!whole.score) {
    return (
      <Group title={words.score}>
        <p className="text-ink-soft">{words.scoreHelp}</p>
        <button type="button" className={`${QUIET} justify-self-start`} onClick={() => send(words.score, [])}>
          {words.addScore}
        </button>
      </Group>
    );
  }
  const next = bands.length ? Math.max(...bands.map((band) => band.high)) + 1 : 0;
  return (
    <Group title={words.score}>
      <p className="text-ink-soft">{words.scoreHelp}</p>
      <TextField label={words.scoreName} value={whole.score} maxLength={200} onSend={(name) => send(name, bands)} />
      <p className="font-semibold">{words.bands}</p>
      {bands.map((band, place) => (
        <div
          key={place}
          role="group"
          aria-label={say(words.range, { number: place + 1 })}
          className="flex flex-wrap items-end gap-2"
        >
          <TextField
            label={words.low}
            type="number"
            className="w-24"
            value={String(band.low)}
            onSend={(text) => whole_(text, (low) => put(place, { low }))}
          />
          <TextField
            label={words.high}
            type="number"
            className="w-24"
            value={String(band.high)}
            onSend={(text) => whole_(text, (high) => put(place, { high }))}
          />
          <TextField
            label={words.label}
            value={band.label}
            maxLength={120}
            className="min-w-40 grow basis-0"
            onSend={(label) => put(place, { label })}
          />
          <button
            type="button"
            className={QUIET}
            aria-label={say(words.removeBand, { number: place + 1 })}
            onClick={() =>
              send(
                whole.score,
                bands.filter((_, other) => other !== place),
              )
            }
          >
            ✕
          </button>
        </div>
      ))}
      <div className="flex flex-wrap gap-2">
        <button
          type="button"
          className={QUIET}
          onClick={() =>
            send(whole.score, [
              ...bands,
              { low: next, high: next + 4, label: say(words.range, { number: bands.length + 1 }) },
            ])
          }
        >
          {words.addBand}
        </button>
        <button type="button" className={QUIET} onClick={() => send("", [])}>
          {words.removeScore}
        </button>
      </div>
    </Group>
  );
}
