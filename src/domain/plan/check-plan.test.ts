import { describe, expect, test } from 'vitest';
import { aDependency, aMeasure, anObjective, aPlan, aPriority } from '../../../tests/support/plans.ts';
import { checkPlan } from './check-plan.ts';
import { diffPlans } from './diff-plans.ts';
import { findHardCycles } from './hard-cycles.ts';
import { mintKey } from './mint-key.ts';
import { isOwnTeamNeed, neededBy } from './needed-by.ts';

const quarter = { label: 'Q1', start: '2026-01-01', end: '2026-03-31' };

/** `severity code key` of every problem. */
const problems = (...from: Parameters<typeof checkPlan>): string[] =>
  checkPlan(...from).map(({ severity, code, key }) => `${severity} ${code} ${key ?? '-'}`);

describe('checking a plan', () => {
  test('[PN20] a plan with owner, date, measure, team and priority has no problem', () => {
    const plan = aPlan({ priorities: [aPriority('p')], objectives: [anObjective('a', { priority: 'p' })] });
    expect(checkPlan(plan, { people: new Set(['ana']), agreements: {}, hasCadence: true })).toEqual([]);
  });

  test('[PN21] what blocks an objective in the plan is only a warning on a draft, and nothing when it is not being done', () => {
    const bare = { owner: null, due: null, team: null, measures: [], title: '' };
    const of = (status: 'in-plan' | 'draft' | 'not-doing') =>
      problems(aPlan({ objectives: [anObjective('a', { ...bare, status })] }));
    const rest = ['warning no-title a', 'warning no-measure a', 'warning no-team a'];
    expect(of('in-plan')).toEqual([
      'blocking no-owner a',
      'blocking no-date a',
      ...rest,
      'warning no-priorities -',
    ]);
    expect(of('draft')).toEqual(['warning no-owner a', 'warning no-date a', ...rest]);
    expect(of('not-doing')).toEqual([]);
  });

  test('[PN21] no date blocks only on a board without period', () => {
    const objectives = [anObjective('a', { due: null, priority: 'p' })];
    const plan = aPlan({ objectives, priorities: [aPriority('p')], period: quarter });
    expect(problems(plan)).toEqual(['warning no-date a']);
    expect(problems({ ...plan, period: null })).toEqual(['blocking no-date a']);
  });

  test('[PN21] a ticked draft is judged like a promise, an unticked one is not', () => {
    const plan = aPlan({
      objectives: [anObjective('a', { owner: null, status: 'draft' }), anObjective('b', { owner: null })],
      priorities: [],
    });
    expect(problems(plan, { include: new Set(['a']) }).slice(0, 2)).toEqual([
      'blocking no-owner a',
      'warning no-owner b',
    ]);
  });

  test('[PN21] an owner who is not of the organisation blocks', () => {
    const plan = aPlan({ objectives: [anObjective('a', { owner: 'eve' })] });
    expect(problems(plan, { people: new Set(['ana']) })).toContain('blocking owner-outside a');
  });

  test('[PN21] no check-in cadence blocks', () => {
    expect(problems(aPlan(), { hasCadence: false })).toEqual(['blocking no-cadence -']);
  });

  test.each([
    [3, []],
    [4, ['warning too-many-priorities core']],
    [5, ['warning too-many-priorities core']],
    [6, ['blocking too-many-priorities core']],
  ])('[PN22] %i priorities in one team: %j', (count, expected) => {
    const keys = Array.from({ length: count }, (_, i) => `p${i}`);
    const plan = aPlan({
      teams: [{ key: 'core', name: 'Core' }],
      priorities: keys.map((key) => aPriority(key)),
      // Two objectives for each: priorities are counted, never objectives.
      objectives: keys.flatMap((key) => [
        anObjective(`${key}a`, { priority: key }),
        anObjective(`${key}b`, { priority: key }),
      ]),
    });
    expect(problems(plan)).toEqual(expected);
  });

  test('[PN23] a priority nobody serves, and an objective that serves none or a vanished one, are warnings', () => {
    const plan = aPlan({
      priorities: [aPriority('p'), aPriority('q')],
      objectives: [
        anObjective('a', { priority: 'p' }),
        anObjective('b'),
        anObjective('c', { priority: 'gone' }),
      ],
    });
    expect(problems(plan)).toEqual([
      'warning no-priority b',
      'warning unknown-priority c',
      'warning idle-priority q',
    ]);
  });

  test('[PN24] a hard need blocks until it is accepted, owned as a risk, or withdrawn', () => {
    const plan = aPlan({ objectives: [anObjective('a')], dependencies: [aDependency('d', 'a')] });
    const blocked = (state: string, ownedAsRisk = false) =>
      problems(plan, { agreements: { d: { state, ownedAsRisk, promisedFor: null } } }).includes(
        'blocking hard-need-open d',
      );
    expect(
      ['draft', 'requested', 'countered', 'declined', 'revoked'].filter((state) => !blocked(state)),
    ).toEqual([]);
    expect(['accepted', 'delivered', 'confirmed', 'withdrawn'].filter((state) => blocked(state))).toEqual([]);
    expect(blocked('requested', true)).toBe(false);
    expect(problems(plan, { agreements: {} })).toContain('blocking hard-need-open d');
  });

  test('[PN24] a soft need without answer is a warning; a need within one team is asked nothing', () => {
    const soft = aDependency('d', 'a', { hardness: 'soft' });
    const own = aDependency('own', 'a', { on: { team: 'core', objective: null } });
    const plan = aPlan({ objectives: [anObjective('a')], dependencies: [soft, own] });
    expect(problems(plan, { agreements: {} })).toEqual([
      'warning no-priorities -',
      'warning need-unanswered d',
    ]);
    expect(isOwnTeamNeed(own)).toBe(true);
  });

  test('[PN25] promised later than needed is a warning, needed by default when the objective is due', () => {
    const dependency = aDependency('d', 'a');
    const plan = aPlan({ objectives: [anObjective('a', { due: '2026-02-15' })], dependencies: [dependency] });
    const late = (promisedFor: string) =>
      problems(plan, { agreements: { d: { state: 'accepted', ownedAsRisk: false, promisedFor } } });
    expect(late('2026-02-16')).toContain('warning promised-late d');
    expect(late('2026-02-15')).not.toContain('warning promised-late d');
    expect(neededBy(plan, { ...dependency, neededBy: '2026-01-10' })).toBe('2026-01-10');
    expect(neededBy({ objectives: [], period: quarter }, dependency)).toBe('2026-03-31');
    expect(neededBy({ objectives: [], period: null }, dependency)).toBeNull();
  });

  test('[PN26] a circle blocks when all of it is hard, else it is a warning', () => {
    const on = (objective: string) => ({ on: { team: null, objective } });
    const plan = (hardness: 'hard' | 'soft') =>
      aPlan({
        objectives: [anObjective('a'), anObjective('b')],
        dependencies: [aDependency('ab', 'a', on('b')), aDependency('ba', 'b', { ...on('a'), hardness })],
      });
    expect(problems(plan('hard'))).toContain('blocking hard-cycle a');
    expect(problems(plan('soft'))).toContain('warning cycle a');
    expect(problems(plan('soft'))).not.toContain('blocking hard-cycle a');
  });

  test('[PN26] a long chain is no circle and overflows nothing', () => {
    const chain = Array.from({ length: 20_000 }, (_, i) =>
      aDependency(`d${i}`, `o${i}`, { on: { team: null, objective: `o${i + 1}` } }),
    );
    expect(findHardCycles(chain)).toEqual([]);
    const closed = [...chain, aDependency('back', 'o20000', { on: { team: null, objective: 'o0' } })];
    expect(findHardCycles(closed)[0]?.objectives).toHaveLength(20_001);
  });

  test('[PN27] the same need twice, a need without objective, without provider or without words are warnings', () => {
    const plan = aPlan({
      priorities: [aPriority('p')],
      objectives: [anObjective('a', { priority: 'p' })],
      dependencies: [
        aDependency('d1', 'a', { what: 'Review', detail: 'x' }),
        aDependency('d2', 'a', { what: 'Review', detail: 'x' }),
        aDependency('d3', 'a', { what: 'Review', detail: 'y' }),
        aDependency('d4', null),
        aDependency('d5', 'a', { what: '' }),
        aDependency('d6', 'a', { on: { team: null, objective: null } }),
      ],
    });
    expect(problems(plan)).toEqual([
      'warning need-without-objective d4',
      'warning need-without-what d5',
      'warning need-without-provider d6',
      'warning need-twice d2',
    ]);
  });

  test('[PN28] a problem points at its card', () => {
    const plan = aPlan({ objectives: [anObjective('a', { owner: null })] });
    const [problem] = checkPlan(plan, { recordIds: { objectives: { a: 'shape:1' } } });
    expect(problem).toMatchObject({ code: 'no-owner', about: 'objective', key: 'a', recordId: 'shape:1' });
  });
});

