// How the filler keeps what was written until the server has it. Run by tests/ui/test_filler.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { keyOf, Ledger, PATIENCE_MS, RESEND_MS, SETTLE_MS } from "../../../assets/ui/filler/ledger.js";

const NAME = keyOf("name");
const text = (words) => [{ valueString: words }];

function desk({ answers = [], hidden = [] } = {}) {
  const clock = { at: 3 };
  let count = 0;
  const ledger = new Ledger({ now: () => clock.at, newId: () => `op-${(count += 1)}` });
  const sheet = (given) => ({ answers: given.map(([key, value, revision]) => ({ key, value, revision })), hidden, above: (path) => [path] });
  ledger.adopt(sheet(answers));
  return { ledger, sheet, pass: (milliseconds) => (clock.at += milliseconds) };
}

const saved = (operation, revision) => ({
  outcome: "saved",
  operation_id: operation.operation_id,
  revision,
  saved_at: "2026-11-24T15:30:00+00:00",
  shown: [],
  hidden: [],
});
const conflict = (operation, theirs, revision) => ({
  outcome: "conflict",
  operation_id: operation.operation_id,
  theirs,
  revision,
  author: "Pete Park",
});

test("typing is sent once it has stopped, a choice at once", () => {
  const { ledger, pass } = desk();
  ledger.write(NAME, text("Mi"));
  assert.deepEqual(ledger.due(), []);
  pass(SETTLE_MS - 1);
  ledger.write(NAME, text("Milo"));
  pass(SETTLE_MS - 1);
  assert.deepEqual(ledger.due(), []);
  pass(1);
  ledger.write(keyOf("school"), [{ valueBoolean: true }], { settled: true });
  assert.deepEqual(
    ledger.due().map(({ path, value, base_revision }) => [path, value, base_revision]),
    [
      ["name", text("Milo"), 0],
      ["school", [{ valueBoolean: true }], 0],
    ],
  );
});

test("an answer without a reply is sent again with the same id, and says that it is not saved", () => {
  const { ledger, pass } = desk();
  ledger.write(NAME, text("Milo"), { settled: true });
  const [first] = ledger.due();
  pass(PATIENCE_MS - 1);
  assert.equal(ledger.state(), "saving");
  pass(1);
  assert.equal(ledger.state(), "waiting");
  assert.deepEqual(ledger.due(), []);
  pass(RESEND_MS - PATIENCE_MS);
  assert.deepEqual(ledger.due(), [first]);
  ledger.acknowledge([saved(first, 1)]);
  assert.equal(ledger.state(), "saved");
  assert.deepEqual(ledger.unsaved(), []);
});

test("nothing is saved before the server says so, and a second reply changes nothing", () => {
  const { ledger } = desk();
  ledger.write(NAME, text("Milo"), { settled: true });
  const [operation] = ledger.due();
  assert.deepEqual(ledger.unsaved(), [NAME]);
  assert.equal(ledger.acknowledge([saved(operation, 1)]), true);
  assert.equal(ledger.acknowledge([saved(operation, 1)]), false);
  assert.deepEqual(ledger.value(NAME), text("Milo"));
});

test("words typed while an answer is on its way follow it, based on its revision", () => {
  const { ledger } = desk();
  ledger.write(NAME, text("Milo"), { settled: true });
  const [first] = ledger.due();
  ledger.write(NAME, text("Milo Park"), { settled: true });
  assert.deepEqual(ledger.due(), []);
  ledger.acknowledge([saved(first, 1)]);
  assert.deepEqual(ledger.value(NAME), text("Milo Park"));
  const [second] = ledger.due();
  assert.equal(second.base_revision, 1);
  assert.notEqual(second.operation_id, first.operation_id);
});

test("a new connection sends what is open at once, and keeps the words and the revision they started from", () => {
  const { ledger, sheet } = desk({ answers: [[NAME, text("Milo"), 3]] });
  ledger.write(NAME, text("Milo Park"), { settled: true });
  const [operation] = ledger.due();
  ledger.adopt(sheet([[NAME, text("Somebody else"), 4]]));
  assert.deepEqual(ledger.value(NAME), text("Milo Park"));
  assert.deepEqual(ledger.due(), [operation]);
  assert.equal(operation.base_revision, 3);
});

test("an answer changed elsewhere is taken over where nothing was written here", () => {
  const { ledger, sheet } = desk({ answers: [[NAME, text("Milo"), 3]] });
  ledger.adopt(sheet([[NAME, text("Milo Park"), 4]]));
  assert.deepEqual(ledger.value(NAME), text("Milo Park"));
});

