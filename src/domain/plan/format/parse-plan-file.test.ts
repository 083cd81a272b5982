import { describe, expect, test } from 'vitest';
import { readPlan } from '../../../../tests/support/example-plans.ts';
import { parsePlanFile } from './parse-plan-file.ts';
import { planFileLimits } from './plan-file.ts';

type Fields = Record<string, unknown>;

const file = (over: Fields = {}): Fields => ({ format: 'throughline-plan/1', title: 'Plan', ...over });

/** Faults as `path message`; fails when the file was taken. */
function faultsOf(input: unknown): string[] {
  const read = parsePlanFile(input);
  if (read.ok) throw new Error('the file was taken');
  return (read.refusal.faults ?? []).map(({ path, message }) => `${path} ${message}`);
}

describe('what is refused', () => {
  test.each([
    ['nothing', ''],
    ['half a file', '{"format": "throughline-plan/1", "title"'],
    ['a web page', '<html></html>'],
    ['deep brackets', '['.repeat(100_000)],
  ])('[PN1] %s is not JSON, said so', (_what, text) => {
    expect(parsePlanFile(text)).toMatchObject({ ok: false, refusal: { code: 'not-json' } });
  });

  test.each([
    [null],
    [42],
    ['"plan"'],
    [[]],
    [{}],
    [{ format: 'throughline-plan/2' }],
    [Object.create(null)],
  ])('[PN1] %j is not a plan, said so with the path', (value) => {
    expect(parsePlanFile(value)).toMatchObject({
      ok: false,
      refusal: { code: 'not-a-plan', path: 'format' },
    });
  });

  test('[PN2] a file above 25 MB is refused by its size, in bytes, before it is read', () => {
    const wide = `{"format":"throughline-plan/1","title":"${'€'.repeat(9_000_000)}"}`;
    expect(wide.length).toBeLessThan(planFileLimits.bytes);
    expect(parsePlanFile(wide)).toMatchObject({ refusal: { code: 'too-large' } });
    expect(parsePlanFile('x'.repeat(50_000_000))).toMatchObject({ refusal: { code: 'too-large' } });
  });

  test('[PN3] every fault of a file is told, each with its path and reason', () => {
    const faults = faultsOf(
      file({
        title: 7,
        period: { label: 'Q1', start: 'soon', end: '2026-03-31' },
        teams: [{ name: 'A' }, {}, 'B'],
        priorities: [{ key: 'p', title: 'P', rank: 'first' }],
        objectives: [
          {
            key: 'o',
            title: 'O',
            weight: 11,
            status: 'maybe',
            measures: [{ kind: 'vibe' }],
            flagship: 'yes',
          },
          { key: 'o', title: ['x'], priority: 'nope', link: 'javascript:alert(1)', contributors: [1] },
        ],
        dependencies: [{ key: 'd', objective: 'gone', on: { objective: 'lost' }, size: 'huge' }],
        updates: [
          { objective: 'gone', date: 'yesterday', period: '2026-13', progress: { done: -1, total: 2 } },
        ],
        risks: [{ statement: 'no key' }],
      }),
    );
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'teams[1].key',
      'teams[2]',
      'teams[2].key',
      'period.start',
      'priorities[0].rank',
      'objectives[0].measures[0].kind',
      'objectives[0].status',
      'objectives[0].flagship',
      'objectives[0].weight',
      'objectives[1].key',
      'objectives[1].title',
      'objectives[1].contributors[0]',
      'objectives[1].link',
      'dependencies[0].objective',
      'dependencies[0].on.objective',
      'dependencies[0].size',
      'updates[0].objective',
      'updates[0].date',
      'updates[0].period',
      'updates[0].progress.done',
      'title',
      'objectives[1].priority',
      'risks[0].key',
    ]);
    expect(faults).toContain('objectives[0].weight must be between 1 and 10');
    expect(faults).toContain('title must be text, but is a number');
  });

  test('[PN4] a name that is there twice in one object is a fault: the last would silently win', () => {
    const text =
      '{"format":"throughline-plan/1","objectives":[{"key":"a","title":"one","ti\\u0074le":"two"}]}';
    expect(faultsOf(text)).toEqual(['objectives[0].title is there twice']);
  });

  test.each([
    'teams',
    'people',
    'priorities',
    'objectives',
    'dependencies',
    'risks',
    'decisions',
    'assumptions',
  ])('[PN4] two %s with one key are a fault', (list) => {
    const twin = { key: 'same', name: 'x', title: 'x' };
    expect(faultsOf(file({ [list]: [twin, twin] }))).toContain(
      `${list}[1].key is "same", which an earlier object has already`,
    );
  });

  test.each(['__proto__', 'constructor', 'prototype'])(
    '[PN5] the name %s is refused wherever it stands',
    (name) => {
      const inside = JSON.stringify({ format: 'throughline-plan/1', source: { deep: [{ x: 1 }] } }).replace(
        '"x"',
        `"${name}"`,
      );
      expect(faultsOf(inside)).toEqual([`source.deep[0].${name} is a name that is not allowed`]);
      expect(faultsOf(file({ objectives: [{ key: name }] }))[0]).toContain(name);
      expect(Object.prototype).not.toHaveProperty('x');
    },
  );

  test('[PN5] nesting beyond 32 levels is a fault, not a crash', () => {
    let deep: unknown = 'end';
    for (let i = 0; i < 5_000; i += 1) deep = [deep];
    expect(faultsOf(file({ source: deep }))[0]).toContain('is nested deeper than 32 levels');
  });

  test('[PN6] a circle of hard needs is a fault that names the circle', () => {
    const objectives = ['a', 'b', 'c'].map((key) => ({ key, title: key }));
    const need = (objective: string, on: string, hardness?: string) => ({
      ...{ key: `${objective}-${on}`, objective, on: { objective: on } },
      ...(hardness ? { hardness } : {}),
    });
    const circle = [need('b', 'c'), need('a', 'b'), need('c', 'a')];
    expect(faultsOf(file({ objectives, dependencies: circle }))).toEqual([
      'dependencies[1] closes a circle of hard needs: a needs b needs c needs a',
    ]);
    const soft = [need('b', 'c'), need('a', 'b'), need('c', 'a', 'soft')];
    expect(readPlan(file({ objectives, dependencies: soft })).plan.dependencies).toHaveLength(3);
    expect(faultsOf(file({ objectives, dependencies: [need('a', 'a')] }))[0]).toContain(
      'can not wait for itself',
    );
  });

  test('[PN2] texts, lists and whole plans beyond what a board holds are faults', () => {
    expect(faultsOf(file({ objectives: [{ key: 'a', title: 'x'.repeat(1_001) }] }))[0]).toContain(
      '1001 characters',
    );
    const measures = Array.from({ length: 101 }, (_, i) => ({ key: `m${i}` }));
    expect(faultsOf(file({ objectives: [{ key: 'a', measures }] }))[0]).toContain('at most 100');
    const objectives = Array.from({ length: 25_001 }, (_, i) => ({ key: `o${i}` }));
    expect(faultsOf(file({ objectives }))[0]).toContain('a board holds 25000');
  });

  test('[PN3] a million faults are counted, a thousand told', () => {
    const faults = faultsOf(file({ objectives: Array.from({ length: 3_000 }, () => 5) }));
    expect(faults).toHaveLength(planFileLimits.faults + 1);
    expect(faults.at(-1)).toContain('more faults');
  });
});
