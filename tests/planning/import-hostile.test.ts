import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { everything } from './everything.ts';
import { ask, asText, manyTimes, objective, smallPlan } from './plan-files.ts';
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

const importFile = (body: string) => world.planning.importFile(world.ana, id, body);

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
    const before = await everything(world, id);
    const outcome = await importFile(body);
    expect(outcome.ok).toBe(false);
    if (outcome.ok) return;
    expect(outcome.refusal.message.length).toBeGreaterThan(20);
    if (outcome.refusal.code === 'faulty-plan') expect(outcome.refusal.faults?.length).toBeGreaterThan(0);
    expect(await everything(world, id)).toEqual(before);
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
    const before = await everything(world, id);
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
    expect(await everything(world, id)).toEqual(before);
  }, 60_000);
});