test("two different answers wait for a choice, and neither is lost", () => {
  const { ledger } = desk();
  ledger.write(NAME, text("mine"), { settled: true });
  const [operation] = ledger.due();
  ledger.acknowledge([conflict(operation, text("theirs"), 5)]);
  assert.equal(ledger.state(), "conflict");
  assert.deepEqual(ledger.value(NAME), text("mine"));
  assert.deepEqual(ledger.entries.get(NAME).conflict.theirs, text("theirs"));
  ledger.write(NAME, text("mine, edited"), { settled: true });
  assert.deepEqual(ledger.due(), []);
  ledger.keepMine(NAME);
  const [again] = ledger.due();
  assert.deepEqual([again.value, again.base_revision], [text("mine, edited"), 5]);
});

test("keeping theirs sends nothing", () => {
  const { ledger } = desk();
  ledger.write(NAME, text("mine"), { settled: true });
  ledger.acknowledge([conflict(ledger.due()[0], text("theirs"), 5)]);
  ledger.keepTheirs(NAME);
  assert.deepEqual(ledger.value(NAME), text("theirs"));
  assert.deepEqual(ledger.due(), []);
});

test("the same answer from two sides is no conflict", () => {
  const { ledger } = desk();
  ledger.write(NAME, text("Milo"), { settled: true });
  ledger.acknowledge([conflict(ledger.due()[0], text("Milo"), 5)]);
  assert.deepEqual(ledger.unsaved(), []);
});

test("a refused answer keeps its words, says why, and is not sent again until it is changed", () => {
  const { ledger, pass } = desk();
  ledger.write(NAME, text("?"), { settled: true });
  const [operation] = ledger.due();
  ledger.acknowledge([{ outcome: "refused", operation_id: operation.operation_id, sentence: "Please check this." }]);
  pass(10 * RESEND_MS);
  assert.deepEqual(ledger.due(), []);
  assert.equal(ledger.problem(NAME), "Please check this.");
  assert.deepEqual(ledger.value(NAME), text("?"));
  ledger.write(NAME, text("Milo"), { settled: true });
  assert.equal(ledger.due().length, 1);
});

test("what is no answer yet is kept, never sent, and named once the field is left", () => {
  const { ledger, pass } = desk();
  ledger.write(NAME, [{ typed: "1x" }], { invalid: "Enter a whole number." });
  assert.equal(ledger.problem(NAME), "");
  pass(SETTLE_MS);
  assert.deepEqual(ledger.due(), []);
  ledger.settle(NAME);
  assert.equal(ledger.problem(NAME), "Enter a whole number.");
  assert.equal(ledger.state(), "refused");
});

test("few answers are on their way at once, and few in a second", () => {
  const { ledger, pass } = desk();
  for (let place = 0; place < 30; place += 1) ledger.write(keyOf(`q${place}`), text("x"), { settled: true });
  const first = ledger.due();
  assert.equal(first.length, 4);
  assert.deepEqual(ledger.due(), []);
  ledger.acknowledge([saved(first[0], 1)]);
  assert.equal(ledger.due().length, 1);
  let sent = 5;
  const answerAll = () => [...ledger.entries.values()].forEach(({ operation: one }) => one && ledger.acknowledge([saved({ operation_id: one.id }, 1)]));
  for (let turn = 0; turn < 10; turn += 1) {
    answerAll();
    sent += ledger.due().length;
  }
  assert.equal(sent, 8);
  pass(1000);
  assert.equal(ledger.due().length, 4);
});

test("a question that does not apply any more holds nothing up, and its words come back with it", () => {
  const { ledger } = desk();
  ledger.write(NAME, text("Milo"));
  ledger.write(keyOf("asks"), [{ valueBoolean: false }], { settled: true });
  const [operation] = ledger.due();
  ledger.acknowledge([{ ...saved(operation, 1), hidden: ["name"] }]);
  assert.deepEqual(ledger.unsaved(), []);
  ledger.write(keyOf("asks"), [{ valueBoolean: true }], { settled: true });
  ledger.acknowledge([{ ...saved(ledger.due()[0], 2), shown: ["name"] }]);
  assert.deepEqual(ledger.value(NAME), text("Milo"));
  assert.deepEqual(ledger.unsaved(), [NAME]);
});

test("a form that was sent meanwhile keeps the words that were not", () => {
  const { ledger } = desk();
  ledger.write(NAME, text("Milo"), { settled: true });
  ledger.acknowledge([{ outcome: "shut", operation_id: ledger.due()[0].operation_id, sentence: "Sent." }]);
  assert.equal(ledger.isShut(), true);
  assert.deepEqual(ledger.value(NAME), text("Milo"));
  ledger.giveUp();
  assert.deepEqual([ledger.isShut(), ledger.unsaved()], [false, []]);
});

