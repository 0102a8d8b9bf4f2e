// Everything that can be changed about one part of a form.
import { Choose, Group, INPUT, QUIET, say, TextField, Tick, useTyped } from "./builder_fields.jsx";

const CHOICES = ["one", "several", "one_or_other"];
const ONCE = ["information", "yes_no", "agree", "one", "several"];
const NO_QUESTION = ["section", "information"];
const LIMITED = { whole_number: "number", number: "number", date: "date" };
const LONG = ["line", "paragraph", "link"];

export function ItemEditor({ detail, kinds, words, onChange }) {
  const { path, kind } = detail;
  const change = (step) => onChange({ path, ...step });
  const label = { section: words.sectionText, information: words.informationText }[kind] ?? words.text;
  const known = kinds.some((one) => one.value === kind);
  return (
    <div className="grid gap-4">
      <TextField
        id="b-text"
        label={label}
        value={detail.text}
        many={kind === "section" ? undefined : kind === "information" ? 5 : 2}
        maxLength={20000}
        onSend={(value) => change({ do: "text", value })}
      />
      {known && (
        <Choose
          label={words.kind}
          value={kind}
          options={kinds}
          className="max-w-80"
          onChoose={(value) => change({ do: "kind", value })}
        />
      )}
      {!NO_QUESTION.includes(kind) && (
        <Tick label={words.required} on={detail.required} onSwitch={(on) => change({ do: "required", on })} />
      )}
      {kind !== "information" && (
        <TextField
          label={words.help}
          value={detail.help}
          maxLength={2000}
          onSend={(value) => change({ do: "help", value })}
        />
      )}
      {CHOICES.includes(kind) && <Options key={path} {...{ detail, words, change }} />}
      {LIMITED[kind] && <Limits {...{ detail, words, change }} />}
      {LONG.includes(kind) && (
        <TextField
          label={words.longest}
          type="number"
          min={0}
          max={20000}
          className="max-w-80"
          value={String(detail.longest)}
          onSend={(value) => /^\d{1,5}$/.test(value) && change({ do: "longest", most: Number(value) })}
        />
      )}
      {!ONCE.includes(kind) && known && (
        <Tick
          label={kind === "section" ? words.sectionRepeats : words.repeats}
          on={detail.repeats}
          onSwitch={(on) => change({ do: "repeats", on })}
        />
      )}
      <Conditions key={`${path}-when`} {...{ detail, words, change }} />
    </div>
  );
}

function Options({ detail, words, change }) {
  const sent = detail.options.map((option, was) => ({ ...option, was }));
  const send = (rows) =>
    change({
      do: "options",
      options: rows.map(({ label, points, was }) => ({ label, points: points === "" ? null : Number(points), was })),
    });
  const put = (place, part) => send(sent.map((row, other) => (other === place ? { ...row, ...part } : row)));
  return (
    <Group title={words.options}>
      <ol className="grid gap-2">
        {sent.map((row, place) => (
          <li key={place} className="flex flex-wrap items-center gap-2">
            <TextField
              hidden
              label={say(words.option, { number: place + 1 })}
              value={row.label}
              maxLength={500}
              className="min-w-40 grow"
              onSend={(label) => put(place, { label })}
            />
            <TextField
              hidden
              label={say(words.pointsOf, { number: place + 1 })}
              placeholder={words.points}
              inputMode="decimal"
              className="w-24"
              value={row.points}
              onSend={(points) => (points === "" || Number.isFinite(Number(points))) && put(place, { points })}
            />
            <button
              type="button"
              className={QUIET}
              aria-label={say(words.removeOption, { number: place + 1 })}
              onClick={() => send(sent.filter((_, other) => other !== place))}
            >
              ✕
            </button>
          </li>
        ))}
      </ol>
      <button
        type="button"
        className={`${QUIET} justify-self-start`}
        onClick={() => send([...sent, { label: say(words.option, { number: sent.length + 1 }), points: "", was: -1 }])}
      >
        {words.addOption}
      </button>
      <Tick label={words.alerts} on={detail.alerts} onSwitch={(on) => change({ do: "alerts", on })} />
      {detail.alerts && <p className="text-sm text-ink-soft">{words.alertsHelp}</p>}
    </Group>
  );
}

function Limits({ detail, words, change }) {
  const type = LIMITED[detail.kind];
  const put = (part) => change({ do: "limits", minimum: detail.minimum, maximum: detail.maximum, ...part });
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <TextField
        label={words.minimum}
        type={type}
        step="any"
        value={detail.minimum}
        onSend={(minimum) => put({ minimum })}
      />
      <TextField
        label={words.maximum}
        type={type}
        step="any"
        value={detail.maximum}
        onSend={(maximum) => put({ maximum })}
      />
      {type === "number" && (
        <TextField
          label={words.unit}
          value={detail.unit}
          maxLength={60}
          onSend={(value) => change({ do: "unit", value })}
        />
      )}
    </div>
  );
}

