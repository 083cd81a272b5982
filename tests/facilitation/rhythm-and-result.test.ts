import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { board, commitment, period, slot } from '../../server/store/schema.ts';
import { quadrantOf, rhythmAndResult } from '../../src/domain/facilitation/rhythm-result.ts';
import { checkIn } from '../tracking/promises.ts';
import { on, value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeSessionWorld, type SessionWorld } from './session-world.ts';

const bounds = { rhythmKeptFrom: 0.7, resultReachedFrom: 0.7 };

test('[SN72] rhythm and result make four fields; where one of them cannot be told there is none', () => {
  const field = (onTime: number, expected: number, result: number | null) =>
    quadrantOf({ onTime, expected, result, weight: 1 }, bounds);
  expect([field(7, 10, 0.7), field(6, 10, 0.7), field(7, 10, 0.69), field(0, 1, 0)]).toEqual([
    ...(['both', 'result-alone', 'rhythm-alone', 'neither'] as const),
  ]);
  expect([field(0, 0, 1), field(3, 3, null)]).toEqual([null, null]);
  expect(
    quadrantOf(
      { onTime: 6, expected: 10, result: 0.5, weight: 1 },
      {
        ...{ rhythmKeptFrom: 0.6, resultReachedFrom: 0.5 },
      },
    ),
  ).toBe('both');
});

test('[SN72] together check-ins add up and results count by weight, without what has none', () => {
  const all = [
    { onTime: 3, expected: 4, result: 1, weight: 8 },
    { onTime: 0, expected: 4, result: 0.5, weight: 2 },
    { onTime: 1, expected: 1, result: null, weight: 9 },
  ];
  expect(rhythmAndResult(all)).toEqual({ onTime: 4, expected: 9, result: 0.9, told: 2 });
  expect(rhythmAndResult([])).toEqual({ onTime: 0, expected: 0, result: null, told: 0 });
});

