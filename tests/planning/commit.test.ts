import { count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applyChanges, readRecords, writeRecord } from '../../src/board/document.ts';
import { isObjective } from '../../src/board/schema/records.ts';
import { board, boardCommit, commitment, event, notDoing, snapshot } from '../../server/store/schema.ts';
import type { Viewer } from '../../server/app.ts';
import { createPlanning } from '../../server/planning/planning.ts';
import { ask, asText, objective, smallPlan, type FileLike } from './plan-files.ts';
import { code, openWorld, value, type World } from './world.ts';

/** Before anything in the small plan is due. */
const planningDay = Date.parse('2026-04-02T10:00Z');

let world: World;
let ben: Viewer;
let id: string;

beforeAll(async () => {
  world = await openWorld(['Red', 'Blue'], () => planningDay);
  ben = await world.join('Ben', 'member');
});
afterAll(() => world.dispose());
beforeEach(async () => {
  id = await boardWith();
});

/** A board of Ana's with this plan. */
async function boardWith(change: Partial<FileLike> = {}): Promise<string> {
  const made = value(await world.planning.createBoard(world.ana, { title: 'Plan', template: 'blank' }));
  value(await world.planning.importFile(world.ana, made.id, asText(smallPlan(change))));
  return made.id;
}

/** Changes the card of an objective, as somebody at the board would. */
const changeCard = (key: string, props: object) =>
  world.sync.edit(id, { person: null, why: 'test' }, (doc) => {
    const card = readRecords(doc).records.find((record) => isObjective(record) && record.meta.key === key);
    if (card && isObjective(card)) writeRecord(doc, { ...card, props: { ...card.props, ...props } });
  });

const removeCard = (key: string) =>
  world.sync.edit(id, { person: null, why: 'test' }, (doc) => {
    const card = readRecords(doc).records.find((record) => isObjective(record) && record.meta.key === key);
    if (card) applyChanges(doc, { put: [], remove: [card.id] });
  });

const commit = (input: Parameters<World['planning']['commit']>[2] = {}, viewer = world.ana) =>
  world.planning.commit(viewer, id, input);
const review = (input: Parameters<World['planning']['review']>[2] = {}, viewer = world.ana) =>
  world.planning.review(viewer, id, input);
const statuses = async () => {
  const rows = await world.tracking.commitments(world.ana, { boardId: id });
  return Object.fromEntries(rows.map(({ objectKey, status }) => [objectKey, status]));
};
const rowCounts = async () => {
  const { db } = world.store;
  const counted = async (
    table: typeof commitment | typeof event | typeof snapshot | typeof boardCommit | typeof notDoing,
  ) => {
    const [row] = await db.select({ n: count() }).from(table).where(eq(table.boardId, id));
    return row?.n ?? 0;
  };
  const [row] = await db.select({ rhythm: board.rhythm }).from(board).where(eq(board.id, id));
  return {
    commitments: await counted(commitment),
    events: await counted(event),
    snapshots: await counted(snapshot),
    commits: await counted(boardCommit),
    notDoing: await counted(notDoing),
    rhythm: row?.rhythm ?? null,
  };
};

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
    const before = await rowCounts();
    value(await review());
    expect(await rowCounts()).toEqual(before);
  });
});

