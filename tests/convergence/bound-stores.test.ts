import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { boardRules } from '../../server/sync/board-rules.ts';
import { touchedRecords } from '../../server/sync/gate/touched-records.ts';
import { isBoardRecord } from '../../src/board/binding/board-store.ts';
import { applyChanges, newDocument, readRecords } from '../../src/board/document.ts';
import { repair } from '../../src/board/repair/repair.ts';
import { isObjective, type BoardRecord } from '../../src/board/schema/records.ts';
import type { ObjectiveShape } from '../../src/board/schema/shapes.ts';
import { seedRecords } from '../../src/board/seed.ts';

import { board, drawStoreFrames, exchange, Peer } from '../support/board-peer.ts';
import { area, dependency, measure, objective } from '../support/board-records.ts';

const cards = ['c0', 'c1', 'c2'];
const areas = ['a0', 'a1'];

const start = (): BoardRecord[] => [
  ...seedRecords(),
  area('a0'),
  { ...area('a1'), index: 'a2' as ObjectiveShape['index'] },
  ...cards.map((id, i) =>
    objective(id, { title: `title of ${id}` }, { parentId: 'shape:a0', index: `a${i + 1}` }),
  ),
];

/** Updates on their way: each may come late, twice, in any order, or not before the people meet again. */
class LossyLinks {
  private readonly waiting: { to: Peer; update: Uint8Array }[] = [];
  delivered = 0;

  constructor(peers: readonly Peer[]) {
    for (const from of peers) {
      from.doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin === 'net') return;
        for (const to of peers) if (to !== from) this.waiting.push({ to, update });
      });
    }
  }

  deliver(pick: number, twice: boolean): void {
    const index = pick % Math.max(1, this.waiting.length);
    const [message] = twice ? this.waiting.slice(index, index + 1) : this.waiting.splice(index, 1);
    if (!message) return;
    this.delivered += 1;
    Y.applyUpdate(message.to.doc, message.update, 'net');
  }
}

/** The server's document: gets everyone's updates in their order and judges what each one touched, as a gatekeeper. */
class Gate {
  readonly doc: Y.Doc;
  readonly invalid: string[] = [];
  judged = 0;

  constructor(doc: Y.Doc, peers: readonly Peer[]) {
    this.doc = newDocument();
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(doc));
    this.doc.on('afterTransaction', (transaction: Y.Transaction) => {
      const touched = touchedRecords(this.doc, transaction, boardRules.roots);
      if (touched.elsewhere || touched.tooDeep) this.invalid.push('outside of the records');
      for (const id of touched.changed) {
        this.judged += 1;
        const refused = boardRules.validate(this.doc, 'records', id);
        if (refused) this.invalid.push(`${id}: ${refused.detail}`);
      }
    });
    for (const peer of peers) {
      peer.doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== 'net') Y.applyUpdate(this.doc, update);
      });
    }
  }
}

const pick = fc.nat({ max: 1_000 });
const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('deliver'), at: pick, twice: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('frame'), peer: pick }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        ...([
          'type',
          'type',
          'cut',
          'move',
          'reparent',
          'nest',
          'owner',
          'measure',
          'unmeasure',
          'tick',
        ] as const),
        ...(['add', 'remove', 'link', 'undo', 'redo', 'paste'] as const),
      ),
      peer: pick,
      card: pick,
      at: pick,
    }),
  },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function perform(peers: readonly Peer[], links: LossyLinks, it: Act, serial: number): void {
  if (it.kind === 'deliver' && 'twice' in it) {
    links.deliver(it.at, it.twice);
    return;
  }
  if (!('peer' in it)) return;
  const peer = peers[it.peer % peers.length];
  if (!peer) return;
  if (it.kind === 'frame') {
    drawStoreFrames();
    peer.schedule.pass(17);
    peer.schedule.drawFrame();
  } else if ('card' in it) edit(peer, it, serial);
}

function edit(peer: Peer, { kind, card, at }: Extract<Act, { card: number }>, serial: number): void {
  const all = peer.store.allRecords().filter((record) => isBoardRecord(record)) as BoardRecord[];
  const held = all.filter(isObjective).sort((a, b) => (a.id < b.id ? -1 : 1));
  const it = held[card % Math.max(1, held.length)];
  if (kind === 'undo') peer.binding.undo();
  else if (kind === 'redo') peer.binding.redo();
  else if (kind === 'add') peer.put(objective(`new${serial}`, { title: 'new' }, { parentId: 'shape:a1' }));
  else if (it) editCard(peer, it, held, kind, at, serial);
}

