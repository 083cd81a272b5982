import { createHash } from 'node:crypto';
import { count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { board, boardUpdate, dependency, period, person, team } from '../../server/store/schema.ts';
import { parsePlanFile } from '../../src/domain/plan/format/parse-plan-file.ts';
import { ask, asText, manyTimes, objective, realPlan, smallPlan } from './plan-files.ts';
import { code, openWorld, value, type World } from './world.ts';

let world: World;
let id: string;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.dispose());
beforeEach(async () => {
  id = value(await world.planning.createBoard(world.ana, { title: 'Board', template: 'blank' })).id;
});

const importFile = (body: string, of = id) => world.planning.importFile(world.ana, of, body);

/** Everything an import could touch, to see that a refused one touched nothing. */
async function everything(): Promise<unknown> {
  const { db } = world.store;
  const [teams] = await db.select({ n: count() }).from(team);
  const [people] = await db.select({ n: count() }).from(person);
  const [periods] = await db.select({ n: count() }).from(period);
  const [asks] = await db.select({ n: count() }).from(dependency);
  const [row] = await db.select().from(board).where(eq(board.id, id));
  const { bytes, seq } = await world.sync.snapshotBytes(id);
  const hash = (of: string | Uint8Array) => createHash('sha256').update(of).digest('hex');
  return { teams, people, periods, asks, row: hash(JSON.stringify(row)), seq, bytes: hash(bytes) };
}

describe('importing a plan file', () => {
  test('[PL13][PL14] the real plan becomes cards, teams, persons and a period of its own', async () => {
    const report = value(await importFile(realPlan()));
    expect(report.added).toHaveLength(1 + 42 + 154);
    expect(report).toMatchObject({ changed: [], unchanged: [], newTeams: 19, newPeople: 58, updates: 0 });
    const { plan } = value(await world.planning.plan(world.ana, id));
    expect(plan.objectives).toHaveLength(42);
    expect(plan.dependencies).toHaveLength(154);
    expect(plan.period).toEqual({ label: '2025H1', start: '2025-01-01', end: '2025-06-30' });
    const here = value(await world.planning.board(world.ana, id));
    expect(here.period?.kind).toBe('custom');
    expect(here.teamIds).toHaveLength(19);
    const people = await world.organisations.people(world.ana);
    expect(people.find(({ key }) => key === 'm-ou-se')).toMatchObject({ joined: false });
  });

  test('[PL14] a period that is in the calendar is taken from there', async () => {
    const [quarter] = (await world.organisations.periods(world.ana)).filter(({ kind }) => kind === 'quarter');
    if (!quarter) throw new Error('a quarter is needed');
    value(
      await importFile(
        asText(smallPlan({ period: { label: 'ours', start: quarter.start, end: quarter.end } })),
      ),
    );
    expect(value(await world.planning.board(world.ana, id)).period?.id).toBe(quarter.id);
  });

  test('[PL11] the second time nothing changes, not even a byte', async () => {
    value(await importFile(realPlan()));
    const before = await everything();
    const report = value(await importFile(realPlan()));
    expect(report).toMatchObject({ added: [], changed: [], newTeams: 0, newPeople: 0 });
    expect(report.unchanged).toHaveLength(1 + 42 + 154);
    expect(await everything()).toEqual(before);
  });

  test('[PL12] a newer file updates what it speaks of and removes nothing', async () => {
    value(await importFile(asText(smallPlan())));
    const newer = smallPlan({
      objectives: [
        objective('o1', { team: 'red', owner: 'rosa', due: '2026-06-26' }),
        objective('o5', { team: 'red' }),
      ],
      dependencies: [],
    });
    const report = value(await importFile(asText(newer)));
    expect(report).toMatchObject({ added: ['o5'], changed: ['o1'] });
    const { plan } = value(await world.planning.plan(world.ana, id));
    expect(plan.objectives.map(({ key, owner }) => `${key} ${owner ?? '-'}`)).toEqual([
      'o1 rosa',
      'o2 rosa',
      'o3 -',
      'o4 rosa',
      'o5 -',
    ]);
    expect(plan.dependencies.map(({ key }) => key)).toEqual(['d1']);
  });

  test('[PL17] cards and arrows come as one edit', async () => {
    const edits = async () => {
      const rows = await world.store.db
        .select({ seq: boardUpdate.seq })
        .from(boardUpdate)
        .where(eq(boardUpdate.boardId, id));
      return rows.length;
    };
    const before = await edits();
    value(await importFile(realPlan()));
    expect(await edits()).toBe(before + 1);
  });

  test('[PL16][PL50] what the format does not know comes back, and the plan with it', async () => {
    const file = smallPlan({
      flavour: 'vanilla',
      objectives: [objective('o1', { team: 'red', owner: 'ana', zodiac: 'lion' })],
      updates: [
        {
          objective: 'o1',
          date: '2026-05-01',
          period: '2026-04',
          author: 'ana',
          kind: 'comment',
          text: 'Going well',
        },
      ],
      dependencies: [{ ...ask('d1', 'o1', 'blue', 'accepted'), mood: 'good' }],
    });
    value(await importFile(asText(file)));
    const { body } = value(await world.planning.export(world.ana, id, 'plan'));
    const back = JSON.parse(body) as typeof file;
    expect(back).toMatchObject({ flavour: 'vanilla', source: file.source });
    expect(back.objectives[0]).toMatchObject({ key: 'o1', zodiac: 'lion' });
    expect(back.dependencies[0]).toMatchObject({ key: 'd1', mood: 'good' });
    expect(back.updates).toMatchObject([{ objective: 'o1', text: 'Going well', author: 'ana' }]);
    const [before, after] = [value(parsePlanFile(asText(file))), value(parsePlanFile(body))];
    expect(after.plan.objectives).toEqual(before.plan.objectives);
    const second = value(await importFile(body));
    expect(second).toMatchObject({ added: [], changed: [] });
  });

  test('[PL18] the same plan on a second board is other objects, with a warning', async () => {
    value(await importFile(asText(smallPlan({ title: 'Twin' }))));
    const other = value(await world.planning.createBoard(world.ana, { title: 'Other', template: 'blank' }));
    const report = value(await importFile(asText(smallPlan({ title: 'Twin' })), other.id));
    expect(report.added).toContain('o1');
    expect(report.problems.map((problem) => problem.code)).toContain('also-on-another-board');
  });

  test('[PL1] an observer does not import', async () => {
    const finn = await world.join('Finn', 'observer');
    expect(code(await world.planning.importFile(finn, id, asText(smallPlan())))).toBe('read-only');
  });

  test('[PL17] two imports at once leave every card once', async () => {
    const reports = await Promise.all([importFile(realPlan()), importFile(realPlan())]);
    const added = reports.map((report) => value(report).added.length);
    expect(added.sort((a, b) => a - b)).toEqual([0, 197]);
    expect(value(await world.planning.plan(world.ana, id)).plan.objectives).toHaveLength(42);
  });
});

