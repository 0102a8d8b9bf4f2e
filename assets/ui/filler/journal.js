// What is written and not confirmed yet, kept in this browser in case the tab dies.
//
// It is sealed with a key that the server hands to a live session of this very login in this browser, and forgets after
// 72 hours or when the person signs out everywhere: then what lies here can never be read again. Each tab has a place of
// its own and holds a lock on it while it lives, so that only what a dead tab left is taken up by another. Without
// WebCrypto and Web Locks (a page that came over plain http from elsewhere) nothing is kept but in memory.
import { operationId } from "./ledger.js";

const PREFIX = "portico:journal:";
export const WRITE_MS = 300;

const shelfOf = (account, sheet) => `${PREFIX}${account}:${sheet}:`;

export class Journal {
  // `ask` fetches {account, keys: [{id, key}]}, the newest first; `store` is like localStorage.
  constructor(account, sheet, { ask = askForKeys, store = localStorage, ...browser } = {}) {
    const { subtle = globalThis.crypto?.subtle, locks = globalThis.navigator?.locks } = browser;
    const shelf = shelfOf(account, sheet);
    Object.assign(this, { account, shelf, name: shelf + operationId(), ask, store, subtle, locks });
    Object.assign(this, { keys: null, last: "", turn: 0, left: [], letGo: [] });
  }

  // Get the keys. False where there is no keeping; throws when the line is down, and can be tried again.
  async open() {
    if (!this.subtle || !this.locks) return false;
    const told = await this.ask();
    if (told?.account !== this.account) return false;
    const imported = told.keys.map(async ({ id, key }) => [id, await this.import(bytesOf(key))]);
    this.keys = new Map(await Promise.all(imported));
    this.forgetUnreadable();
    return this.claim(this.name);
  }

  import(raw) {
    return this.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  // Hold a place until this journal is closed or the tab is gone. False where another tab holds it.
  claim(name) {
    return new Promise((resolve) => {
      const hold = (lock) => {
        resolve(lock !== null);
        return lock && new Promise((done) => this.letGo.push(done));
      };
      this.locks.request(name, { ifAvailable: true }, hold);
    });
  }

  close() {
    this.letGo.splice(0).forEach((done) => done());
  }

  // What tabs that are gone have left: a list of entries (ledger.js: Ledger.kept), the newest first, empty when there is
  // none that can be read. It stays where it lies until this tab has written down its own.
  async read() {
    const found = [];
    for (const name of namesIn(this.store, this.shelf)) {
      if (name === this.name || !(await this.claim(name))) continue;
      this.left.push(name);
      found.push(await this.unseal(name));
    }
    return found.sort((one, other) => other.at - one.at).flatMap(({ entries }) => entries);
  }

  async unseal(name) {
    try {
      const { key, nonce, sealed } = JSON.parse(this.store.getItem(name));
      const place = { name: "AES-GCM", iv: bytesOf(nonce), additionalData: new TextEncoder().encode(name) };
      const plain = await this.subtle.decrypt(place, this.keys.get(key), bytesOf(sealed));
      return JSON.parse(new TextDecoder().decode(plain));
    } catch {
      this.store.removeItem(name);
      return { at: 0, entries: [] };
    }
  }

  // Keep these entries in place of what was kept before. A later call always wins over an earlier one.
  async write(entries) {
    if (!this.keys) return;
    const text = JSON.stringify(entries);
    if (text === this.last) return;
    this.last = text;
    this.turn += 1;
    const turn = this.turn;
    const sealed = entries.length > 0 && (await this.seal(JSON.stringify({ at: Date.now(), entries })));
    if (turn !== this.turn) return;
    try {
      if (sealed) this.store.setItem(this.name, JSON.stringify(sealed));
      else this.store.removeItem(this.name);
      this.left.splice(0).forEach((name) => this.store.removeItem(name));
    } catch {
      this.last = ""; // the browser's store is full: memory still has it
    }
  }

  async seal(text) {
    const [[key, secret]] = this.keys;
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const place = { name: "AES-GCM", iv: nonce, additionalData: new TextEncoder().encode(this.name) };
    const sealed = await this.subtle.encrypt(place, secret, new TextEncoder().encode(text));
    return { key, nonce: textOf(nonce), sealed: textOf(new Uint8Array(sealed)) };
  }

  // What was sealed for this login with a key that is gone can go too.
  forgetUnreadable() {
    for (const name of namesIn(this.store, `${PREFIX}${this.account}:`)) {
      const [, key] = /"key":"([^"]+)"/.exec(this.store.getItem(name) ?? "") ?? [];
      if (!this.keys.has(key)) this.store.removeItem(name);
    }
  }
}

const namesIn = (store, beginning) =>
  Array.from({ length: store.length }, (_, place) => store.key(place)).filter((name) => name?.startsWith(beginning));

export function forgetJournal(account, sheet, store = localStorage) {
  namesIn(store, shelfOf(account, sheet)).forEach((name) => store.removeItem(name));
}

async function askForKeys() {
  const reply = await fetch("/auth/journal-key", { method: "POST", headers: { Accept: "application/json" } });
  if (reply.status === 401) return null;
  if (!reply.ok) throw new Error("no keys now");
  return reply.json();
}

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const textOf = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