const ORDERED = ["whole_number", "number", "date", "date_time", "time", "amount"];

function operators(kind, words) {
  const found = [
    ["=", words.is],
    ["!=", words.isNot],
  ];
  if (ORDERED.includes(kind)) {
    found.push([">", words.more], ["<", words.less], [">=", words.atLeast], ["<=", words.atMost]);
  }
  return [...found, ["exists", words.answered], ["missing", words.unanswered]].map(([value, label]) => ({ value, label }));
}

function firstValue(question, words) {
  if (["yes_no", "agree"].includes(question?.kind)) return words.yes;
  return question?.options[0] ?? "";
}

// "Show this when …": each line is a question, a comparison and an answer.
function Conditions({ detail, words, change }) {
  const { lines, asked } = detail;
  const send = (rows, needsAll = detail.needs_all) => change({ do: "conditions", lines: rows, needs_all: needsAll });
  const put = (place, row) => send(lines.map((line, other) => (other === place ? row : line)));
  const add = () => {
    const question = asked[asked.length - 1];
    const value = firstValue(question, words);
    send([...lines, { question: question.path, operator: value ? "=" : "exists", value: value || "true" }]);
  };
  return (
    <Group title={words.conditions}>
      {lines.length === 0 && <p className="text-ink-soft">{words.always}</p>}
      {lines.length > 1 && (
        <Choose
          label={words.howMany}
          hidden
          className="max-w-80"
          value={detail.needs_all ? "all" : "any"}
          options={[
            { value: "all", label: `${words.showWhen}: ${words.andAll}` },
            { value: "any", label: `${words.showWhen}: ${words.orAny}` },
          ]}
          onChoose={(value) => send(lines, value === "all")}
        />
      )}
      {lines.map((line, place) => (
        <Condition
          key={place}
          number={place + 1}
          {...{ line, asked, words }}
          onPut={(row) => put(place, row)}
          onRemove={() => send(lines.filter((_, other) => other !== place))}
        />
      ))}
      {asked.length > 0 && (
        <button type="button" className={`${QUIET} justify-self-start`} onClick={add}>
          {words.addCondition}
        </button>
      )}
    </Group>
  );
}

function Condition({ line, asked, words, number, onPut, onRemove }) {
  const question = asked.find((one) => one.path === line.question);
  const operator = line.operator === "exists" && line.value === "false" ? "missing" : line.operator;
  const chooseQuestion = (path) => {
    const value = firstValue(asked.find((one) => one.path === path), words);
    onPut({ question: path, operator: value ? "=" : "exists", value: value || "true" });
  };
  const chooseOperator = (wanted) => {
    const asks = { exists: "true", missing: "false" }[wanted];
    const value = asks ?? (line.operator === "exists" ? firstValue(question, words) : line.value);
    onPut({ ...line, operator: asks ? "exists" : wanted, value });
  };
  const options = asked.map((one) => ({ value: one.path, label: one.label }));
  if (!question) options.unshift({ value: line.question, label: line.question });
  return (
    <div className="grid gap-2 rounded-small bg-sunk p-3">
      <span className="flex items-center justify-between gap-2">
        {words.showWhen}
        <button
          type="button"
          className={QUIET}
          aria-label={say(words.removeCondition, { number })}
          onClick={onRemove}
        >
          ✕
        </button>
      </span>
      <Choose
        hidden
        label={say(words.question, { number })}
        value={line.question}
        options={options}
        onChoose={chooseQuestion}
      />
      <div className="flex flex-wrap gap-2">
        <Choose
          hidden
          label={say(words.operator, { number })}
          value={operator}
          options={operators(question?.kind, words)}
          className="min-w-40 grow basis-0"
          onChoose={chooseOperator}
        />
        {line.operator !== "exists" && (
          <Compared {...{ line, question, words, number }} onSend={(value) => onPut({ ...line, value })} />
        )}
      </div>
    </div>
  );
}

function Compared({ line, question, words, number, onSend }) {
  const label = say(words.value, { number });
  const yesNo = ["yes_no", "agree"].includes(question?.kind) ? [words.yes, words.no] : [];
  const listed = yesNo.length ? yesNo : (question?.options ?? []);
  const typing = useTyped(line.value, onSend);
  if (listed.length) {
    const options = listed.includes(line.value) ? listed : [line.value, ...listed];
    return (
      <Choose
        hidden
        label={label}
        value={line.value}
        className="min-w-40 grow basis-0"
        options={options.map((value) => ({ value, label: value }))}
        onChoose={onSend}
      />
    );
  }
  const type = { date: "date", whole_number: "number", number: "number" }[question?.kind] ?? "text";
  return <input aria-label={label} type={type} step="any" className={`${INPUT} grow basis-40`} {...typing} />;
}
