import * as Y from 'yjs';
import {
  applyChanges,
  changeRecord,
  createBoard,
  recordsOf,
  readRecord,
  textOf,
  writeRecord,
} from '#board/document.ts';
import { newArea, newObjective } from '#board/new-shapes.ts';
import { newArrow } from '#board/new-arrow.ts';
import { isObjective, type BoardRecord } from '#board/schema/records.ts';
import { seedRecords } from '#board/seed.ts';
import { boardRules } from '#server/sync/board-rules.ts';
import { WorkingDocument } from '#server/sync/document.ts';
import type { Member } from '#server/sync/hooks.ts';
import { openGuard, type BoardGuard } from '#domain/access/guard.ts';
import { seeded } from '../convergence/simulator/sim-world.ts';

/** What came of honest edits at the gate. */
export interface GateRun {
  readonly edits: number;
  readonly refused: readonly string[];
  /** Microseconds of checking, applying and judging, one an edit, sorted. */
  readonly micros: readonly number[];
  /** Microseconds of putting right what several made together, where there was something; sorted. */
  readonly repairs: readonly number[];
  readonly records: number;
}

const areas = 6;

/**
 * People edit one board with the real verbs, each on a document that is up to `lag` edits behind the others: drags, words,
 * facts, new cards, arrows, deletions, undo of deletions. Every edit goes through the server's own document and rules.
 */
