import { randomBytes } from 'node:crypto';
import * as encoding from 'lib0/encoding';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeEdit, encodeFragment, encodeOpenOutbox } from '#protocol/messages.ts';
import { cardsOf, putCard } from './support/card-rules.ts';
import { MemoryJournal } from './support/memory-journal.ts';
import { RawClient } from './support/raw-client.ts';
import { person, shows, startHost, type SyncHost } from './support/sync-host.ts';

/** Every attack of trust.md section Y, by a hand-made client, against a real server on a real socket. */
const board = 'b1';
const cast = { ana: person('ana'), mal: person('mal'), olga: person('olga', 'read') };
let journal: MemoryJournal;
let host: SyncHost;
let ana: RawClient;
let mal: RawClient;
let deletions: { person: string; records: number }[];

beforeEach(async () => {
  journal = new MemoryJournal();
  journal.create(board);
  deletions = [];
  host = await startHost({
    journal,
    cast,
    hooks: {
      largeDeletion: (_board, by, { records }) => void deletions.push({ person: by.person, records }),
    },
  });
  ana = await RawClient.connect(host.url, board, 'ana');
  ana.sendUpdate(ana.edit((doc) => putCard(doc, 'c1', { title: 'mine', x: 1 })));
  mal = await RawClient.connect(host.url, board, 'mal');
  await shows(mal.doc, (doc) => doc.getMap('cards').has('c1'));
});

afterEach(async () => {
  await Promise.all([ana.end(), mal.end()]);
  await host.stop();
});

/** The attacker is closed for good, and neither the journal nor anybody's board has changed. */
const isTurnedAway = async (code = 4422): Promise<void> => {
  await mal.until(() => mal.closed !== null);
  expect(mal.closed?.code).toBe(code);
  expect(journal.stored(board).rows).toHaveLength(1);
  expect(cardsOf(ana.doc)).toEqual({ c1: { title: 'mine', x: 1 } });
  // The room goes on as if nothing had been.
  ana.sendUpdate(ana.edit((doc) => putCard(doc, 'c9', { title: 'after' })));
  const late = await RawClient.connect(host.url, board, 'olga');
  await shows(late.doc, (doc) => doc.getMap('cards').has('c9'));
  expect(cardsOf(late.doc)).toEqual({ c1: { title: 'mine', x: 1 }, c9: { title: 'after' } });
  await late.end();
};

/** An update written by hand: structs of one client, then an empty or given delete set. */
const update = (
  client: number,
  clock: number,
  write: (to: encoding.Encoder) => void,
  count = 1,
  deletes: readonly { client: number; clock: number; len: number }[] = [],
): Uint8Array => {
  const to = encoding.createEncoder();
  encoding.writeVarUint(to, count > 0 ? 1 : 0);
  if (count > 0) {
    encoding.writeVarUint(to, count);
    encoding.writeVarUint(to, client);
    encoding.writeVarUint(to, clock);
    write(to);
  }
  encoding.writeVarUint(to, deletes.length);
  for (const each of deletes) {
    encoding.writeVarUint(to, each.client);
    encoding.writeVarUint(to, 1);
    encoding.writeVarUint(to, each.clock);
    encoding.writeVarUint(to, each.len);
  }
  return encoding.toUint8Array(to);
};

const collected = (length: number) => (to: encoding.Encoder) => {
  encoding.writeUint8(to, 0);
  encoding.writeVarUint(to, length);
};

