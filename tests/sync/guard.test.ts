import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { changeRecord, createBoard, readRecord, recordsOf, writeRecord } from '#board/document.ts';
import type { BoardRecord } from '#board/schema/records.ts';
import type { AreaShape } from '#board/schema/shapes.ts';
import { openGuard, type AreaLevel, type BoardGuard } from '#domain/access/guard.ts';
import type { BoardConnection } from '#lib/live/board-connection.ts';
import { boardRules } from '#server/sync/board-rules.ts';
import type { Doorbell, SyncHooks } from '#server/sync/hooks.ts';
import { seedRecords } from '#board/seed.ts';
import { area, objective } from '../support/board-records.ts';
import { MemoryJournal } from './support/memory-journal.ts';
import { openTab, person, reaches, saved, shows, startHost, type SyncHost } from './support/sync-host.ts';

/** Told at once, not found out when rights are looked at again a minute later; a busy machine may take its time. */
const promptlyMs = 10_000;

/** Areas, locks and pause on open connections, with the rules of real boards. */
const board = 'b1';
const cast = {
  ana: person('ana', 'manage'),
  ben: { ...person('ben'), teams: ['red'] },
  cy: { ...person('cy'), teams: ['blue'] },
};
const [redArea, blueArea] = ['shape:red', 'shape:blue'];
const at = 1_790_000_000_000;
let guard: BoardGuard;
let hosts: SyncHost[];
let journal: MemoryJournal;
const tabs: BoardConnection[] = [];

/** Rings between the hosts of one test. */
const bells = (): (() => Doorbell) => {
  const ears: Parameters<Doorbell['listen']>[0][] = [];
  return () => {
    let own: (typeof ears)[number] | null = null;
    const others = () => ears.filter((each) => each !== own);
    return {
      ring: (id, seq) => others().forEach((each) => each.rung(id, seq)),
      relayPresence: () => {},
      ringRights: (change) => others().forEach((each) => each.rights(change)),
      listen: (heard) => void ears.push((own = heard)),
      close: () => Promise.resolve(),
    };
  };
};

beforeEach(async () => {
  guard = openGuard;
  journal = new MemoryJournal();
  journal.create(board);
  const bell = bells();
  const hooks: Partial<SyncHooks> = { rules: boardRules, guard: () => Promise.resolve(guard) };
  hosts = await Promise.all([0, 1].map(() => startHost({ journal, cast, hooks, doorbell: bell() })));
  await hosts[0]?.sync.edit(board, { person: null, why: 'seed' }, (doc) => {
    createBoard(doc, [
      ...seedRecords(),
      area('red'),
      area('blue'),
      objective('r1', {}, { parentId: redArea }),
      objective('b1', {}, { parentId: blueArea }),
      objective('free'),
    ]);
  });
});

afterEach(async () => {
  await Promise.all(tabs.splice(0).map((tab) => tab.close()));
  await Promise.all(hosts.map((host) => host.stop()));
});

const open = async (name: string, node = 0): Promise<BoardConnection> => {
  const tab = await openTab({ url: hosts[node]?.url ?? '', board, name });
  tabs.push(tab);
  await saved(tab);
  return tab;
};
const setGuard = async (next: BoardGuard, ...seen: BoardConnection[]): Promise<void> => {
  guard = next;
  hosts[0]?.sync.rightsChanged({ board });
  await Promise.all(
    seen.map((tab) => reaches(tab, (state) => JSON.stringify(state.guard) === JSON.stringify(next))),
  );
};
const level = (of: string, is: Exclude<AreaLevel, 'everyone'>): BoardGuard => ({
  ...openGuard,
  areas: { [of]: { level: is, by: 'ana', at } },
});
const lock = (record: string, by: string): BoardGuard => ({
  ...openGuard,
  locks: { [record]: { kind: 'item', by, at } },
});
const title = (doc: Y.Doc, id: string): string => {
  const read = readRecord(doc, id);
  if (!read.ok || !('props' in read.value)) return 'not there';
  return String((read.value.props as { title?: unknown }).title);
};
const retitle = (doc: Y.Doc, id: string, words: string): void => {
  const done = changeRecord(
    doc,
    id,
    (it) => ({ ...it, props: { ...(it as AreaShape).props, title: words } }) as BoardRecord,
  );
  expect(done.ok).toBe(true);
};
const move = (doc: Y.Doc, id: string, to: string): void =>
  void changeRecord(doc, id, (it) => ({ ...it, parentId: to, index: 'a9' }) as BoardRecord);
/** The edit was not kept, and its author has a copy of it. */
const isRefused = async (tab: BoardConnection, copies = 1): Promise<void> => {
  await reaches(tab, (state) => state.recoveredCopies >= copies && state.source === 'server');
  expect(tab.state.save).toMatchObject({ kind: 'not-saved', code: 'locked' });
  tab.dismissRefusal();
  await saved(tab);
};

