import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { snapshot } from '../../server/store/schema.ts';
import { boardActs, planningDay } from './board-acts.ts';
import { ask, objective } from './plan-files.ts';
import { code, openWorld, value, type World } from './world.ts';

let world: World;
let id: string;
const { boardWith, changeCard, removeCard, commit, review, written } = boardActs(
  () => world,
  () => id,
);

beforeAll(async () => {
  world = await openWorld(['Red', 'Blue'], () => planningDay);
});
afterAll(() => world.dispose());
beforeEach(async () => {
  id = await boardWith();
});

describe('the review', () => {
  test('[PL30] ticks what is in the plan and drafts with an owner, never what is not being done', async () => {
    id = await boardWith({
      objectives: [
        objective('o1', { team: 'red', owner: 'ana' }),
        objective('o2', { team: 'red', owner: 'ana', status: 'proposed' }),
        objective('o3', { team: 'red', owner: null, status: 'proposed' }),
        objective('o4', { team: 'red', owner: 'ana', status: 'declined' }),
      ],
    });
    const ticked = async (include?: 'committed' | 'all') =>
      value(await review(include ? { include } : {}))
        .rows.filter((row) => row.ticked)
        .map(({ key }) => key);
    expect(await ticked()).toEqual(['o1', 'o2']);
    expect(await ticked('committed')).toEqual(['o1']);
    expect(await ticked('all')).toEqual(['o1', 'o2', 'o3']);
    expect(code(await review({ include: ['o4'] }))).toBe('not-to-commit');
    expect(code(await review({ include: ['nowhere'] }))).toBe('not-to-commit');
  });

  test('[PL31] names what blocks, with the card to look at', async () => {
    id = await boardWith({
      objectives: [
        objective('o1', { team: 'red', owner: null, due: '2026-06-01' }),
        objective('o2', { team: 'blue', owner: 'ana' }),
      ],
      dependencies: [ask('d1', 'o2', 'red', 'requested')],
    });
    const { blocking, warnings, sentence } = value(await review());
    const found = value(await review({ include: 'committed' })).blocking.map(
      (it) => `${it.code} ${it.key ?? ''}`,
    );
    expect(found).toEqual(['no-owner o1', 'hard-need-open d1']);
    expect(blocking.every(({ recordId }) => typeof recordId === 'string')).toBe(true);
    expect(warnings.every(({ severity }) => severity === 'warning')).toBe(true);
    expect(sentence).toMatch(/problems? must be solved/);
  });

  test('[PL32][PL41] proposes a rhythm, and says in one sentence what pressing does', async () => {
    const { rhythm, sentence, mayPress } = value(await review({ include: 'committed' }));
    expect(rhythm).toEqual({ cadence: 'weekly', weekday: 5, time: '17:00', closeOn: '2026-07-07' });
    expect(sentence).toBe('2 promises for 2 owners in 2 teams: 2 new; 1 not being done.');
    expect(mayPress).toBe(true);
  });

  test('[PL42] without a date of its own an objective is due at the end of the period', async () => {
    const { rows } = value(await review({ include: 'committed' }));
    expect(rows.map(({ key, due }) => `${key} ${due ?? '-'}`)).toEqual([
      'o1 2026-06-26',
      'o2 2026-06-30',
      'o3 -',
      'o4 -',
    ]);
    value(await commit());
    const all = await world.tracking.commitments(world.ana, { boardId: id });
    expect(all.map(({ objectKey, due }) => `${objectKey} ${due ?? '-'}`).sort()).toEqual([
      'o1 2026-06-26',
      'o2 2026-06-30',
    ]);
  });

  test('[PL30] a review changes nothing', async () => {
    const before = await written();
    value(await review());
    expect(await written()).toEqual(before);
  });
});

test('[PL22] two states are compared by team, field by field', async () => {
  const before = value(await world.planning.takeSnapshot(world.ana, id, { why: 'manual', label: 'Before' }));
  await changeCard('o1', { owner: 'rosa' });
  await removeCard('o2');
  const { teams } = value(await world.planning.compare(world.ana, before.id, null));
  expect(
    teams.map(({ team, changes }) => ({
      team,
      changes: changes.map(({ key, change, fields }) => ({ key, change, fields })),
    })),
  ).toEqual([
    { team: 'blue', changes: [{ key: 'o2', change: 'gone', fields: [] }] },
    {
      team: 'red',
      changes: [{ key: 'o1', change: 'changed', fields: [{ field: 'owner', before: 'Ana', after: 'Rosa' }] }],
    },
  ]);
  const after = value(await world.planning.takeSnapshot(world.ana, id, { why: 'manual' }));
  expect(value(await world.planning.compare(world.ana, before.id, after.id)).teams).toEqual(
    teams.map((it) => expect.objectContaining({ team: it.team }) as unknown),
  );
  const other = await boardWith();
  const foreign = value(await world.planning.takeSnapshot(world.ana, other, { why: 'manual' }));
  expect(code(await world.planning.compare(world.ana, before.id, foreign.id))).toBe('other-board');
});

test('[PL20] a snapshot does not change with the board', async () => {
  const made = value(await world.planning.takeSnapshot(world.ana, id, { why: 'manual', label: 'Then' }));
  const before = value(await world.planning.snapshot(world.ana, made.id));
  await changeCard('o1', { owner: 'rosa' });
  expect(value(await world.planning.snapshot(world.ana, made.id))).toEqual(before);
  expect(code(await world.planning.takeSnapshot(world.ana, id, { why: 'whim' }))).toBe('invalid');
});

test('[PL23] a snapshot that is damaged in the database is refused, never shown', async () => {
  const made = value(await world.planning.takeSnapshot(world.ana, id, { why: 'manual' }));
  const other = value(await world.planning.takeSnapshot(world.ana, await boardWith(), { why: 'manual' }));
  const { db } = world.store;
  const [row] = await db.select().from(snapshot).where(eq(snapshot.id, other.id));
  await db
    .update(snapshot)
    .set({ bytes: row?.bytes ?? new Uint8Array() })
    .where(eq(snapshot.id, made.id));
  expect(code(await world.planning.snapshot(world.ana, made.id))).toBe('snapshot-damaged');
  await db
    .update(snapshot)
    .set({ bytes: new Uint8Array([1, 2, 3]) })
    .where(eq(snapshot.id, made.id));
  expect(code(await world.planning.snapshot(world.ana, made.id))).toBe('snapshot-damaged');
});