export function honestEdits(at: { edits: number; cards: number; people: number; seed: number }): GateRun {
  const random = seeded(at.seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const seed = new Y.Doc();
  createBoard(seed, [
    ...seedRecords(),
    ...Array.from({ length: areas }, (_, i) =>
      newArea({ id: `a${i}`, x: i * 3_000, y: 0, props: { title: `Team ${i}`, team: `team-${i}` } }),
    ),
    ...Array.from({ length: at.cards }, (_, i) => cardAt(`c${i}`, i % areas, random)),
  ] as BoardRecord[]);
  const whole = Y.encodeStateAsUpdate(seed);
  const server = new WorkingDocument([whole], boardRules, 4_294_967_000);
  const log: Uint8Array[] = [];
  const people = Array.from({ length: at.people }, (_, i) => {
    const doc = new Y.Doc();
    doc.clientID = 1_000 + i;
    Y.applyUpdate(doc, whole);
    return { doc, member: memberOf(i), seen: 0, gone: [] as BoardRecord[] };
  });
  // One area with a level, and a lock nobody here touches: rights are judged for every edit.
  const guard: BoardGuard = {
    ...openGuard,
    areas: { 'shape:a0': { level: 'team', by: 'somebody', at: 0 } },
    locks: { 'shape:none': { kind: 'facilitator', by: 'somebody', at: 0 } },
  };
  const facts = { guard, holderOf: (client: number) => `p${client - 1_000}` };
  const refused: string[] = [];
  const micros: number[] = [];
  const repairs: number[] = [];
  const arrows: { from: string; to: string; ids: string[] }[] = [];
  let made = at.cards;
  for (let edit = 0; micros.length < at.edits; edit++) {
    const who = pick(people);
    // Whoever was away for a moment catches up with part of what others did.
    if (random() < 0.5 || log.length - who.seen > 40) {
      const upTo = who.seen + Math.ceil(random() * (log.length - who.seen));
      for (; who.seen < upTo; who.seen++)
        Y.applyUpdate(who.doc, log[who.seen] ?? new Uint8Array([0, 0]), 'server');
    }
    const parts: Uint8Array[] = [];
    const take = (bytes: Uint8Array, origin: unknown): void => {
      if (origin !== 'server') parts.push(bytes);
    };
    who.doc.on('update', take);
    who.doc.transact(() => change(who));
    who.doc.off('update', take);
    if (parts.length === 0) continue;
    const bytes = parts.length === 1 && parts[0] ? parts[0] : Y.mergeUpdates(parts);
    const begun = performance.now();
    const verdict = server.take(bytes, who.member, () => null, facts);
    micros.push((performance.now() - begun) * 1_000);
    const judged = performance.now();
    const repair = verdict.kind === 'accepted' ? server.repair(verdict.touched) : null;
    if (repair) repairs.push((performance.now() - judged) * 1_000);
    if (verdict.kind === 'refused') {
      refused.push(`edit ${edit} of seed ${at.seed}: ${verdict.reason}, ${verdict.detail}`);
      break;
    }
    log.push(bytes);
    if (repair) log.push(repair);
  }
  return {
    edits: micros.length,
    refused,
    micros: micros.sort((a, b) => a - b),
    repairs: repairs.sort((a, b) => a - b),
    records: server.recordCount,
  };

  function change({ doc, gone }: (typeof people)[number]): void {
    const ids = pickIds(doc);
    const id = pick(ids);
    const dice = random();
    if (id === undefined || dice < 0.06) {
      writeRecord(doc, cardAt(`c${made++}`, Math.floor(random() * areas), random));
    } else if (dice < 0.6) {
      const [x, y] = [random() * 2_000, random() * 2_000];
      changeRecord(doc, id, (it) => ({ ...it, x, y }) as BoardRecord);
    } else if (dice < 0.75) {
      const text = textOf(doc, id, 'title');
      text?.insert(Math.floor(random() * (text.length + 1)), pick(['a', 'be', ' word', '…']));
    } else if (dice < 0.85) {
      const due = `2027-0${1 + Math.floor(random() * 9)}-15`;
      changeRecord(doc, id, (it) => (isObjective(it) ? { ...it, props: { ...it.props, due } } : it));
    } else if (dice < 0.91) {
      const parentId = `shape:a${Math.floor(random() * areas)}`;
      changeRecord(doc, id, (it) => ({ ...it, parentId }) as BoardRecord);
    } else if (dice < 0.94) {
      const [from, to] = [id, pick(ids)];
      const key = `d${made++}`;
      if (to === undefined || to === from) return;
      const put = newArrow({ id: key, from, to, facts: { key, what: key } });
      arrows.push({ from, to, ids: put.map((it) => it.id) });
      applyChanges(doc, { put, remove: [] });
    } else if (dice < 0.98 || gone.length === 0) {
      const read = readRecord(doc, id);
      if (read.ok) gone.push(read.value);
      // As the canvas does: the arrows of a card go with it, as far as this person sees them.
      const held = arrows.filter((it) => it.from === id || it.to === id).flatMap((it) => it.ids);
      applyChanges(doc, { put: [], remove: [id, ...held] });
    } else {
      const back = gone.pop();
      if (back) writeRecord(doc, back);
    }
  }

  /** A few cards this person sees; looking through thousands for every edit would be what is measured. */
  function pickIds(doc: Y.Doc): string[] {
    const records = recordsOf(doc);
    const found: string[] = [];
    for (let tries = 0; tries < 12 && found.length < 3; tries++) {
      const id = `shape:c${Math.floor(random() * made)}`;
      if (records.has(id)) found.push(id);
    }
    return found;
  }
}

const cardAt = (key: string, area: number, random: () => number) =>
  newObjective({
    ...{ id: key, key, parentId: `shape:a${area}`, x: random() * 2_000, y: random() * 2_000 },
    index: `a${1 + Math.floor(random() * 8)}${Math.floor(random() * 1e9)
      .toString(36)
      .replace(/0+$/, '')}V`,
    props: { title: `Card ${key}` },
  });

const memberOf = (i: number): Member => ({
  ...{ person: `p${i}`, account: `p${i}`, name: `P${i}`, colour: 0, signIn: null },
  right: 'write',
  roleVersion: 1,
  teams: Array.from({ length: areas }, (_, team) => `team-${team}`),
});

export const percentile = (sorted: readonly number[], p: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0;