describe('areas, locks and pause on open connections', () => {
  test('[GU13] a locked card is not changed; its author keeps a copy, everything else goes on', async () => {
    const [ben, cy] = [await open('ben'), await open('cy')];
    await setGuard(lock('shape:r1', 'cy'), ben, cy);
    retitle(ben.doc, 'shape:r1', 'my words');
    await isRefused(ben);
    expect(title(ben.doc, 'shape:r1')).toBe('r1');
    const [copy] = await ben.recoveredCopies();
    expect(JSON.stringify(copy?.records)).toContain('my words');
    retitle(ben.doc, 'shape:free', 'goes on');
    await shows(cy.doc, (doc) => title(doc, 'shape:free') === 'goes on');
    retitle(cy.doc, 'shape:r1', 'mine to change');
    await shows(ben.doc, (doc) => title(doc, 'shape:r1') === 'mine to change');
  });

  test('[GU2][GU4] levels hold for adding, changing, moving and deleting, and not for managers', async () => {
    const [ana, ben, cy] = [await open('ana'), await open('ben'), await open('cy')];
    await setGuard(level(redArea, 'team'), ana, ben, cy);
    const attempts: ((doc: Y.Doc) => void)[] = [
      (doc) => retitle(doc, 'shape:r1', 'no'),
      (doc) => move(doc, 'shape:r1', blueArea),
      (doc) => move(doc, 'shape:free', redArea),
      (doc) => recordsOf(doc).delete('shape:r1'),
      (doc) => writeRecord(doc, objective('new', {}, { parentId: redArea })),
      (doc) =>
        changeRecord(
          doc,
          redArea,
          (it) => ({ ...it, props: { ...(it as AreaShape).props, team: 'blue' } }) as BoardRecord,
        ),
    ];
    for (const [i, attempt] of attempts.entries()) {
      attempt(cy.doc);
      await isRefused(cy, i + 1);
    }
    retitle(ben.doc, 'shape:r1', 'of the team');
    await shows(cy.doc, (doc) => title(doc, 'shape:r1') === 'of the team');
    await setGuard(level(redArea, 'read'), ana, ben, cy);
    retitle(ben.doc, 'shape:r1', 'no more');
    await isRefused(ben);
    retitle(ana.doc, 'shape:r1', 'of the manager');
    await shows(cy.doc, (doc) => title(doc, 'shape:r1') === 'of the manager');
  });

  test('[GU3][GU8][GU15] in an area for the own only one’s own, and overwriting makes nothing one’s own', async () => {
    const [ben, cy] = [await open('ben'), await open('cy')];
    writeRecord(ben.doc, objective('of-ben', {}, { parentId: redArea }));
    await saved(ben);
    await setGuard(level(redArea, 'own'), ben, cy);
    expect(ben.state.ownRecords).toEqual(['shape:of-ben']);
    expect(cy.state.ownRecords).toEqual([]);
    retitle(ben.doc, 'shape:of-ben', 'still mine');
    await shows(cy.doc, (doc) => title(doc, 'shape:of-ben') === 'still mine');
    writeRecord(cy.doc, objective('of-cy', {}, { parentId: redArea }));
    await saved(cy);
    retitle(cy.doc, 'shape:of-cy', 'and mine');
    await saved(cy);
    recordsOf(cy.doc).set('shape:of-ben', recordsOf(cy.doc).get('shape:of-ben')?.clone() as never);
    await isRefused(cy);
    move(cy.doc, 'shape:of-ben', 'page:page');
    await isRefused(cy, 2);
  });

  test('[GU7] an area is moved for its neighbours and keeps its name', async () => {
    const [ben, cy] = [await open('ben'), await open('cy')];
    await setGuard(level(redArea, 'read'), ben, cy);
    changeRecord(cy.doc, redArea, (it) => ({ ...it, x: 500 }) as BoardRecord);
    await shows(ben.doc, (doc) => {
      const read = readRecord(doc, redArea);
      return read.ok && 'x' in read.value && read.value.x === 500;
    });
    retitle(cy.doc, redArea, 'ours now');
    await isRefused(cy);
  });

  test('[GU14] what is done during a pause waits on the device and arrives when it goes on', async () => {
    const [ana, ben] = [await open('ana'), await open('ben')];
    await setGuard({ ...openGuard, paused: { by: 'ana', at } }, ana, ben);
    retitle(ben.doc, 'shape:free', 'in the pause');
    const held = await reaches(ben, (state) => state.save.kind === 'not-saved');
    expect(held.save).toMatchObject({ code: 'paused' });
    expect(ben.hasUnsaved).toBe(true);
    retitle(ana.doc, 'shape:b1', 'not even the manager');
    await reaches(ana, (state) => state.save.kind === 'not-saved');
    expect(title(ana.doc, 'shape:free')).toBe('free');
    await setGuard(openGuard, ana, ben);
    await shows(ana.doc, (doc) => title(doc, 'shape:free') === 'in the pause');
    await shows(ben.doc, (doc) => title(doc, 'shape:b1') === 'not even the manager');
    await saved(ben);
    expect([ben.state.recoveredCopies, ana.state.recoveredCopies]).toEqual([0, 0]);
  });

  test('[GU12] a change of the guard holds on every node within a second', async () => {
    const far = await open('cy', 1);
    const begun = performance.now();
    await setGuard(level(blueArea, 'read'), far);
    expect(performance.now() - begun).toBeLessThan(promptlyMs);
    retitle(far.doc, 'shape:b1', 'too late');
    await isRefused(far);
    const late = await open('ben', 1);
    await reaches(late, (state) => state.guard.areas[blueArea] !== undefined);
  });
});
