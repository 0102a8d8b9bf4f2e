// What the filler makes of typed words and chosen options. Run by tests/ui/test_filler.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerOf, chosen, inWords, otherOf, quantity, textOf, typed, widgetOf } from "../../../assets/ui/filler/kinds.js";

const item = (kind, more = {}) => ({ kind, options: [], max_length: 0, minimum: "", maximum: "", unit: "", control: "", ...more });
const coding = (code, display) => ({ label: display, value: { valueCoding: { code, display } } });

for (const [kind, text, value] of [
  ["string", " Milo ", [{ valueString: " Milo " }]],
  ["string", "   ", []],
  ["text", "one\ntwo", [{ valueString: "one\ntwo" }]],
  ["integer", " 12 ", [{ valueInteger: 12 }]],
  ["integer", "-3", [{ valueInteger: -3 }]],
  ["decimal", "2.5", [{ valueDecimal: 2.5 }]],
  ["date", "2016-02-29", [{ valueDate: "2016-02-29" }]],
  ["url", "https://example.org", [{ valueUri: "https://example.org" }]],
]) {
  test(`${kind}: "${text}" is an answer`, () => {
    const read = typed(item(kind), text);
    assert.deepEqual(read.value, value);
    assert.ok(!read.invalid);
  });
}

for (const [kind, text, more] of [
  ["integer", "12a"],
  ["integer", "1.5"],
  ["integer", "99999999999"],
  ["decimal", "2,5"],
  ["date", "2015-02-29"],
  ["date", "2015-13-01"],
  ["date", "05/23/2017"],
  ["string", "too long", { max_length: 3 }],
  ["integer", "11", { maximum: "10" }],
  ["date", "2030-01-01", { maximum: "2026-12-31" }],
]) {
  test(`${kind}: "${text}" is kept as typed and explained`, () => {
    const read = typed(item(kind, more), text);
    assert.ok(read.invalid);
    assert.equal(textOf(item(kind), read.value), text);
  });
}

test("length counts characters, not halves of them", () => {
  assert.ok(!typed(item("string", { max_length: 3 }), "😀😀😀").invalid);
});

test("half a date in the browser's own field is no empty answer", () => {
  assert.ok(typed(item("date"), "", true).invalid);
});

test("chosen options keep the form's order and survive another display", () => {
  const question = item("choice", { options: [coding("a", "A"), coding("b", "B"), coding("c", "C")], repeats: true });
  const value = answerOf(question, [2, 0]);
  assert.deepEqual(chosen(question, value), [0, 2]);
  assert.deepEqual(chosen(question, [{ valueCoding: { display: "Bee", code: "b" } }]), [1]);
  assert.equal(inWords(question, value), "A, C");
});

test("yes and no are a choice of two", () => {
  const question = item("boolean");
  assert.deepEqual(answerOf(question, [1]), [{ valueBoolean: false }]);
  assert.equal(inWords(question, [{ valueBoolean: false }]), "No");
});

test("the form's wish decides how a question is asked, else the number of options", () => {
  const many = Array.from({ length: 8 }, (_, place) => coding(String(place), String(place)));
  assert.equal(widgetOf(item("choice", { options: many })), "select");
  assert.equal(widgetOf(item("choice", { options: many, control: "radio" })), "radio");
  assert.equal(widgetOf(item("choice", { options: many.slice(0, 3) })), "radio");
  assert.equal(widgetOf(item("choice", { options: many, repeats: true })), "boxes");
  assert.equal(widgetOf(item("boolean", { control: "checkbox" })), "box");
});

for (const [kind, text, value] of [
  ["time", "14:30", [{ valueTime: "14:30:00" }]],
  ["quantity", "70.5", [{ valueQuantity: 70.5 }]],
]) {
  test(`${kind}: "${text}" is an answer`, () => assert.deepEqual(typed(item(kind, { units: [] }), text).value, value));
}

test("a moment keeps the person's clock and how far it is from UTC", () => {
  const { value } = typed(item("date-time"), "2026-11-24T10:30");
  assert.match(value[0].valueDateTime, /^2026-11-24T10:30:00[+-]\d{2}:\d{2}$/);
  assert.equal(textOf(item("date-time"), value), "2026-11-24T10:30");
});

test("a quantity has a number and one of the units", () => {
  const weight = item("quantity", { units: ["kg", "lb"] });
  assert.deepEqual(quantity(weight, "70", "lb").value, [{ valueQuantity: { value: 70, unit: "lb" } }]);
  assert.deepEqual(quantity(weight, "", "kg").value, []);
  assert.ok(quantity(weight, "", "lb").invalid);
  assert.ok(quantity(weight, "x", "kg").invalid);
  assert.equal(inWords(weight, [{ valueQuantity: { value: 70, unit: "lb" } }]), "70 lb");
});

test("other words of an open choice are told from its options", () => {
  const open = item("choice", { is_open: true, options: [coding("a", "A")] });
  const both = [{ valueCoding: { code: "a" } }, { valueString: "Other" }];
  assert.deepEqual([chosen(open, both), otherOf(open, both), inWords(open, both)], [[0], "Other", "A, Other"]);
});

test("words that are too short or look otherwise than wanted are kept and explained", () => {
  assert.ok(typed(item("string", { min_length: 5 }), "abc").invalid);
  assert.ok(typed(item("string", { pattern: "[0-9]{5}" }), "1234x").invalid);
  assert.ok(!typed(item("string", { pattern: "[0-9]{5}" }), "12345").invalid);
});
