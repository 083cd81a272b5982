import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { boardCommit, notDoing } from '../../server/store/schema.ts';
import type { Viewer } from '../../server/app.ts';
import { createPlanning } from '../../server/planning/planning.ts';
import { boardActs, planningDay } from './board-acts.ts';
import { ask, asText, objective, smallPlan } from './plan-files.ts';
import { code, openWorld, value, type World } from './world.ts';

let world: World;
let ben: Viewer;
let id: string;
const { boardWith, changeCard, removeCard, commit, review, statuses, written } = boardActs(
  () => world,
  () => id,
);

beforeAll(async () => {
  world = await openWorld(['Red', 'Blue'], () => planningDay);
  ben = await world.join('Ben', 'member');
});
afterAll(() => world.dispose());
beforeEach(async () => {
  id = await boardWith();
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
    expect((await written()).commits).toBe(0);
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
    expect((await written()).commits).toBe(0);
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
    const before = await written();
    expect(value(await commit()).snapshot.id).toBe([...snapshots][0]);
    expect(await written()).toEqual(before);
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
    const before = await written();
    await expect(broken.commit(world.ana, id, {})).rejects.toThrow('power cut');
    expect(await written()).toEqual(before);
    value(await commit());
    expect((await written()).commitments).toBe(2);
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
