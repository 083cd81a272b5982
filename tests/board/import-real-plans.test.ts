import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { applyChanges, createBoard, newDocument, readRecords } from '../../src/board/document.ts';
import { extractPlan } from '../../src/board/extract-plan.ts';
import { crossedCards, overlaps } from '../../src/board/layout-quality.ts';
import { planToChanges } from '../../src/board/import/plan-to-changes.ts';
import { repair } from '../../src/board/repair/repair.ts';
import { isArea, isArrow, isObjective, type BoardRecord } from '../../src/board/schema/records.ts';
import type { ObjectiveShape } from '../../src/board/schema/shapes.ts';
import { seedRecords } from '../../src/board/seed.ts';
import { quarterlyPlanningBoard } from '../../src/board/template/quarterly-planning.ts';
import { diffPlans } from '../../src/domain/plan/diff-plans.ts';
import type { PlanFile } from '../../src/domain/plan/format/plan-file.ts';
import { writePlanFile } from '../../src/domain/plan/format/write-plan-file.ts';
import { area, find, objective } from '../support/board-records.ts';
import { counter, exampleText, exampleValue, readPlan } from '../support/example-plans.ts';
import { scalePlan } from '../support/scale-plan.ts';

function importInto(records: readonly BoardRecord[], file: PlanFile, prefix = 't') {
  const doc = newDocument();
  createBoard(doc, records);
  const planned = planToChanges(readRecords(doc).records, file, { mint: counter(prefix) });
  applyChanges(doc, planned.changes);
  const after = readRecords(doc);
  expect(after.hidden).toEqual([]);
  return { doc, planned, records: after.records };
}

const again = (records: readonly BoardRecord[], file: PlanFile) =>
  planToChanges(records, file, { mint: counter('u') });

const planOf = (records: readonly BoardRecord[], file: PlanFile) =>
  extractPlan(records, { title: file.plan.title, period: file.plan.period, people: file.plan.people });

describe.each(['2025h1', '2024h2'] as const)('the Rust project goals of %s', (name) => {
  const file = readPlan(exampleText(name));

  test('[BD30] import and extraction give back the plan of the file', () => {
    const { records } = importInto(seedRecords(), file);
    const { plan, problems } = planOf(records, file);
    expect(problems).toEqual([]);
    expect(diffPlans(file.plan, plan)).toEqual({ added: [], removed: [], changed: [], moved: [] });
    expect(plan.teams.map(({ key }) => key)).toEqual(file.plan.teams.map(({ key }) => key).sort());
    expect(plan.objectives).toHaveLength(file.plan.objectives.length);
    expect(plan.dependencies).toHaveLength(file.plan.dependencies.length);
  });

  test('[BD31] imported twice nothing changes', () => {
    const { records, planned } = importInto(seedRecords(), file);
    const second = again(records, file);
    expect(second.changes).toEqual({ put: [], remove: [] });
    expect(second.added).toEqual([]);
    expect(second.changed).toEqual([]);
    expect([...second.unchanged].sort()).toEqual([...planned.added].sort());
  });

  test('[BD32] exported and imported into another board it is the same plan, history and unknown fields included', () => {
    const { records } = importInto(seedRecords(), file);
    const states = Object.fromEntries(file.plan.dependencies.map(({ key, state }) => [key, state]));
    const { plan } = planOf(records, file);
    const exported = readPlan(JSON.stringify(writePlanFile(plan, { ...file.rest, states })));
    expect(exported.rest).toEqual(file.rest);
    const second = importInto(seedRecords(), exported, 'v');
    expect(planOf(second.records, file).plan).toEqual(plan);
    expect(again(records, exported).changes).toEqual({ put: [], remove: [] });
  });

  test('[BD33] nothing overlaps anything and every card lies inside its area', () => {
    const { records } = importInto(seedRecords(), file);
    expect(overlaps(records)).toEqual([]);
  });

  test('[BD34] the import needs no repair', () => {
    const { records } = importInto(seedRecords(), file);
    expect(repair(records)).toEqual({ put: [], remove: [] });
  });

  test('[BD35] into a template board with cards on it: its areas are used, grow, and still nothing overlaps', () => {
    const teams = file.plan.teams.slice(0, 6);
    const own = objective('own', {}, { parentId: 'shape:area-team-1', x: 30, y: 60 });
    const template = [...quarterlyPlanningBoard({ teams, period: file.plan.period }), own];
    const { records } = importInto(template, file);
    expect(overlaps(records)).toEqual([]);
    expect(records.filter(isArea).filter(({ props }) => props.team === teams[0]?.key)).toHaveLength(1);
    expect(find<ObjectiveShape>(records, 'shape:own')).toMatchObject({ x: 30, y: 60 });
    expect(again(records, file).changes).toEqual({ put: [], remove: [] });
  });
});