describe('the act', () => {
  test('[PL36][PL20] freezes the board and proposes; nobody has accepted anything', async () => {
    const result = value(await commit());
    expect(result.commitments).toHaveLength(2);
    expect(await statuses()).toEqual({ o1: 'proposed', o2: 'proposed' });
    expect(result.snapshot).toMatchObject({
      why: 'commit',
      stop: 'Planning day',
      number: 1,
      objectives: 4,
      by: world.ana.personId,
    });
    const frozen = value(await world.planning.snapshot(world.ana, result.snapshot.id));
    const bytes = Buffer.from(frozen.document, 'base64');
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
    expect(hash).toBe(result.snapshot.sha256);
    expect(frozen.plan.objectives.map(({ key }) => key)).toEqual(['o1', 'o2', 'o3', 'o4']);
    expect(
      result.changes
        .filter(({ ticked }) => ticked)
        .map(({ change, mustAccept }) => `${change} ${mustAccept ?? ''}`),
    ).toEqual(['new ana', 'new rosa']);
  });

  test('[PL34] only those who manage the board press', async () => {
    expect(value(await review({}, ben)).mayPress).toBe(false);
    expect(code(await commit({}, ben))).toBe('forbidden');
    expect((await rowCounts()).commits).toBe(0);
  });

  test('[PL31] blocking problems stop it until they are overridden with a reason, all or by code', async () => {
    id = await boardWith({
      objectives: [
        objective('o1', { team: 'red', owner: null }),
        objective('o2', { team: 'blue', owner: 'ana' }),
      ],
      dependencies: [ask('d1', 'o2', 'red', 'requested')],
    });
    const outcome = await commit();
    expect(outcome.ok ? [] : outcome.refusal.faults?.map(({ path }) => path)).toEqual([
      'no-owner: o1',
      'hard-need-open: d1',
    ]);
    expect(code(await commit({ overrides: { reason: '  ' } }))).toBe('reason-missing');
    expect(code(await commit({ overrides: { reason: 'x', problems: ['no-owner'] } }))).toBe('blocked');
    expect((await rowCounts()).commits).toBe(0);
    value(
      await commit({ overrides: { reason: 'We start anyway', problems: ['no-owner', 'hard-need-open'] } }),
    );
    const [row] = await world.store.db.select().from(boardCommit).where(eq(boardCommit.boardId, id));
    expect(row).toMatchObject({
      overrideReason: 'We start anyway',
      overriddenCodes: ['no-owner', 'hard-need-open'],
    });
  });

  test('[PL35] a board that moved since the review is looked at again', async () => {
    const { seq } = value(await review());
    await changeCard('o1', { effort: 3 });
    expect(code(await commit({ seq }))).toBe('board-moved');
    expect(code(await commit({ seq: value(await review()).seq }))).toBe('allowed');
  });

  test('[PL37] two at once give one commit, and pressing again the same one', async () => {
    const results = await Promise.all([commit(), commit(), commit()]);
    const snapshots = new Set(results.map((result) => value(result).snapshot.id));
    expect(snapshots.size).toBe(1);
    const before = await rowCounts();
    expect(value(await commit()).snapshot.id).toBe([...snapshots][0]);
    expect(await rowCounts()).toEqual(before);
    expect(before).toMatchObject({ commits: 1, snapshots: 1, commitments: 2 });
  });

  test('[PL38] a failure on the way leaves nothing behind', async () => {
    const broken = createPlanning({
      ...world.deps,
      tracking: {
        ...world.deps.tracking,
        proposeFromCommit: async (tx, input) => {
          await world.deps.tracking.proposeFromCommit(tx, input);
          throw new Error('power cut');
        },
      },
    });
    const before = await rowCounts();
    await expect(broken.commit(world.ana, id, {})).rejects.toThrow('power cut');
    expect(await rowCounts()).toEqual(before);
    value(await commit());
    expect((await rowCounts()).commitments).toBe(2);
  });

  test('[PL33] a later commit says what is new, changed, gone and as before', async () => {
    value(await commit());
    await changeCard('o1', { due: '2026-06-12', weight: 5 });
    await changeCard('o3', { status: 'in-plan', owner: 'ana' });
    await removeCard('o2');
    const rows = value(await review({ include: 'committed' })).rows.map(({ key, change, fields }) => ({
      key,
      change,
      fields,
    }));
    expect(rows).toEqual([
      {
        key: 'o1',
        change: 'changed',
        fields: [
          { field: 'due', before: '2026-06-26', after: '2026-06-12' },
          { field: 'weight', before: '3', after: '5' },
        ],
      },
      { key: 'o3', change: 'new', fields: [] },
      { key: 'o4', change: 'not-doing', fields: [] },
      { key: 'o2', change: 'gone', fields: [] },
    ]);
    const result = value(await commit());
    expect(result.snapshot.stop).not.toBe('Planning day');
    expect(await statuses()).toEqual({ o1: 'proposed', o2: 'proposed', o3: 'proposed' });
  });

  test('[PL39] an accepted promise is never rewritten: the change waits as a re-scope', async () => {
    value(await commit());
    const [mine] = (await world.tracking.commitments(world.ana, { boardId: id })).filter(
      ({ objectKey }) => objectKey === 'o1',
    );
    const accepted = value(await world.tracking.act(world.ana, mine?.id ?? '', 'accept', { confidence: 70 }));
    expect(accepted).toMatchObject({ status: 'committed', baseline: { due: '2026-06-26' } });
    await changeCard('o1', { due: '2026-09-30' });
    value(await commit());
    const after = value(await world.tracking.commitment(world.ana, mine?.id ?? ''));
    expect(after).toMatchObject({ status: 'committed', due: '2026-06-26', baseline: { due: '2026-06-26' } });
    expect(after.versions).toHaveLength(1);
    expect(after.moves).toContain('agree-rescope');
  });

  test('[PL40] what is not being done is listed, until it is planned again', async () => {
    value(await commit());
    const listed = async () =>
      (await world.store.db.select().from(notDoing).where(eq(notDoing.boardId, id))).map(
        (row) => `${row.objectKey} ${row.by === world.ana.personId}`,
      );
    expect(await listed()).toEqual(['o4 true']);
    const planned = smallPlan({
      objectives: [objective('o4', { team: 'red', owner: 'rosa', status: 'committed' })],
      dependencies: [],
    });
    value(await world.planning.importFile(world.ana, id, asText(planned)));
    value(await commit());
    expect(await listed()).toEqual([]);
  });

  test('[PL32] a rhythm that cannot be is refused, a chosen one is kept', async () => {
    const rhythm = { cadence: 'two-weekly', weekday: 3, time: '09:30', closeOn: '2026-07-01' } as const;
    expect(code(await commit({ rhythm: { ...rhythm, time: '25:00' } }))).toBe('invalid');
    expect(code(await commit({ rhythm: { ...rhythm, weekday: 0 } }))).toBe('invalid');
    value(await commit({ rhythm }));
    expect(value(await world.planning.board(world.ana, id)).rhythm).toEqual(rhythm);
    expect(value(await review()).rhythm).toEqual(rhythm);
  });

  test('[PL36] with nothing in the plan there is nothing to commit', async () => {
    id = await boardWith({ objectives: [], dependencies: [] });
    expect(code(await commit())).toBe('nothing-to-commit');
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