const script = "<img src=x onerror=alert(1)>\"'=cmd|' /C calc'!A0{{7*7}}${7*7}javascript:alert(1)\u202e";

describe('hostile plan files', () => {
  const small = smallPlan();
  const hostile: readonly (readonly [string, string])[] = [
    ['not JSON', '{"format": "throughline-plan/1", '],
    ['another format', JSON.stringify({ format: 'plan/9' })],
    ['an array', '[]'],
    ['null', 'null'],
    [
      'wrong types everywhere',
      asText({
        ...small,
        title: 7,
        teams: {},
        people: 'all',
        objectives: [1, null],
        dependencies: [[]],
      } as never),
    ],
    ['a key twice', asText(smallPlan({ objectives: [objective('o1'), objective('o1')] }))],
    ['a JSON name twice', '{"format":"throughline-plan/1","title":"a","title":"b"}'],
    ['an objective without key', asText(smallPlan({ objectives: [{ title: 'No key' }] }))],
    [
      'an ask of an unknown objective',
      asText(smallPlan({ dependencies: [ask('d1', 'nowhere', 'blue', 'requested')] })),
    ],
    [
      'a circle of hard needs',
      asText(
        smallPlan({
          dependencies: [
            { ...ask('d1', 'o1', 'blue', 'requested'), on: { team: 'blue', objective: 'o2' } },
            { ...ask('d2', 'o2', 'red', 'requested'), on: { team: 'red', objective: 'o1' } },
          ],
        }),
      ),
    ],
    [
      'prototype keys',
      '{"format":"throughline-plan/1","title":"x","__proto__":{"polluted":1},"teams":[],"objectives":[]}',
    ],
    ['a prototype key as identity', asText(smallPlan({ teams: [{ key: '__proto__', name: 'x' }] }))],
    [
      'a script as link',
      asText(smallPlan({ objectives: [objective('o1', { link: 'javascript:alert(1)' })] })),
    ],
    ['too deep', `{"format":"throughline-plan/1","source":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
    ['50 MB', asText(smallPlan({ padding: 'x'.repeat(50_000_000) }))],
    ['more than a board holds', manyTimes(60)],
  ];

  test.each(hostile)('[PL10] %s: refused whole, with reasons, and nothing done', async (_, body) => {
    const before = await everything();
    const outcome = await importFile(body);
    expect(outcome.ok).toBe(false);
    if (outcome.ok) return;
    expect(outcome.refusal.message.length).toBeGreaterThan(20);
    if (outcome.refusal.code === 'faulty-plan') expect(outcome.refusal.faults?.length).toBeGreaterThan(0);
    expect(await everything()).toEqual(before);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('[PL10] every fault is named with its path', async () => {
    const outcome = await importFile(
      asText(
        smallPlan({
          objectives: [objective('o1', { due: 7, weight: 99 }), objective('o2', { measures: 'none' })],
        }),
      ),
    );
    expect(outcome.ok ? [] : outcome.refusal.faults?.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['objectives[0].due', 'objectives[0].weight', 'objectives[1].measures']),
    );
  });

  test('[PL52] script in every text stays text', async () => {
    const file = smallPlan({
      title: script,
      teams: [{ key: 'red', name: script }],
      people: [{ key: 'ana', name: script }],
      priorities: [{ key: 'p1', title: script, why: script }],
      objectives: [
        objective('o1', {
          title: script,
          summary: script,
          why: script,
          team: 'red',
          owner: 'ana',
          doneMeans: script,
        }),
      ],
      dependencies: [{ ...ask('d1', 'o1', 'red', 'requested'), what: script, detail: script }],
    });
    value(await importFile(asText(file)));
    const { plan } = value(await world.planning.plan(world.ana, id));
    expect(plan.objectives[0]?.title).toContain('<img src=x onerror=alert(1)>');
    for (const format of ['md', 'svg'] as const) {
      expect(value(await world.planning.export(world.ana, id, format)).body).not.toContain('<img');
    }
    const csv = value(await world.planning.export(world.ana, id, 'csv')).body;
    expect(csv).not.toMatch(/(^|,)"?[=+\-@]/m);
  });

  test('[PL19] a board that is nearly full refuses what does not fit, whole', async () => {
    value(await importFile(manyTimes(20)));
    const before = await everything();
    const more = manyTimes(45).replaceAll(/"key":"([^"]+)"/g, '"key":"x-$1"');
    const file = JSON.parse(more) as ReturnType<typeof smallPlan>;
    const renamed = JSON.stringify({
      ...file,
      updates: [],
      objectives: file.objectives.map((it) => ({
        ...it,
        team: null,
        owner: null,
        contributors: [],
        priority: null,
      })),
      dependencies: file.dependencies.map((it) => ({
        ...it,
        objective: `x-${String(it.objective)}`,
        on: { team: `x-${(it.on as { team: string }).team}`, objective: null },
      })),
    });
    expect(code(await importFile(renamed))).toBe('board-full');
    expect(await everything()).toEqual(before);
  }, 60_000);
});

test('[PL53] a .tldr export holds only known shapes, and what they were', async () => {
  value(await importFile(realPlan()));
  const file = JSON.parse(value(await world.planning.export(world.ana, id, 'tldr')).body) as {
    tldrawFileFormatVersion: number;
    schema: { sequences: Record<string, number> };
    records: { typeName: string; type?: string; meta?: { throughline?: { type: string } } }[];
  };
  const types = new Set(file.records.filter(({ typeName }) => typeName === 'shape').map(({ type }) => type));
  expect([...types].sort()).toEqual(['arrow', 'frame', 'geo']);
  expect(file.records.filter(({ meta }) => meta?.throughline?.type === 'objective')).toHaveLength(42);
  expect(Object.keys(file.schema.sequences).join()).not.toMatch(/objective|area|priority|column/);
});