function editCard(
  peer: Peer,
  it: ObjectiveShape,
  held: readonly ObjectiveShape[],
  kind: string,
  at: number,
  serial: number,
): void {
  const { title, measures } = it.props;
  const place = at % (title.length + 1);
  switch (kind) {
    case 'type':
      return peer.change(it.id, { title: `${title.slice(0, place)}<${serial}>${title.slice(place)}` });
    case 'cut':
      return peer.change(it.id, { title: title.slice(0, place) + title.slice(place + 3) });
    case 'move':
      return peer.move(it.id, at, serial);
    case 'reparent':
      return peer.put({ ...it, parentId: `shape:${areas[at % 2] ?? ''}` as ObjectiveShape['parentId'] });
    case 'nest': {
      const [inner, outer] = at % 2 === 0 ? ['a0', 'a1'] : ['a1', 'a0'];
      const shape = peer.get<ObjectiveShape>(`shape:${inner}`);
      if (shape && peer.get<ObjectiveShape>(`shape:${outer}`)?.parentId === 'page:page') {
        peer.put({ ...shape, parentId: `shape:${outer}` as ObjectiveShape['parentId'] });
      }
      return;
    }
    case 'owner':
      return peer.change(it.id, { owner: `person${at % 5}`, weight: 1 + (at % 10) });
    case 'measure':
      return peer.change(it.id, { measures: [...measures, measure(`m${serial}`, { order: `a${serial}V` })] });
    case 'unmeasure':
      return peer.change(it.id, { measures: measures.slice(1) });
    case 'tick':
      return peer.change(it.id, {
        measures: measures.map((m, i) => (i === 0 ? { ...m, done: !m.done } : m)),
      });
    case 'remove':
      return peer.remove(it.id);
    case 'paste':
      return peer.put({ ...it, id: `shape:copy${serial}` as ObjectiveShape['id'] });
    case 'link': {
      const to = held[(at + 1) % held.length];
      if (!to || to.id === it.id) return;
      return peer.put(...dependency(`arrow${serial}`, it.id.slice(6), to.id.slice(6)));
    }
  }
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function seededRandom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** What a board must hold after everyone met and the server repaired it. */
function expectWhole(peers: readonly Peer[]): void {
  const contents = peers.map((peer) => readRecords(peer.doc));
  for (const [i, peer] of peers.entries()) {
    const { records, hidden } = contents[i] ?? { records: [], hidden: [] };
    expect(hidden).toEqual([]);
    expect(records).toEqual(contents[0]?.records);
    expect(peer.doc.store.pendingStructs).toBeNull();
    const shown = peer.store.allRecords().filter((record) => isBoardRecord(record));
    expect(shown.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(records);
    expect(peer.refused).toEqual([]);
  }
  expect(repair(contents[0]?.records ?? [])).toEqual({ put: [], remove: [] });
  const keys = (contents[0]?.records ?? []).filter(isObjective).map((card) => card.meta.key);
  expect(new Set(keys).size).toBe(keys.length);
}

describe('several people, bad lines', () => {
  const seed = Number(process.env.BOARD_FUZZ_SEED ?? 20251122);
  const numRuns = Number(process.env.BOARD_FUZZ_RUNS ?? 60);

  test(`[BD11] [BD12] three stores end equal and whole after any edits over lossy links (seed ${seed})`, () => {
    let edits = 0;
    let judged = 0;
    let runs = 0;
    fc.assert(
      fc.property(fc.array(act, { minLength: 20, maxLength: 120 }), (acts) => {
        const doc = board(start());
        const peers = [1, 2, 3].map((n) => new Peer(doc, { random: seededRandom(n) }));
        const links = new LossyLinks(peers);
        const gate = new Gate(doc, peers);
        acts.forEach((it, serial) => perform(peers, links, it, serial));
        edits += links.delivered;
        exchange(...peers);
        applyChanges(gate.doc, repair(readRecords(gate.doc).records), 'server');
        for (const peer of peers) {
          Y.applyUpdate(peer.doc, Y.encodeStateAsUpdate(gate.doc, Y.encodeStateVector(peer.doc)), 'net');
        }
        exchange(...peers);
        expectWhole(peers);
        expect(gate.invalid).toEqual([]);
        judged += gate.judged;
        runs += 1;
        for (const peer of peers) peer.binding.dispose();
      }),
      // A failure found late must still be told in time: shrinking a long run takes minutes.
      { seed, numRuns, interruptAfterTimeLimit: 90_000 },
    );
    // The fuzz did work: messages really went between them.
    expect(edits).toBeGreaterThan(runs * 5);
    expect(judged).toBeGreaterThan(runs * 5);
    expect(runs).toBeGreaterThan(0);
  }, 120_000);
});