test.each([
  ['2025h1', [42, 19, 154, 284, 58]],
  ['2024h2', [31, 12, 75, 85, 35]],
] as const)('[BD30] the example of %s is whole: objectives, teams, asks, updates, people', (name, counts) => {
  const { plan, rest } = readPlan(exampleText(name));
  const { objectives, teams, dependencies, people } = plan;
  expect([objectives, teams, dependencies, rest.updates, people].map(({ length }) => length)).toEqual(counts);
});

describe('what the board shows of a plan', () => {
  const file = readPlan(exampleText('2025h1'));
  const { records } = importInto(seedRecords(), file);
  const { plan } = file;

  test('[BD36] a need of the own team is a chip on its card, every other one an arrow to the card or area', () => {
    const doing = new Set(
      plan.objectives.filter(({ status }) => status !== 'not-doing').map(({ key }) => key),
    );
    const across = plan.dependencies.filter(
      (it) => it.fromTeam !== it.on.team && doing.has(it.objective ?? ''),
    );
    const arrows = records.filter(isArrow);
    expect(arrows.map(({ meta }) => meta.key).sort()).toEqual(across.map(({ key }) => key).sort());
    const chips = records
      .filter(isObjective)
      .flatMap(({ meta }) => Object.keys(meta).filter((it) => it !== 'key'));
    expect(chips).toHaveLength(plan.dependencies.length - across.length);
  });

  test('[BD37] a declined objective lies in the Not doing area and keeps its team', () => {
    const area = records.filter(isArea).find(({ props }) => props.kind === 'not-doing');
    const cards = records.filter(isObjective).filter(({ parentId }) => parentId === (area?.id as string));
    expect(cards.map(({ meta }) => meta.key).sort()).toEqual(['field-projections', 'spec-testing']);
    expect(cards.every(({ props }) => props.status === 'not-doing' && props.team !== null)).toBe(true);
  });

  test('[BD37] objectives without a team lie in an area of that name', () => {
    const older = importInto(seedRecords(), readPlan(exampleText('2024h2')));
    const withoutTeam = scalePlan(exampleValue('2024h2'), 1);
    const objectives = (withoutTeam.objectives as object[]).map((it, i) =>
      i === 0 ? { ...it, team: null } : it,
    );
    const { records: after } = importInto(seedRecords(), readPlan({ ...withoutTeam, objectives }));
    const holder = after.filter(isArea).find(({ meta }) => meta.role === 'without-team');
    expect(holder?.props.title).toBe('Without a team');
    expect(after.filter(isObjective).some(({ parentId }) => parentId === (holder?.id as string))).toBe(true);
    expect(older.records.filter(isArea).some(({ meta }) => meta.role === 'without-team')).toBe(false);
  });

  test('[BD38] cards stand in columns by month, those without a date last', () => {
    const due = (i: number) =>
      ['2025-03', null, '2025-01', '2025-02-10', '2025-02', '2025-01-31'][i % 6] ?? null;
    const value = exampleValue('2025h1');
    const objectives = (value.objectives as object[]).map((it, i) => ({ ...it, team: 'lang', due: due(i) }));
    const dated = importInto(seedRecords(), readPlan({ ...value, objectives })).records;
    expect(overlaps(dated)).toEqual([]);
    const lang = dated.filter(isArea).find(({ props }) => props.team === 'lang');
    const cards = dated.filter(isObjective).filter(({ parentId }) => parentId === (lang?.id as string));
    const byX = [...cards].sort((a, b) => a.x - b.x).map(({ props }) => props.due?.slice(0, 7) ?? 'none');
    expect(byX).toEqual([...byX].sort());
    expect(new Set(byX)).toEqual(new Set(['2025-01', '2025-02', '2025-03', 'none']));
  });

  test('[BD39] the cards an arrow crosses are few: median and most are measured', () => {
    const crossed = crossedCards(records).sort((a, b) => a - b);
    const median = crossed[Math.floor(crossed.length / 2)] ?? 0;
    console.info(
      `cards crossed by an arrow: median ${median}, most ${crossed.at(-1)}, of ${crossed.length} arrows`,
    );
    expect(median).toBeLessThanOrEqual(6);
  });
});

