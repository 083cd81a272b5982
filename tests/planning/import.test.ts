import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { boardUpdate, dependency } from '../../server/store/schema.ts';
import { parsePlanFile } from '../../src/domain/plan/format/parse-plan-file.ts';
import { everything } from './everything.ts';
import { ask, asText, objective, realPlan, smallPlan } from './plan-files.ts';
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

  test('[PL15] asks become records with the state of the file, and nobody is waited for', async () => {
    value(await importFile(realPlan()));
    const rows = await world.store.db.select().from(dependency).where(eq(dependency.boardId, id));
    const states = Object.groupBy(rows, ({ status }) => status);
    // Those of the two declined objectives are withdrawn.
    const ofDeclined = rows.filter((row) => /^(field-projections|spec-testing)\//.test(row.objectKey)).length;
    expect(ofDeclined).toBeGreaterThan(0);
    expect({
      requested: states.requested?.length,
      delivered: states.delivered?.length,
      withdrawn: states.withdrawn?.length,
    }).toEqual({ requested: 148 - ofDeclined, delivered: 6, withdrawn: ofDeclined });
    expect(rows.map(({ respondBy }) => respondBy)).toEqual(rows.map(() => null));
    expect(await world.tracking.inbox(world.ana)).toMatchObject({ toAnswer: [], iWaitOn: [] });
  });

  test('[PL11] the second time nothing changes, not even a byte', async () => {
    value(await importFile(realPlan()));
    const before = await everything(world, id);
    const report = value(await importFile(realPlan()));
    expect(report).toMatchObject({ added: [], changed: [], newTeams: 0, newPeople: 0 });
    expect(report.unchanged).toHaveLength(1 + 42 + 154);
    expect(await everything(world, id)).toEqual(before);
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