describe.each(stores)('what a close looks at on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    let world: SessionWorld;
    const periodId = randomUUID();
    const ids = new Map<string, string>();
    const idOf = (key: string): string => ids.get(key) ?? '';

    beforeAll(async () => {
      opened = await open();
      world = await makeSessionWorld(opened.store);
      const { store, organisationId, boardId, tracking, clock } = world;
      await store.db.insert(period).values({
        ...{ id: periodId, organisationId, kind: 'quarter', label: 'Q2 2026' },
        ...{ start: '2026-04-01', end: '2026-06-30', createdAt: new Date(clock.now) },
      });
      await store.db.update(board).set({ periodId }).where(eq(board.id, boardId));
      const made = await world.commit([
        { key: 'spoken', terms: { statement: 'Spoken of', weight: 5, effort: 20 } },
        { key: 'silent', terms: { statement: 'Never spoken of', weight: 3, effort: 30 } },
      ]);
      for (const [key, id] of made) {
        ids.set(key, id);
        value(await tracking.act(world.viewer('ben'), id, 'accept', { confidence: 60 }));
      }
      await store.db.update(commitment).set({ periodId }).where(eq(commitment.boardId, boardId));
      for (const day of ['2026-04-03', '2026-04-10', '2026-04-17']) {
        clock.now = on(day);
        value(
          await tracking.checkIn(world.viewer('ben'), idOf('spoken'), {
            ...checkIn,
            values: { m1: 200, m2: 1 },
          }),
        );
      }
      clock.now = on('2026-04-22');
      await tracking.advanceClock();
    });
    afterAll(() => opened.dispose());

    const rows = async (id: string, stage: string, name: 'ana' | 'ben' = 'ana') =>
      value(await world.facilitation.rows(world.viewer(name), id, stage)).groups.flatMap((it) => it.rows);

    test('[SN72] a close shows each promise between its check-ins and its result; the room’s score is the result', async () => {
      const id = await world.running({ kind: 'quarterly-close', boardId: world.boardId }, [
        'ana',
        'ben',
        'bea',
      ]);
      const seen = async () =>
        (await rows(id, 'quadrant')).map(({ title, rhythm, moves, settled }) => [
          title,
          rhythm,
          moves,
          settled,
        ]);
      expect(await seen()).toEqual([
        ['Never spoken of', { onTime: 0, expected: 3, result: 0, weight: 3, quadrant: 'neither' }, [], true],
        ['Spoken of', { onTime: 3, expected: 3, result: 1, weight: 5, quadrant: 'both' }, [], true],
      ]);
      const item = { id: idOf('silent'), title: 'Never spoken of', owner: world.people.ben };
      await world.do('ana', id, { type: 'jump', stage: 'scoring' });
      await world.do('ana', id, { type: 'open-ballot', id: randomUUID(), items: [item] });
      for (const name of ['ana', 'ben', 'bea'] as const) {
        await world.do(name, id, { type: 'vote', item: item.id, value: 8 });
      }
      // What is hidden still says nothing here.
      expect((await seen())[0]?.[1]).toMatchObject({ result: 0 });
      await world.do('ana', id, { type: 'reveal', item: item.id });
      await world.do('ben', id, { type: 'agree-score', item: item.id, value: 8 });
      expect((await seen())[0]?.[1]).toMatchObject({ result: 0.8, quadrant: 'result-alone' });
      // When an import brought one, nobody knows when any of them came.
      const { db } = world.store;
      const [first] = await db
        .select()
        .from(slot)
        .where(eq(slot.commitmentId, idOf('spoken')))
        .limit(1);
      await db
        .update(slot)
        .set({ filled: 'imported' })
        .where(eq(slot.id, first?.id ?? ''));
      expect((await seen())[1]?.[1]).toMatchObject({ expected: 0, result: 1, quadrant: null });
    });

    test('[SN73] a monthly meeting sees what each team took on against what it can do', async () => {
      const { teams } = world;
      const id = await world.running({ kind: 'monthly', boardId: null, teamId: null }, ['ana', 'ben']);
      const [line, ...more] = await rows(id, 'resources');
      expect(more).toEqual([]);
      expect(line).toMatchObject({
        ...{ source: 'loads', kind: 'team', id: teams.red, title: 'Red', href: `/teams/${teams.red}` },
        ...{ status: 'exceeds', settled: false, moves: ['set-room'], periodId },
      });
      expect(line?.detail).toContain('Q2 2026: Exceeds: 50 of 23.4 person-weeks');
      expect((await rows(id, 'resources', 'ben'))[0]?.moves).toEqual([]);
    });

    test('[SN74] a year is looked back on by its last four closes; a planning by the last one', async () => {
      world = await makeSessionWorld(opened.store);
      const { facilitation, boardId } = world;
      for (const nth of [1, 2, 3, 4, 5]) {
        const close = { kind: 'quarterly-close', title: `Close ${nth}` } as const;
        const id = await world.running({ ...close, boardId }, ['ana', 'ben', 'bea']);
        const learned = { output: 'learnings', text: `Learned in ${nth}`, ref: null } as const;
        await world.do('ana', id, { type: 'produce', stage: 'learnings', ...learned });
        await world.do('ana', id, { type: 'end', leaveOpen: true });
        world.clock.now += 60_000;
      }
      const look = async (kind: 'annual' | 'quarterly-plan', stage: string) => {
        const { session } = value(await facilitation.plan(world.viewer('ana'), { kind, boardId: null }));
        const its = await rows(session.id, stage);
        return its
          .filter(({ source }) => source === 'previous-close')
          .map(({ title, detail }) => [title, detail]);
      };
      expect(await look('annual', 'look-back')).toEqual(
        [5, 4, 3, 2].map((nth) => [`Learned in ${nth}`, `learned, Close ${nth}`]),
      );
      expect(await look('quarterly-plan', 'frame')).toEqual([['Learned in 5', 'learned']]);
    });
  });
});