describe('a newer file', () => {
  const value = exampleValue('2025h1');
  const file = readPlan(value);
  const { records } = importInto(seedRecords(), file);

  const changed = (change: (objective: Record<string, unknown>) => Record<string, unknown>): PlanFile => {
    const objectives = (value.objectives as Record<string, unknown>[]).map((it) =>
      it.key === 'async' ? change(it) : it,
    );
    return readPlan({ ...value, objectives });
  };

  test('[BD31] updates what it speaks of and says which fields', () => {
    const planned = again(
      records,
      changed((it) => ({ ...it, title: 'Async, again', due: '2025-05' })),
    );
    expect(planned.changed).toEqual(['async']);
    expect(planned.fields).toEqual({ async: ['title', 'due'] });
    expect(planned.changes.put).toHaveLength(1);
    expect(planned.changes.put[0]).toMatchObject({ props: { title: 'Async, again', due: '2025-05-31' } });
  });

  test('[BD31] leaves alone what people added on the board', () => {
    const card = records.filter(isObjective).find(({ meta }) => meta.key === 'async');
    if (!card) throw new Error('no card async');
    const props = { ...card.props, due: '2025-04-01', weight: 9, priority: 'speed', doneMeans: 'Shipped' };
    const edited = records.map((record) => (record.id === card.id ? { ...card, props } : record));
    expect(again([...edited, objective('drawn-here')], file).changes).toEqual({ put: [], remove: [] });
  });

  test('[BD31] a card moves when the file gives it to another team; arrows become chips where they must', () => {
    const planned = again(
      records,
      changed((it) => ({ ...it, team: 'libs' })),
    );
    const doc = newDocument();
    createBoard(doc, records);
    applyChanges(doc, planned.changes);
    const after = readRecords(doc).records;
    expect(planned.fields.async).toEqual(['team']);
    expect(overlaps(after)).toEqual([]);
    const target = readPlan({
      ...value,
      objectives: (value.objectives as Record<string, unknown>[]).map((it) =>
        it.key === 'async' ? { ...it, team: 'libs' } : it,
      ),
    });
    expect(diffPlans(target.plan, planOf(after, target).plan)).toEqual({
      added: [],
      removed: [],
      changed: [],
      moved: [],
    });
  });

  test('[BD31] a card that is declined goes to Not doing, and comes back', () => {
    const declined = again(
      records,
      changed((it) => ({ ...it, status: 'declined' })),
    );
    const doc = newDocument();
    createBoard(doc, records);
    applyChanges(doc, declined.changes);
    const away = readRecords(doc).records;
    expect(planOf(away, file).plan.objectives.find(({ key }) => key === 'async')).toMatchObject({
      status: 'not-doing',
      team: file.plan.objectives.find(({ key }) => key === 'async')?.team,
    });
    applyChanges(doc, again(away, file).changes);
    const back = planOf(readRecords(doc).records, file).plan;
    expect(diffPlans(file.plan, back)).toEqual({ added: [], removed: [], changed: [], moved: [] });
  });

  test('[BD40] a plan the board could not hold changes nothing and says why', () => {
    const detail = 'x'.repeat(19_000);
    const asks = Array.from({ length: 60 }, (_, i) => ({
      key: `d${i}`,
      objective: 'a',
      on: { team: 't' },
      what: 'x',
      detail,
    }));
    const heavy = readPlan({
      format: 'throughline-plan/1',
      objectives: [{ key: 'a', title: 'A', team: 't' }],
      dependencies: asks,
    });
    const planned = planToChanges(seedRecords(), heavy, { mint: counter() });
    expect(planned.changes).toEqual({ put: [], remove: [] });
    expect(planned.problems.map(({ severity }) => severity)).toContain('blocking');
  });
});

describe('size', () => {
  test('[BD41] 655 objectives, 41 teams and 1,554 dependencies import in under 10 s, without overlap', () => {
    const scaled = scalePlan(exampleValue('2025h1'), 16, { copyTeams: true, teams: 41 });
    const dependencies = (scaled.dependencies as unknown[]).slice(0, 1_554);
    const objectives = (scaled.objectives as unknown[]).slice(0, 655);
    const inFile = new Set((objectives as { key: string }[]).map(({ key }) => key));
    const teams = [...(scaled.teams as unknown[]), ...['x', 'y', 'z'].map((key) => ({ key, name: key }))];
    const file = readPlan({
      ...scaled,
      ...{ objectives, teams },
      dependencies: (dependencies as { objective: string }[]).filter(({ objective: key }) => inFile.has(key)),
      updates: [],
    });
    expect([file.plan.objectives.length, file.plan.teams.length, file.plan.dependencies.length]).toEqual([
      655, 41, 1_554,
    ]);
    const start = performance.now();
    const { records, doc } = importInto(seedRecords(), file);
    const took = performance.now() - start;
    console.info(`655 objectives: ${took.toFixed(0)} ms, ${Y.encodeStateAsUpdate(doc).length} bytes`);
    expect(took).toBeLessThan(10_000);
    expect(overlaps(records)).toEqual([]);
    expect(again(records, file).changes).toEqual({ put: [], remove: [] });
  }, 60_000);

  test('[BD41] the 2025H1 plan takes a moment', () => {
    const file = readPlan(exampleText('2025h1'));
    const start = performance.now();
    importInto([...seedRecords(), area('elsewhere')], file);
    const took = performance.now() - start;
    console.info(`2025H1: ${took.toFixed(0)} ms`);
    // The goal of a second is the benchmark's, on a quiet machine; here a growth beyond all proportion is found.
    expect(took).toBeLessThan(10_000);
  });
});