describe('a hostile client: the document', () => {
  test('[SY40] can not write under the id of somebody else', async () => {
    const thief = new Y.Doc();
    Y.applyUpdate(thief, Y.encodeStateAsUpdate(mal.doc));
    thief.clientID = ana.doc.clientID;
    const before = Y.encodeStateVector(thief);
    putCard(thief, 'c1', { title: 'stolen' });
    mal.sendUpdate(Y.encodeStateAsUpdate(thief, before));
    await isTurnedAway();
  });

  test('[SY40] can not burn the clocks of somebody else either', async () => {
    const clock = Y.getState(mal.doc.store, ana.doc.clientID);
    mal.sendUpdate(update(ana.doc.clientID, clock, collected(1)));
    await isTurnedAway();
  });

  test('[SY41] can not burn clocks by the billion', async () => {
    mal.sendUpdate(update(7, 0, collected(1_000_000_000)));
    await isTurnedAway();
  });

  test('[SY41] can not jump to a huge clock', async () => {
    mal.sendUpdate(update(7, 2 ** 53 - 2, collected(1)));
    await mal.until(() => mal.closed !== null);
    expect(mal.closed?.code).toBe(4500);
    expect(journal.stored(board).rows).toHaveLength(1);
  });

  test('[SY42] can not leave a gap for the server to wait on', async () => {
    const bytes = mal.edit((doc) => putCard(doc, 'c2', { title: 'first' }));
    const gap = mal.edit((doc) => putCard(doc, 'c2', { title: 'second' }));
    expect(bytes.byteLength).toBeGreaterThan(0);
    for (let i = 0; i < 20; i++) mal.sendUpdate(gap);
    await mal.until(() => mal.closed !== null);
    expect(mal.closed?.code).toBe(4500);
    expect(journal.stored(board).rows).toHaveLength(1);
    await host.sync.read(board, (doc) => expect(doc.store.pendingStructs).toBeNull());
  });

  test('[SY42] can not delete what does not exist yet', async () => {
    mal.sendUpdate(update(0, 0, () => {}, 0, [{ client: 12345, clock: 0, len: 10 }]));
    await mal.until(() => mal.closed !== null);
    await host.sync.read(board, (doc) => expect(doc.store.pendingDs).toBeNull());
    expect(journal.stored(board).rows).toHaveLength(1);
  });

  test('[SY43] sends no values that break others: not a number, forbidden keys, deep nests, other roots', async () => {
    const attacks: ((doc: Y.Doc) => void)[] = [
      (doc) => putCard(doc, 'c2', { x: Number.NaN }),
      (doc) => putCard(doc, 'c2', { x: Number.POSITIVE_INFINITY }),
      (doc) => putCard(doc, 'c2', { x: 1e308 }),
      (doc) => putCard(doc, 'c2', { parent: 'c2' }),
      (doc) => doc.getMap('cards').set('__proto__', new Y.Map()),
      (doc) => putCard(doc, 'c2', { constructor: 1 }),
      (doc) => putCard(doc, 'c2', { facts: JSON.parse('{"a":{"__proto__":{"isAdmin":true}}}') as unknown }),
      (doc) => doc.getMap('cards').set('c2', 'not a card'),
      (doc) => doc.getMap('roles').set('mal', 'administrator'),
      (doc) => doc.getArray('cards-too').push([1]),
      (doc) => doc.getMap('cards').set('c2', new Y.Doc()),
      (doc) => doc.getMap('cards').set('c2', new Y.XmlElement('script')),
      (doc) => {
        let nest: unknown = 1;
        for (let i = 0; i < 40; i++) nest = [nest];
        putCard(doc, 'c2', { nest });
      },
      (doc) => {
        putCard(doc, 'c2', {});
        let at = doc.getMap('cards').get('c2') as Y.Map<unknown>;
        for (let i = 0; i < 1_000; i++) {
          const next = new Y.Map();
          at.set('in', next);
          at = next;
        }
      },
    ];
    for (const attack of attacks) {
      const attacker = await RawClient.connect(host.url, board, 'mal');
      attacker.sendUpdate(attacker.edit(attack));
      await attacker.until(() => attacker.closed !== null);
      expect(attacker.closed?.code).toBe(4422);
    }
    expect(journal.stored(board).rows).toHaveLength(1);
    expect(cardsOf(ana.doc)).toEqual({ c1: { title: 'mine', x: 1 } });
  });

  test('[SY44] garbage closes one socket and never the room', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
        const attacker = await RawClient.connect(host.url, board, 'mal');
        attacker.send(bytes);
        attacker.sendUpdate(bytes);
        attacker.sendUpdate(attacker.edit((doc) => putCard(doc, 'c1', { x: Number.NaN })));
        await attacker.until(() => attacker.closed !== null);
      }),
      { numRuns: 60, seed: 20261123 },
    );
    await host.sync.read(board, (doc) => expect(cardsOf(doc)).toEqual({ c1: { title: 'mine', x: 1 } }));
    expect(ana.closed).toBeNull();
  });

  test('[SY44] flipped bits of an honest edit are refused or harmless, never fatal', async () => {
    const honest = mal.edit((doc) => putCard(doc, 'c2', { title: 'honest', x: 5 }));
    await fc.assert(
      fc.asyncProperty(fc.nat(honest.byteLength - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const attacker = await RawClient.connect(host.url, board, 'mal');
        const broken = Uint8Array.from(honest);
        broken[at] = (broken[at] ?? 0) ^ mask;
        attacker.sendUpdate(broken);
        attacker.sendUpdate(attacker.edit((doc) => putCard(doc, 'c1', { x: Number.NaN })));
        await attacker.until(() => attacker.closed !== null);
      }),
      { numRuns: 60, seed: 20261124 },
    );
    await host.sync.read(board, (doc) => expect(doc.getMap('cards').has('c1')).toBe(true));
    expect(ana.closed).toBeNull();
  });

  test('[SY45] deleting everything is counted by records and kept a way back from', async () => {
    ana.sendUpdate(
      ana.edit((doc) => {
        for (let i = 0; i < 300; i++) putCard(doc, `d${i}`, { title: 'x' });
      }),
    );
    await shows(mal.doc, (doc) => doc.getMap('cards').size === 301);
    mal.sendUpdate(
      mal.edit((doc) => {
        for (let i = 0; i < 300; i++) putCard(doc, `d${i}`, { title: 'overwritten' });
      }),
    );
    await shows(
      ana.doc,
      (doc) => (doc.getMap('cards').get('d1') as Y.Map<unknown>).get('title') === 'overwritten',
    );
    expect(deletions).toEqual([]);
    mal.sendUpdate(
      mal.edit((doc) => {
        for (let i = 0; i < 300; i++) doc.getMap('cards').delete(`d${i}`);
      }),
    );
    await shows(ana.doc, (doc) => doc.getMap('cards').size === 1);
    expect(deletions).toEqual([{ person: 'mal', records: 300 }]);
  });

  test('[SY46] an observer writes in no way there is', async () => {
    const olga = await RawClient.connect(host.url, board, 'olga', 'v=1&client=99');
    const edit = olga.edit((doc) => putCard(doc, 'c2', { title: 'no' }));
    olga.send(encodeOpenOutbox(0, randomBytes(16).toString('hex')));
    olga.send(encodeEdit(0, 1, edit));
    olga.send(encodeFragment(0, 2, 0, 1, edit));
    olga.sendUpdate(edit);
    await olga.until(() => olga.nacks.length > 0);
    expect(olga.nacks).toMatchObject([{ n: 1, reason: 'read-only' }]);
    await olga.end();
    expect(journal.stored(board).rows).toHaveLength(1);
  });

  test('[SY47] too large a message ends for good, whatever speaks', async () => {
    mal.send(new Uint8Array(1024 * 1024 + 1));
    await isTurnedAway(4413);
    const own = await RawClient.connect(host.url, board, 'mal', 'v=1&client=98');
    own.send(new Uint8Array(64 * 1024 + 65));
    await own.until(() => own.closed !== null);
    expect(own.closed?.code).toBe(4413);
  });

  test('[SY48] three refused edits within a minute make a connection read-only', async () => {
    const own = await RawClient.connect(host.url, board, 'mal', 'v=1&client=97');
    for (let i = 0; i < 4; i++) {
      const scratch = new Y.Doc();
      Y.applyUpdate(scratch, Y.encodeStateAsUpdate(own.doc));
      const before = Y.encodeStateVector(scratch);
      putCard(scratch, `bad${i}`, { x: i < 3 ? Number.NaN : 1 });
      own.send(encodeOpenOutbox(i, randomBytes(16).toString('hex')));
      own.send(encodeEdit(i, 1, Y.encodeStateAsUpdate(scratch, before)));
      await own.until(() => own.nacks.length > i);
    }
    expect(own.nacks.map((nack) => nack.reason)).toEqual(['invalid', 'invalid', 'invalid', 'read-only']);
    await own.end();
  });
});