describe('comparing two plans', () => {
  test('[PN30] says what was added, removed, changed field by field, and moved between teams', () => {
    const before = aPlan({
      priorities: [aPriority('p')],
      objectives: [
        anObjective('a', { measures: [aMeasure('m1'), aMeasure('m2')] }),
        anObjective('b'),
        anObjective('gone'),
      ],
      dependencies: [aDependency('d', 'a')],
    });
    const after = aPlan({
      priorities: [aPriority('p', { title: 'New words' })],
      objectives: [
        anObjective('a', { due: '2026-03-01', measures: [aMeasure('m1', { done: true }), aMeasure('m3')] }),
        anObjective('b', { team: 'other' }),
        anObjective('new'),
      ],
      dependencies: [aDependency('d', 'a', { on: { team: 'infra', objective: 'b' } })],
    });
    const diff = diffPlans(before, after);
    expect(diff.added).toEqual([{ kind: 'objective', key: 'new', title: 'new', team: 'core' }]);
    expect(diff.removed.map(({ key }) => key)).toEqual(['gone']);
    expect(diff.moved).toMatchObject([{ key: 'b', from: 'core', to: 'other' }]);
    expect(diff.changed.map(({ kind, key, fields }) => ({ kind, key, fields }))).toEqual([
      { kind: 'priority', key: 'p', fields: [{ field: 'title', before: 'p', after: 'New words' }] },
      {
        kind: 'objective',
        key: 'a',
        fields: [
          { field: 'due', before: '2026-02-28', after: '2026-03-01' },
          { field: 'measures.m1.done', before: false, after: true },
          { field: 'measures.m2', before: 'm2', after: null },
          { field: 'measures.m3', before: null, after: 'm3' },
        ],
      },
      { kind: 'dependency', key: 'd', fields: [{ field: 'on.objective', before: null, after: 'b' }] },
    ]);
  });

  test('[PN30] a plan does not differ from itself in another order, whatever the server says of its asks', () => {
    const plan = aPlan({
      objectives: [anObjective('a'), anObjective('b')],
      dependencies: [aDependency('d', 'a')],
    });
    const turned = {
      ...plan,
      objectives: [...plan.objectives].reverse(),
      dependencies: plan.dependencies.map((it) => ({ ...it, state: 'accepted' })),
    };
    expect(diffPlans(plan, turned)).toEqual({ added: [], removed: [], changed: [], moved: [] });
  });
});

describe('keys', () => {
  test('[PN31] a minted key is eight letters and digits, never a taken one, and comes to an end with any source', () => {
    expect(mintKey(() => 0.5)).toBe('ssssssss');
    expect(
      mintKey(
        () => 0,
        (key) => key.length < 10,
      ),
    ).toBe('aaaaaaaaaa');
    let state = 0;
    const keys = Array.from({ length: 1_000 }, () => mintKey(() => (state = (state * 9301 + 0.49297) % 1)));
    expect(keys.every((key) => /^[a-z2-9]{8}$/.test(key))).toBe(true);
  });
});
