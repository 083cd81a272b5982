import * as Y from 'yjs';
import { PLACE, type Place } from '#board/flat-keys.ts';
import { contentHash } from '#protocol/content-hash.ts';
import { Spread } from './spread.ts';

/** One distinct piece of document that a server sent, decoded once for all who got the same bytes. */
interface Seen {
  readonly id: number;
  readonly update: Uint8Array;
  /** Whose edits it holds, and up to which clock. */
  readonly reaches: readonly { readonly author: number; readonly to: number }[];
}

/** Somebody's own edits: what was made, when, and at which clock each ends. */
export interface Author {
  readonly doc: Y.Doc;
  readonly updates: Uint8Array[];
  readonly madeAt: number[];
  readonly ends: number[];
}

/** Everybody in a room: who made what when, and what of it was delivered to whom. */
export class Crowd {
  readonly authors: Author[] = [];
  readonly #byClient = new Map<number, number>();
  readonly #seen = new Map<string, Seen>();
  readonly #all: Seen[] = [];
  /** Only edits made in this time count. */
  from = Infinity;
  until = Infinity;
  readonly latency = new Spread();
  delivered = 0;

  add(client: number, seed: Uint8Array): number {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, seed);
    doc.clientID = client;
    const author: Author = { doc, updates: [], madeAt: [], ends: [] };
    doc.on('update', (update: Uint8Array) => author.updates.push(update));
    const at = this.authors.push(author) - 1;
    this.#byClient.set(client, at);
    return at;
  }

  /** Drags the author's card a little; the update and its number from 1. */
  edit(at: number, now: number): { n: number; update: Uint8Array } {
    const author = this.#author(at);
    const { doc } = author;
    const records = doc.getMap<Y.Map<unknown>>('records');
    const card = records.get(cardOf(at));
    if (!card) throw new Error('the board has fewer cards than people');
    const place = card.get(PLACE) as Place;
    const far = (): number => Math.round(Math.random() * 40_000) / 10;
    card.set(PLACE, { ...place, x: far(), y: far() });
    const update = author.updates.at(-1);
    if (!update) throw new Error('an edit that changes nothing');
    author.ends.push(Y.getState(doc.store, doc.clientID));
    author.madeAt.push(now);
    return { n: author.ends.length, update };
  }

  #author(at: number): Author {
    const author = this.authors[at];
    if (!author) throw new Error('nobody');
    return author;
  }

  /** What these bytes hold. The bytes may be a view that is overwritten later. */
  see(update: Uint8Array): Seen {
    const bytes = Buffer.from(update.buffer, update.byteOffset, update.byteLength);
    const key = bytes.toString('latin1');
    const known = this.#seen.get(key);
    if (known) return known;
    const kept = new Uint8Array(bytes);
    const reaches: { author: number; to: number }[] = [];
    for (const [client, to] of Y.parseUpdateMeta(kept).to) {
      const author = this.#byClient.get(client);
      if (author !== undefined) reaches.push({ author, to });
    }
    const seen = { id: this.#all.length, update: kept, reaches };
    this.#seen.set(key, seen);
    this.#all.push(seen);
    return seen;
  }

  /** `have[a]`: how many edits of author a this reader has; raised by what the update brings. */
  deliver(seen: Seen, have: Uint32Array, reader: number, now: number): void {
    for (const { author, to } of seen.reaches) {
      if (author === reader) continue;
      const { ends, madeAt } = this.#author(author);
      let at = have[author] ?? 0;
      for (; at < ends.length && (ends[at] ?? Infinity) <= to; at++) this.#count(madeAt[at] ?? 0, now);
      have[author] = at;
    }
  }

  #count(madeAt: number, now: number): void {
    if (madeAt < this.from || madeAt >= this.until) return;
    this.delivered += 1;
    this.latency.add(now - madeAt);
  }

  /** Edits made in the time that counts. */
  get made(): number {
    return this.authors.reduce((sum, { madeAt }) => sum + madeAt.filter((at) => this.#counts(at)).length, 0);
  }

  #counts(at: number): boolean {
    return at >= this.from && at < this.until;
  }

  /** What is still owed to this reader counts as delivered no earlier than now, but not as delivered. */
  owe(have: Uint32Array, reader: number, now: number): number {
    let owed = 0;
    this.authors.forEach(({ madeAt }, author) => {
      if (author === reader) return;
      for (const at of madeAt.slice(have[author] ?? 0)) {
        if (!this.#counts(at)) continue;
        owed += 1;
        this.latency.add(now - at);
      }
    });
    return owed;
  }

  hasAll(have: Uint32Array, reader: number): boolean {
    return this.authors.every(({ ends }, author) => author === reader || (have[author] ?? 0) >= ends.length);
  }

  /** The document somebody has who got these pieces and made these edits: a hash of all its content. */
  hashOf(ids: readonly number[], own: readonly Uint8Array[]): string {
    const doc = new Y.Doc();
    doc.transact(() => {
      for (const id of new Set(ids)) Y.applyUpdate(doc, this.#all[id]?.update ?? new Uint8Array([0, 0]));
      for (const update of own) Y.applyUpdate(doc, update);
    });
    return hashDocument(doc);
  }

  /** What everybody should have in the end. */
  expectedHash(seed: Uint8Array): string {
    const doc = new Y.Doc();
    doc.transact(() => {
      Y.applyUpdate(doc, seed);
      for (const { updates } of this.authors) for (const update of updates) Y.applyUpdate(doc, update);
    });
    return hashDocument(doc);
  }
}

export const cardOf = (at: number): string => `shape:card${at}`;

export const hashDocument = (doc: Y.Doc): string =>
  contentHash({ records: doc.getMap('records').toJSON() }) +
  (doc.store.pendingStructs === null && doc.store.pendingDs === null ? '' : ' with a gap');
