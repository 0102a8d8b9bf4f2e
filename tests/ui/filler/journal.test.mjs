// What the browser keeps of unconfirmed answers, and who can read it. Run by tests/ui/test_filler.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { forgetJournal, Journal } from "../../../assets/ui/filler/journal.js";

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

// Locks as the browser has them: held until the promise of whoever holds it is done, or its tab is gone.
class Locks {
  held = new Set();
  async request(name, { ifAvailable }, callback) {
    assert.ok(ifAvailable);
    if (this.held.has(name)) return callback(null);
    this.held.add(name);
    await callback({ name });
    this.held.delete(name);
  }
  tabDies = (journal) => this.held.delete(journal.name);
}

const locks = new Locks();
const secret = (letter) => Buffer.alloc(32, letter).toString("base64");
const keys = (...letters) => ({ account: ACCOUNT, keys: letters.map((letter) => ({ id: `key-${letter}`, key: secret(letter) })) });

async function opened(store, told, sheet = "sheet-1", account = ACCOUNT) {
  const journal = new Journal(account, sheet, { ask: async () => told, store, locks });
  return { journal, works: await journal.open() };
}

test("what is kept is sealed, and read again by the same login with the same key", async () => {
  const store = new Store();
  const { journal } = await opened(store, keys("a"));
  await journal.write(entries);
  locks.tabDies(journal);
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
  store.setItem(`portico:journal:${ACCOUNT}:sheet-2:tab`, value);
  assert.deepEqual(await (await opened(store, keys("a"), "sheet-2")).journal.read(), []);
});

test("another login in this browser gets nothing, and leaves it alone", async () => {
  const store = new Store();
  await (await opened(store, keys("a"))).journal.write(entries);
  const { works } = await opened(store, keys("a"), "sheet-1", "account-2");
  assert.equal(works, false);
  assert.equal(store.length, 1);
});

test("nothing is kept when nothing waits, after it was sent, and without WebCrypto or locks", async () => {
  const store = new Store();
  const { journal } = await opened(store, keys("a"));
  await journal.write(entries);
  await journal.write([]);
  assert.equal(store.length, 0);
  await journal.write(entries);
  forgetJournal(ACCOUNT, "sheet-1", store);
  assert.equal(store.length, 0);
  for (const missing of [{ subtle: null, locks }, { locks: null }]) {
    const plain = new Journal(ACCOUNT, "sheet-1", { ask: async () => keys("a"), store, ...missing });
    assert.equal(await plain.open(), false);
    await plain.write(entries);
    assert.equal(store.length, 0);
  }
});

test("of two writings the later one stays", async () => {
  const store = new Store();
  const { journal } = await opened(store, keys("a"));
  const later = [{ ...entries[0], draft: [{ valueString: "later" }] }];
  await Promise.all([journal.write(entries), journal.write(later)]);
  locks.tabDies(journal);
  assert.deepEqual(await (await opened(store, keys("a"))).journal.read(), later);
});

test("a tab takes up what a dead tab left, and leaves alone what a living one keeps", async () => {
  const store = new Store();
  const { journal } = await opened(store, keys("a"));
  await journal.write(entries);
  const other = await opened(store, keys("a"));
  assert.deepEqual(await other.journal.read(), []);
  await other.journal.write([]);
  assert.equal(store.length, 1);
  locks.tabDies(journal);
  const third = await opened(store, keys("a"));
  assert.deepEqual(await third.journal.read(), entries);
  assert.deepEqual(await other.journal.read(), []);
});

test("what was taken up stays where it lay until the new tab has written down its own", async () => {
  const store = new Store();
  const { journal } = await opened(store, keys("a"));
  await journal.write(entries);
  journal.close();
  await null;
  await (await opened(store, keys("a"))).journal.read();
  assert.deepEqual([...store.map.keys()], [journal.name]);
  locks.tabDies(journal);
  const later = (await opened(store, keys("a"))).journal;
  await later.write(await later.read());
  assert.deepEqual([...store.map.keys()], [later.name]);
});

test("of what two dead tabs left the newest comes first", async () => {
  const store = new Store();
  for (const word of ["first", "second"]) {
    const { journal } = await opened(store, keys("a"));
    await journal.write([{ ...entries[0], draft: [{ valueString: word }] }]);
    journal.close();
    await new Promise((go) => setTimeout(go, 5));
  }
  const found = await (await opened(store, keys("a"))).journal.read();
  assert.deepEqual(found.map(({ draft }) => draft[0].valueString), ["second", "first"]);
});
