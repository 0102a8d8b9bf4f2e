// Groups that repeat, as the filler walks over them. Run by tests/ui/test_filler.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathIn, readShape } from "../../../assets/ui/filler/shape.js";

const question = (path, more = {}) => ({ path, kind: "string", text: path, items: [], ...more });
const inner = { path: "inner", kind: "group", text: "", repeats: true, items: [question("deep")] };
const group = { path: "group", kind: "group", text: "Medicine", repeats: true, items: [question("name"), question("dose", { conditional: true }), inner] };
const sheet = { title: "Form", pages: [{ path: "", index: 0, title: "", items: [question("first"), group] }], answers: [], hidden: [], fixed: {} };

const shapeWith = (lists) => readShape(sheet, (path) => lists[path] ?? [0]);

test("the paths are the server's", () => {
  assert.deepEqual(
    [[], [0], [7], [0, 3], [3, 0]].map((numbers) => pathIn("x", numbers)),
    ["x", "x", "x#7", "x#0.3", "x#3.0"],
  );
});

test("every instance has its questions, and knows the lists that it is in", () => {
  const shape = shapeWith({ group: [0, 7], "inner#7": [0, 2] });
  assert.deepEqual(
    shape.pages[0].questions.map((item) => item.path),
    ["first", "name", "dose", "deep", "name#7", "dose#7", "deep#7.0", "deep#7.2"],
  );
  assert.deepEqual(shape.owners("deep#7.2"), ["group", "inner#7"]);
  assert.deepEqual(shape.owners("group"), []);
  assert.deepEqual(shape.owners("inner#7"), ["group"]);
  assert.deepEqual(shape.above("name#7"), ["group#7", "name#7"]);
  assert.equal(shape.above("name#9"), null);
});

test("what depends on answers is hidden in a new instance until the server has spoken", () => {
  const repeat = shapeWith({}).pages[0].items[1];
  assert.deepEqual(repeat.patterns(9), ["dose#9"]);
});
