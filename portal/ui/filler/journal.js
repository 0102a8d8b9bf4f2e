// What is written and not confirmed yet, kept in this browser in case the tab dies.
//
// It is sealed with a key that the server hands to a live session of this very login in this browser, and forgets after
// 72 hours or when the person signs out everywhere: then what lies here can never be read again. Without WebCrypto (a
// page that came over plain http from elsewhere) nothing is kept but in memory.

const PREFIX = "portico:journal:";
export const WRITE_MS = 300;

const nameOf = (account, sheet) => `${PREFIX}${account}:${sheet}`;

export class Journal {
  // `ask` fetches {account, keys: [{id, key}]}, the newest first; `store` is like localStorage.
  constructor(account, sheet, { ask = askForKeys, store = localStorage, subtle = globalThis.crypto?.subtle } = {}) {
    Object.assign(this, { account, name: nameOf(account, sheet), ask, store, subtle, keys: null, last: "", turn: 0 });
  }

  // Get the keys. False where there is no keeping; throws when the line is down, and can be tried again.
  async open() {
    if (!this.subtle) return false;
    const told = await this.ask();
    if (told?.account !== this.account) return false;
    const imported = told.keys.map(async ({ id, key }) => [id, await this.import(bytesOf(key))]);
    this.keys = new Map(await Promise.all(imported));
    this.forgetUnreadable();
    return true;
  }

  import(raw) {
    return this.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  // What was kept: a list of entries (ledger.js: Ledger.kept), empty when there is none that can be read.
  async read() {
    try {
      const { key, nonce, sealed } = JSON.parse(this.store.getItem(this.name) ?? "null") ?? {};
      if (!key || !this.keys.has(key)) return [];
      const place = { name: "AES-GCM", iv: bytesOf(nonce), additionalData: new TextEncoder().encode(this.name) };
      const plain = await this.subtle.decrypt(place, this.keys.get(key), bytesOf(sealed));
      return JSON.parse(new TextDecoder().decode(plain));
    } catch {
      this.store.removeItem(this.name);
      return [];
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
    if (entries.length === 0) {
      this.store.removeItem(this.name);
      return;
    }
    const [[key, secret]] = this.keys;
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const place = { name: "AES-GCM", iv: nonce, additionalData: new TextEncoder().encode(this.name) };
    const sealed = await this.subtle.encrypt(place, secret, new TextEncoder().encode(text));
    if (turn !== this.turn) return;
    try {
      this.store.setItem(this.name, JSON.stringify({ key, nonce: textOf(nonce), sealed: textOf(new Uint8Array(sealed)) }));
    } catch {
      this.last = ""; // the browser's store is full: memory still has it
    }
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
  store.removeItem(nameOf(account, sheet));
}

async function askForKeys() {
  const reply = await fetch("/auth/journal-key", { method: "POST", headers: { Accept: "application/json" } });
  if (reply.status === 401) return null;
  if (!reply.ok) throw new Error("no keys now");
  return reply.json();
}

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const textOf = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