test("writing what is already saved is nothing to save", () => {
  const { ledger } = desk({ answers: [[NAME, text("Milo"), 3]] });
  ledger.write(NAME, text("Milo P"));
  ledger.write(NAME, text("Milo"));
  assert.deepEqual(ledger.unsaved(), []);
});

const number = (...numbers) => numbers.map((valueInteger) => ({ valueInteger }));
const LIST = keyOf("group");

function repeating(options) {
  const made = desk(options);
  made.ledger.stand({
    above: (path) => (path === "gone" ? null : [path]),
    owners: (path) => (path.startsWith("in") ? ["group"] : []),
    isList: (path) => path === "group",
  });
  return made;
}

test("nothing of a new instance is sent before the server knows of it", () => {
  const { ledger } = repeating();
  assert.deepEqual(ledger.numbers("group"), [0]);
  ledger.write(LIST, number(0, 7), { settled: true });
  ledger.write(keyOf("in#7"), text("x"), { settled: true });
  const [first, ...rest] = ledger.due();
  assert.deepEqual([first.path, rest], ["group", []]);
  ledger.acknowledge([saved(first, 1)]);
  assert.deepEqual(ledger.due().map(({ path }) => path), ["in#7"]);
  assert.deepEqual(ledger.numbers("group"), [0, 7]);
});

test("two who add or remove instances at once both have their way", () => {
  const { ledger } = repeating({ answers: [[LIST, number(0, 1, 2), 3]] });
  ledger.write(LIST, number(0, 1, 9), { settled: true });
  const [sent] = ledger.due();
  ledger.acknowledge([conflict(sent, number(0, 2, 8), 4)]);
  assert.deepEqual(ledger.numbers("group"), [0, 8, 9]);
  const [again] = ledger.due();
  assert.deepEqual([again.base_revision, again.value], [4, number(0, 8, 9)]);
  assert.equal(ledger.state(), "saving");
});

test("what stands nowhere any more waits and is not sent", () => {
  const { ledger } = repeating();
  ledger.write(keyOf("gone"), text("x"), { settled: true });
  assert.deepEqual([ledger.due(), ledger.unsaved()], [[], []]);
});

test("of several answers only those are sent that are one", () => {
  const { ledger } = desk();
  ledger.write(NAME, [...text("one"), { typed: "", why: "" }, ...text("two")], { settled: true });
  assert.deepEqual(ledger.due()[0].value, [...text("one"), ...text("two")]);
});

test("what a journal kept comes back with its own operation and the revision it was based on", () => {
  const first = desk({ answers: [[NAME, text("a"), 2]] });
  first.ledger.write(NAME, text("b"), { settled: true });
  const [sent] = first.ledger.due();
  first.ledger.write(NAME, text("bc"));
  first.ledger.write(keyOf("more"), text("new"));
  const kept = JSON.parse(JSON.stringify(first.ledger.kept()));
  const second = desk({ answers: [[NAME, text("a"), 2]] });
  assert.equal(second.ledger.restore(kept), 2);
  assert.deepEqual(second.ledger.value(NAME), text("bc"));
  const again = second.ledger.due();
  assert.deepEqual(again[0], sent);
  assert.equal(again[1].path, "more");
});

test("what was typed anew is not overwritten by a journal, nor what the server has already", () => {
  const { ledger } = desk({ answers: [[keyOf("more"), text("same"), 1]] });
  ledger.write(NAME, text("newer"));
  const kept = (key, draft) => ({ key, revision: 0, operation: null, draft, invalid: "" });
  assert.equal(ledger.restore([kept(NAME, text("older")), kept(keyOf("more"), text("same"))]), 0);
  assert.deepEqual(ledger.value(NAME), text("newer"));
});

test("a conflict that nobody settled is found again by the tab that takes it up", () => {
  const first = desk();
  first.ledger.write(NAME, text("mine"), { settled: true });
  first.ledger.acknowledge([conflict(first.ledger.due()[0], text("theirs"), 5)]);
  const second = desk({ answers: [[NAME, text("theirs"), 5]] });
  assert.equal(second.ledger.restore(first.ledger.kept()), 1);
  const [again] = second.ledger.due();
  assert.deepEqual([again.value, again.base_revision], [text("mine"), 0]);
  second.ledger.acknowledge([conflict(again, text("theirs"), 5)]);
  second.ledger.keepMine(NAME);
  assert.equal(second.ledger.due()[0].base_revision, 5);
});
