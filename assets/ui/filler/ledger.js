// What the person has written, what the server has, and what is on its way between the two.
//
// Nothing here knows React or the socket. Each answer has at most one operation on its way; it keeps its id and is sent
// again until the server acknowledges it, so that a lost message costs nothing and a repeated one changes nothing.
// An answer's key is its path and its place in a repetition; a value is a list of FHIR answer values, [] for none.

export const SETTLE_MS = 700; // typing has stopped
export const PATIENCE_MS = 2500; // no reply: say that it is not saved yet
export const RESEND_MS = 4000; // still none: send again
const IN_FLIGHT = 4; // a long queue after a tunnel must stay below the server's limit of events
const PER_SECOND = 8;
const LONG_AGO = -Infinity;

export const keyOf = (path, instance = 0) => `${instance}|${path}`;
const partsOf = (key) => [Number(key.slice(0, key.indexOf("|"))), key.slice(key.indexOf("|") + 1)];

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export class Ledger {
  // The clock counts from anywhere, but never jumps, whatever somebody does to the phone's.
  constructor({ now = () => performance.now(), newId = operationId } = {}) {
    Object.assign(this, { now, newId, sentAt: [], entries: new Map(), hidden: new Set() });
    Object.assign(this, { above: (path) => [path], owners: () => [], isList: () => false });
    Object.assign(this, { savedAt: "", version: 0, listeners: new Set() });
  }

  subscribe = (listener) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  changed() {
    this.version += 1;
    this.listeners.forEach((listener) => listener());
  }

  entry(key) {
    if (!this.entries.has(key)) {
      this.entries.set(key, { saved: [], revision: 0, operation: null, conflict: null, refusal: "", invalid: "" });
    }
    return this.entries.get(key);
  }

  // What the field shows: the person's own words come first.
  value(key) {
    const entry = this.entries.get(key);
    return entry ? (entry.draft ?? entry.operation?.value ?? entry.saved) : [];
  }

  // Take the server's answers. Where the person has written something that is not confirmed, their words and the
  // revision they started from stay as they are, so that the server can tell a conflict from an ordinary change.
  // `hidden` are the paths that do not apply now.
  adopt({ answers, hidden }) {
    const known = new Set();
    this.hidden = new Set(hidden);
    for (const { key, value, revision } of answers) {
      known.add(key);
      const entry = this.entry(key);
      if (this.isClean(entry) && revision >= entry.revision) Object.assign(entry, { saved: value, revision });
    }
    for (const [key, entry] of this.entries) {
      if (!known.has(key) && this.isClean(entry)) this.entries.delete(key);
      if (entry.operation) entry.operation.sentAt = LONG_AGO; // the connection is new: send at once
    }
    this.changed();
  }

  isClean(entry) {
    return entry.draft === undefined && !entry.operation && !entry.conflict;
  }

  // What is written but not confirmed. Words in a question that does not apply any more wait in case it comes back.
  open() {
    return [...this.entries].filter(([key, entry]) => !this.isClean(entry) && !this.isHidden(partsOf(key)[1]));
  }

  // `invalid` is the sentence for words that cannot be an answer yet ("12 o'clock" for a number): kept, never sent.
  isHidden(path) {
    return this.above(path)?.some((each) => this.hidden.has(each)) ?? true;
  }

  // How the form stands now: `above(path)` gives a path's own and those it stands under, null where there is no such
  // path any more; `owners(path)` the lists of instances that it is in; `isList(path)` says whether it keeps one.
  stand({ above, owners, isList }) {
    Object.assign(this, { above, owners, isList });
  }

  // The instances of a group that is repeated; the first alone while nobody said otherwise.
  numbers(path) {
    const entry = this.entries.get(keyOf(path));
    const isKnown = entry && (entry.revision > 0 || entry.draft !== undefined || entry.operation);
    return isKnown ? this.value(keyOf(path)).map((value) => value.valueInteger) : [0];
  }

  // Nothing of a new instance is sent before the server knows that there is one.
  awaitsInstance(path) {
    return this.owners(path).some((owner) => {
      const entry = this.entries.get(keyOf(owner));
      return entry && !this.isClean(entry);
    });
  }

  hide(paths) {
    paths.forEach((path) => this.hidden.add(path));
  }

  write(key, value, { settled = false, invalid = "" } = {}) {
    const entry = this.entry(key);
    Object.assign(entry, { refusal: "", invalid });
    entry.changedAt = settled ? LONG_AGO : this.now();
    entry.draft = value;
    const base = entry.operation ? entry.operation.value : entry.saved;
    if (!entry.conflict && same(value, base)) entry.draft = undefined;
    this.changed();
  }

  // The field was left: what it holds need not wait any longer.
  settle(key) {
    const entry = this.entries.get(key);
    if (entry?.draft === undefined || entry.changedAt === LONG_AGO) return;
    entry.changedAt = LONG_AGO;
    this.changed();
  }

  // The sentence beside the field: what is wrong with what was written there, once the person has stopped writing.
  problem(key) {
    const entry = this.entries.get(key);
    if (!entry) return "";
    return entry.refusal || (entry.changedAt === LONG_AGO ? entry.invalid : "");
  }

  settleAll() {
    for (const key of this.entries.keys()) this.settle(key);
  }

  // The operations to send now, oldest first.
  due() {
    const now = this.now();
    const all = this.open();
    const waiting = ([, entry]) => entry.operation && now - entry.operation.sentAt < RESEND_MS;
    this.sentAt = this.sentAt.filter((moment) => now - moment < 1000);
    let free = Math.min(IN_FLIGHT - all.filter(waiting).length, PER_SECOND - this.sentAt.length);
    const operations = [];
    for (const [key, entry] of all) {
      if (free <= 0) break;
      if (this.awaitsInstance(partsOf(key)[1])) continue;
      if (entry.operation ? waiting([key, entry]) : !this.begin(entry, now)) continue;
      entry.operation.sentAt = now;
      this.sentAt.push(now);
      operations.push(asSent(key, entry.operation));
      free -= 1;
    }
    return operations;
  }

  begin(entry, now) {
    if (entry.draft === undefined || entry.conflict || entry.refusal || entry.invalid) return false;
    if (now - entry.changedAt < SETTLE_MS) return false;
    entry.operation = { id: this.newId(), base: entry.revision, value: entry.draft, madeAt: now, sentAt: LONG_AGO };
    entry.draft = undefined;
    return true;
  }

  // The server's replies (portal/intake/views.py: Saved, AnswerConflict; or a refusal with its sentence). Those to
  // operations that are long settled are passed over.
  acknowledge(replies) {
    let any = false;
    for (const reply of replies) {
      const found = [...this.entries].find(([, entry]) => entry.operation?.id === reply.operation_id);
      if (!found) continue;
      any = true;
      this.conclude(found[1], reply, partsOf(found[0])[1]);
    }
    if (any) this.changed();
    return any;
  }

  conclude(entry, reply, path) {
    const sent = entry.operation.value;
    entry.operation = null;
    if (reply.outcome === "saved") {
      Object.assign(entry, { saved: sent, revision: reply.revision });
      if (reply.saved_at > this.savedAt) this.savedAt = reply.saved_at;
      reply.shown.forEach((path) => this.hidden.delete(path));
      reply.hidden.forEach((path) => this.hidden.add(path));
      return;
    }
    entry.draft ??= sent;
    if (reply.outcome === "conflict" && this.isList(path)) {
      const before = entry.revision > 0 ? entry.saved : [{ valueInteger: 0 }];
      entry.draft = merged(before, entry.draft, reply.theirs);
      Object.assign(entry, { saved: reply.theirs, revision: reply.revision, changedAt: LONG_AGO });
      if (same(entry.draft, reply.theirs)) entry.draft = undefined;
      return;
    }
    if (reply.outcome === "conflict") {
      const conflict = { ...reply, base: entry.revision };
      Object.assign(entry, { saved: reply.theirs, revision: reply.revision, conflict });
      if (same(entry.draft, reply.theirs)) this.take(entry);
      return;
    }
    Object.assign(entry, { refusal: reply.sentence, isShut: reply.outcome === "shut" });
  }

  take(entry) {
    Object.assign(entry, { conflict: null, draft: undefined });
  }

  keepMine(key) {
    const entry = this.entry(key);
    Object.assign(entry, { conflict: null, changedAt: LONG_AGO });
    this.changed();
  }

  keepTheirs(key) {
    this.take(this.entry(key));
    this.changed();
  }

  // The sheet was signed and sent by somebody else while something was written here.
  isShut() {
    return [...this.entries.values()].some((entry) => entry.isShut);
  }

  // Let go of everything that is not confirmed.
  giveUp() {
    for (const entry of this.entries.values()) {
      Object.assign(entry, { draft: undefined, operation: null, conflict: null, refusal: "", invalid: "", isShut: false });
    }
    this.changed();
  }

  hasAnswers() {
    return [...this.entries.values()].some((entry) => entry.saved.length > 0);
  }

  // What is not confirmed yet, for whoever keeps a journal of it.
  unsaved() {
    return this.open().map(([key]) => key);
  }

  // The same in full, for the journal: what was written, on what it was based, and the operation that is on its way.
  // A conflict that nobody has settled keeps its old base: the server will find it again.
  kept() {
    return this.open().map(([key, { revision, operation, conflict, draft, invalid }]) => ({
      key,
      revision: conflict?.base ?? revision,
      operation: operation && { id: operation.id, base: operation.base, value: operation.value },
      draft,
      invalid,
    }));
  }

  // Take back what a journal kept, but for what was written anew meanwhile. Returns how many answers came back.
  restore(entries) {
    let count = 0;
    for (const { key, revision, operation, draft, invalid } of entries) {
      const entry = this.entry(key);
      if (!this.isClean(entry) || (!operation && same(draft, entry.saved))) continue;
      const again = operation && { ...operation, madeAt: this.now(), sentAt: LONG_AGO };
      Object.assign(entry, { revision, operation: again ?? null, draft, invalid: invalid ?? "", changedAt: LONG_AGO });
      count += 1;
    }
    if (count > 0) this.changed();
    return count;
  }

  // One word for where things stand: conflict, refused, waiting (no reply for long), saving, saved, or idle.
  state() {
    const now = this.now();
    const entries = this.open().map(([, entry]) => entry);
    if (entries.some((entry) => entry.conflict)) return "conflict";
    if (entries.some((entry) => entry.refusal || (entry.invalid && entry.changedAt === LONG_AGO))) return "refused";
    if (entries.some((entry) => entry.operation && now - entry.operation.madeAt >= PATIENCE_MS)) return "waiting";
    if (entries.length > 0) return "saving";
    return this.savedAt ? "saved" : "idle";
  }
}

// Two people added or removed instances at once: what either added is there, what either removed is not.
function merged(before, mine, theirs) {
  const has = (list, value) => list.some((each) => each.valueInteger === value.valueInteger);
  const kept = theirs.filter((value) => has(mine, value) || !has(before, value));
  return [...kept, ...mine.filter((value) => !has(before, value) && !has(theirs, value))];
}

const asSent = (key, { id, base, value }) => {
  const [instance, path] = partsOf(key);
  const given = value.filter((each) => each.typed === undefined); // of several answers, those that are one
  return { operation_id: id, path, instance, base_revision: base, value: given };
};

// A random UUID also where the page is not served over TLS (crypto.randomUUID is missing there).
export function operationId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
