// What the browser keeps of unconfirmed answers, and who can read it. Run by tests/ui/test_filler.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { forgetJournal, Journal } from "../../../portal/ui/filler/journal.js";

const ACCOUNT = "account-1";
const entries = [{ key: "0|name", revision: 1, operation: null, draft: [{ valueString: "a very private word" }], invalid: "" }];

class Store {
  constructor() {
    this.map = new Map();
  }
  get length() {
    return this.map.size;
  }
  key = (place) => [...this.map.keys()][place] ?? null;
  getItem = (name) => this.map.get(name) ?? null;
  setItem = (name, value) => this.map.set(name, value);
  removeItem = (name) => this.map.delete(name);
}

const secret = (letter) => Buffer.alloc(32, letter).toString("base64");
const keys = (...letters) => ({ account: ACCOUNT, keys: letters.map((letter) => ({ id: `key-${letter}`, key: secret(letter) })) });

async function opened(store, told, sheet = "sheet-1", account = ACCOUNT) {
  const journal = new Journal(account, sheet, { ask: async () => told, store });
  return { journal, works: await journal.open() };
}

test("what is kept is sealed, and read again by the same login with the same key", async () => {
  const store = new Store();
  const { journal } = await opened(store, keys("a"));
  await journal.write(entries);
  assert.equal(store.length, 1);
  assert.ok(!JSON.stringify([...store.map]).includes("private"));
  const later = await opened(store, keys("b", "a"));
  assert.deepEqual(await later.journal.read(), entries);
});

test("without its key it is nothing, and is taken away", async () => {
  const store = new Store();
  await (await opened(store, keys("a"))).journal.write(entries);
  const { journal } = await opened(store, keys("b"));
  assert.deepEqual(await journal.read(), []);
  assert.equal(store.length, 0);
});

test("a journal that was moved to another form does not open", async () => {
  const store = new Store();
  await (await opened(store, keys("a"))).journal.write(entries);
  const [[, value]] = [...store.map];
  store.setItem(`portico:journal:${ACCOUNT}:sheet-2`, value);
  assert.deepEqual(await (await opened(store, keys("a"), "sheet-2")).journal.read(), []);
});

test("another login in this browser gets nothing, and leaves it alone", async () => {
  const store = new Store();
  await (await opened(store, keys("a"))).journal.write(entries);
  const { works } = await opened(store, keys("a"), "sheet-1", "account-2");
  assert.equal(works, false);
  assert.equal(store.length, 1);
});

test("nothing is kept when nothing waits, after it was sent, and without WebCrypto", async () => {
  const store = new Store();
  const { journal } = await opened(store, keys("a"));
  await journal.write(entries);
  await journal.write([]);
  assert.equal(store.length, 0);
  await journal.write(entries);
  forgetJournal(ACCOUNT, "sheet-1", store);
  assert.equal(store.length, 0);
  const plain = new Journal(ACCOUNT, "sheet-1", { ask: async () => keys("a"), store, subtle: null });
  assert.equal(await plain.open(), false);
  await plain.write(entries);
  assert.equal(store.length, 0);
});

test("of two writings the later one stays", async () => {
  const store = new Store();
  const { journal } = await opened(store, keys("a"));
  const later = [{ ...entries[0], draft: [{ valueString: "later" }] }];
  await Promise.all([journal.write(entries), journal.write(later)]);
  assert.deepEqual(await journal.read(), later);
});
