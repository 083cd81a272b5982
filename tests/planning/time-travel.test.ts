import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { applyChanges, readRecords, writeRecord } from '#board/document.ts';
import { isObjective } from '#board/schema/records.ts';
import type { SessionCommand } from '#domain/facilitation/command.ts';
import type { Viewer } from '#server/app.ts';
import { createInsight } from '#server/insight/insight.ts';
import { objective } from '../support/board-records.ts';
import { stores } from '../tracking/stores.ts';
import { sessionsOf } from '../facilitation/sessions-of.ts';
import { code, openWorld, value, type World } from './world.ts';

/** Five minutes past two on a day in spring, and the minutes around it. */
const at = (time: string): number => Date.parse(`2026-04-02T${time}Z`);

describe.each(stores)('a board’s past on $name', ({ missing, open }) => {
  let world: World;
  let ben: Viewer;
  let cy: Viewer;
  beforeAll(async () => {
    if (missing) return;
    world = await openWorld(['Red'], Date.now, open);
    ben = await world.join('Ben', 'member');
    cy = await world.join('Cy', 'observer');
  });
  afterAll(() => world?.dispose());

  /** Somebody writes at a time: edits carry the real clock, so the row is put there by hand. */
  async function write(
    board: string,
    by: Viewer,
    time: string,
    change: (doc: Y.Doc) => void,
  ): Promise<number> {
    const { seq } = await world.sync.edit(board, { person: by.personId, why: 'test' }, change);
    await world.store.sql`
      update board_update set at = to_timestamp(${String(at(time))}::float8 / 1000) where board_id = ${board} and seq = ${seq}`;
    return seq;
  }

  /** Made at 14:00; Ben and Ana write until 14:05, then Ben takes away, changes and adds. */
  async function newBoard() {
    const { planning, ana } = world;
    const board = value(await planning.createBoard(ana, { title: 'Spring', template: 'blank' })).id;
    await world.store.sql`
      update board_update set at = to_timestamp(${String(at('14:00'))}::float8 / 1000) where board_id = ${board}`;
    await write(board, ana, '14:03', (doc) => {
      writeRecord(doc, objective('ship', { title: 'Ship it' }));
      writeRecord(doc, objective('hire', { title: 'Hire two' }));
    });
    const last = await write(board, ben, '14:04:30', (doc) =>
      writeRecord(doc, objective('sell', { title: 'Sell more' })),
    );
    await write(board, ben, '14:06', (doc) => {
      applyChanges(doc, { put: [], remove: ['shape:ship'] });
      writeRecord(doc, objective('hire', { title: 'Hire nobody' }));
      writeRecord(doc, objective('late', { title: 'Too late' }));
    });
    return { board, last };
  }

  const titles = async (board: string): Promise<string[]> => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, (await world.sync.snapshotBytes(board)).bytes);
    return titlesIn(doc);
  };
  const titlesIn = (doc: Y.Doc): string[] =>
    readRecords(doc)
      .records.filter(isObjective)
      .map(({ props }) => props.title)
      .sort();
  const five = { at: at('14:05') };
  const then = ['Hire two', 'Sell more', 'Ship it'];
  const now = ['Hire nobody', 'Sell more', 'Too late'];

  test.skipIf(missing)('[TT1] its steps say when, how much and by whom', async () => {
    const { board } = await newBoard();
    const { stretches, restores } = value(await world.planning.history(cy, board));
    expect(restores).toEqual([]);
    expect(stretches.map(({ edits }) => edits).reduce((a, b) => a + b)).toBe(stretches.at(-1)?.seq);
    expect(stretches.at(-1)).toMatchObject({ to: at('14:06'), people: [ben.personId] });
    expect(stretches.map(({ to }) => to)).toEqual(stretches.map(({ to }) => to).sort((a, b) => a - b));
    expect(stretches.flatMap(({ people }) => people ?? [])).toContain(world.ana.personId);
  });

  test.skipIf(missing)(
    '[TT2][TT4] whoever may read it sees it as it was, and what a restore would do',
    async () => {
      const { board, last } = await newBoard();
      const moment = value(await world.planning.moment(cy, board, five));
      expect(moment).toMatchObject({
        ...{ at: five.at, seq: last, mayRestore: false },
        lastEdit: { at: at('14:04:30'), by: ben.personId },
        effect: {
          back: { count: 1, titles: ['Ship it'] },
          gone: { count: 1, titles: ['Too late'] },
          changed: { count: 1, titles: ['Hire two'] },
        },
      });
      expect([...moment.people].sort()).toEqual([ben.personId, world.ana.personId].sort());
      expect(moment.teams.flatMap(({ changes }) => changes.map((it) => [it.title, it.change]))).toEqual(
        expect.arrayContaining([
          ['Ship it', 'gone'],
          ['Too late', 'new'],
          ['Hire nobody', 'changed'],
        ]),
      );
      const doc = new Y.Doc();
      Y.applyUpdate(doc, Buffer.from(moment.document, 'base64'));
      expect(titlesIn(doc)).toEqual(then);
      expect(value(await world.planning.moment(ben, board, { seq: last })).at).toBe(at('14:04:30'));
      const stranger: Viewer = { ...world.ana, organisationId: crypto.randomUUID() };
      const answers = [
        await world.planning.history(stranger, board),
        await world.planning.moment(stranger, board, five),
        await world.planning.restore(stranger, board, five),
      ];
      expect(answers.map(code)).toEqual(['not-found', 'not-found', 'not-found']);
    },
  );

  test.skipIf(missing)(
    '[TT4][TT5] restored as a new edit, by name in the logs, and undone by the edit before',
    async () => {
      const { board, last } = await newBoard();
      const { planning, ana, sync } = world;
      const head = (await sync.snapshotBytes(board)).seq;
      const done = value(await planning.restore(ana, board, five));
      expect(done.before).toBe(head);
      expect(done.seq).toBe(head + 1);
      expect(done.effect.back).toEqual({ count: 1, titles: ['Ship it'] });
      expect(await titles(board)).toEqual(then);
      const { restores, stretches } = value(await planning.history(ben, board));
      expect(restores).toMatchObject([
        { by: ana.personId, to: five.at, before: head, back: 1, gone: 1, changed: 1 },
      ]);
      expect(stretches.at(-1)?.people).toEqual([ana.personId]);
      const insight = createInsight(world.deps);
      const told = value(await insight.history(ben, 'board', board));
      expect(told.lines.map(({ byName, type }) => [byName, type])).toEqual([
        ...[
          ['Ana', 'made'],
          ['Ana', 'restored'],
        ],
      ]);
      expect(told.facts).toContainEqual({ name: 'To', value: '2026-04-02T14:05:00.000Z' });
      expect(value(await planning.snapshots(ben, board)).at(-1)).toMatchObject({
        why: 'automatic',
        stop: 'Before the restore to 2026-04-02 14:05',
        by: ana.personId,
      });
      // Nothing was rewound: what was between is still there to be seen.
      expect(value(await planning.moment(ben, board, { seq: head })).effect.back.titles).toEqual([
        'Too late',
      ]);
      value(await planning.restore(ana, board, { seq: done.before }));
      expect(await titles(board)).toEqual(now);
      expect(value(await planning.history(ben, board)).restores).toHaveLength(2);
      expect(last).toBeLessThan(head);
    },
  );

  test.skipIf(missing)(
    '[TT3] only managers and who leads the session restore it, and not while it is paused',
    async () => {
      const { board } = await newBoard();
      const { planning, ana } = world;
      expect(code(await planning.restore(ben, board, five))).toBe('forbidden');
      expect(code(await planning.restore(cy, board, five))).toBe('read-only');
      value(await planning.changeGuard(ana, board, { act: 'pause' }));
      expect(code(await planning.restore(ana, board, five))).toBe('paused');
      value(await planning.changeGuard(ana, board, { act: 'resume' }));
      expect(await titles(board)).toEqual(now);

      const sessions = sessionsOf(world);
      const { session } = value(await sessions.plan(ana, { kind: 'custom', title: 'Plan', boardId: board }));
      const say = async (by: Viewer, command: SessionCommand): Promise<void> => {
        const { rev } = value(await sessions.session(by, session.id)).session;
        value(await sessions.command(by, session.id, { command, expectedRev: rev }));
      };
      await say(ana, { type: 'start' });
      await say(ana, { type: 'arrive' });
      await say(ben, { type: 'arrive' });
      expect(code(await planning.restore(ben, board, five))).toBe('forbidden');
      await say(ana, { type: 'add-facilitator', person: ben.personId });
      expect(value(await planning.moment(ben, board, five)).mayRestore).toBe(true);
      value(await planning.restore(ben, board, five));
      expect(await titles(board)).toEqual(then);
    },
  );

  test.skipIf(missing)('[TT6] what cannot be is refused with what to do, and changes nothing', async () => {
    const { board } = await newBoard();
    const { planning, ana, store } = world;
    const head = (await world.sync.snapshotBytes(board)).seq;
    expect(code(await planning.restore(ana, board, { at: at('13:00') }))).toBe('not-kept');
    expect(code(await planning.moment(ana, board, { seq: head + 1 }))).toBe('not-found');
    expect(code(await planning.restore(ana, board, { seq: head }))).toBe('nothing-to-restore');
    await store.sql`
      update board_update set bytes = set_byte(bytes, 0, (get_byte(bytes, 0) + 1) % 256)
      where board_id = ${board} and seq = 2`;
    expect(code(await planning.restore(ana, board, five))).toBe('history-damaged');
    expect((await world.sync.snapshotBytes(board)).seq).toBe(head);
    expect(value(await planning.history(ana, board)).restores).toEqual([]);
    expect(value(await planning.snapshots(ana, board))).toEqual([]);
  });
});
