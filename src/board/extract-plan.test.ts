import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  area,
  dependency,
  measure,
  moved,
  note,
  objective,
  priority,
} from '../../tests/support/board-records.ts';
import { parsePlanFile } from '../domain/plan/format/parse-plan-file.ts';
import { writePlanFile } from '../domain/plan/format/write-plan-file.ts';
import { extractPlan } from './extract-plan.ts';
import type { BoardRecord } from './schema/records.ts';
import type { Need } from './schema/dependency-meta.ts';
import { seedRecords } from './seed.ts';

const period = { label: 'Q1', start: '2026-01-01', end: '2026-03-31' };
const extract = (records: readonly BoardRecord[]) => extractPlan(records, { title: 'Q1', period });
const need: Need = {
  what: 'Review',
  detail: '',
  neededBy: null,
  hardness: 'hard',
  size: null,
  team: 'core',
  objective: null,
};

describe('the plan on a board', () => {
  test('[BD50] holds the facts of cards, and nothing of notes', () => {
    const { plan, problems, recordIds } = extract([
      ...seedRecords(),
      area('core', { title: 'Core team' }),
      priority('speed', { why: ' Faster ', rank: 1 }),
      objective(
        'a',
        { title: ' Launch ', notes: 'Words', owner: 'ana', priority: 'speed', measures: [measure('m')] },
        { parentId: 'shape:core' },
      ),
      note('idea'),
    ]);
    expect(problems).toEqual([]);
    expect(plan).toMatchObject({
      title: 'Q1',
      period,
      teams: [{ key: 'core', name: 'Core team' }],
      people: [{ key: 'ana', name: 'ana' }],
      priorities: [{ key: 'speed', title: 'speed', why: 'Faster', rank: 1 }],
      objectives: [
        { key: 'a', title: 'Launch', summary: 'Words', team: 'core', owner: 'ana', priority: 'speed' },
      ],
      dependencies: [],
    });
    expect(plan.objectives[0]?.measures[0]).not.toHaveProperty('order');
    expect(recordIds).toMatchObject({ teams: { core: 'shape:core' }, objectives: { a: 'shape:a' } });
  });

  test('[BD51] a card belongs to the team of the nearest team area it lies in, unless it names one', () => {
    const { plan } = extract([
      area('core'),
      moved(area('theme', { kind: 'shared', team: null }), { parentId: 'shape:core' }),
      objective('in-theme', {}, { parentId: 'shape:theme' }),
      objective('lent', { team: 'infra' }, { parentId: 'shape:core' }),
      objective('outside'),
    ]);
    expect(plan.objectives.map(({ key, team }) => [key, team])).toEqual([
      ['in-theme', 'core'],
      ['lent', 'infra'],
      ['outside', null],
    ]);
    expect(plan.teams.map(({ key }) => key)).toEqual(['core', 'infra']);
  });

  test('[BD52] a card in the Not doing area is not being done, whatever it says', () => {
    const { plan } = extract([
      area('no', { kind: 'not-doing', team: null }),
      objective('a', { status: 'in-plan' }, { parentId: 'shape:no' }),
    ]);
    expect(plan.objectives[0]?.status).toBe('not-doing');
  });

  test('[BD53] any arrow between two cards or areas is a dependency: the tail needs, the head provides', () => {
    const [plain, ...ends] = dependency('plain', 'a', 'b');
    const { plan } = extract([
      area('core'),
      area('infra'),
      objective('a', {}, { parentId: 'shape:core' }),
      objective('b', { title: 'Build farm' }, { parentId: 'shape:infra' }),
      ...dependency('ask', 'a', 'infra', { what: 'A review', neededBy: '2026-02-01', hardness: 'soft' }),
      ...dependency('edge', 'infra', 'a'),
      { ...plain, meta: {} } as BoardRecord,
      ...ends,
    ]);
    expect(plan.dependencies).toMatchObject([
      {
        key: 'ask',
        objective: 'a',
        fromTeam: 'core',
        on: { team: 'infra', objective: null },
        what: 'A review',
        neededBy: '2026-02-01',
        hardness: 'soft',
        state: null,
      },
      {
        key: 'card-plain',
        objective: 'a',
        on: { team: 'infra', objective: 'b' },
        what: 'Build farm',
        hardness: 'hard',
      },
      { key: 'edge', objective: null, fromTeam: 'infra', on: { team: 'core', objective: 'a' } },
    ]);
  });

  test('[BD53] an arrow to a note, or from a card to itself, is none; one that lost an end is told', () => {
    const { plan, problems } = extract([
      objective('a'),
      note('idea'),
      ...dependency('to-note', 'a', 'idea'),
      ...dependency('loop', 'a', 'a'),
      ...dependency('lost', 'a', 'gone').slice(0, 2),
    ]);
    expect(plan.dependencies).toEqual([]);
    expect(problems.map(({ code, key, severity }) => [code, key, severity])).toEqual([
      ['loose-arrow', 'loop', 'warning'],
      ['loose-arrow', 'lost', 'warning'],
      ['loose-arrow', 'to-note', 'warning'],
    ]);
  });

  test('[BD54] a need kept as a chip is a dependency like an arrow', () => {
    const card = {
      ...objective('a', {}, { parentId: 'shape:core' }),
      meta: { key: 'a', 'need:n': { ...need } },
    };
    const { plan, recordIds } = extract([area('core'), card]);
    expect(plan.dependencies).toMatchObject([
      { key: 'n', objective: 'a', fromTeam: 'core', on: { team: 'core' }, what: 'Review' },
    ]);
    expect(recordIds.dependencies).toEqual({ n: 'shape:a' });
  });

  test('[BD55] two cards with one key: one is in the plan, the other is told', () => {
    const { plan, problems } = extract([
      objective('a', { title: 'First' }),
      { ...objective('b'), meta: { key: 'a' } },
    ]);
    expect(plan.objectives.map(({ title }) => title)).toEqual(['First']);
    expect(problems).toMatchObject([{ code: 'duplicate-key', key: 'a', recordId: 'shape:b' }]);
  });

  test('[BD56] is the same wherever the cards lie', () => {
    const records = [area('core'), objective('a'), objective('b'), ...dependency('d', 'a', 'b')];
    const elsewhere = records.map((record) =>
      record.typeName === 'shape' ? moved(record, { x: 500, y: 7 }) : record,
    );
    expect(extract(elsewhere)).toEqual(extract(records));
  });
});

const names = ['a', 'b', 'c', '__proto__', 'toString'];
const anyName = fc.constantFrom(...names);
const anyText = fc.string({ unit: 'binary', maxLength: 8 });
const anyRecords = fc
  .array(
    fc.oneof(
      fc.record({ id: anyName, title: anyText }).map(({ id, title }) => [area(id, { title })]),
      fc
        .record({ id: anyName, key: anyName, title: anyText, owner: fc.option(anyName), parent: anyName })
        .map(({ id, key, title, owner, parent }) => [
          { ...objective(`o${id}`, { title, owner }, { parentId: `shape:${parent}` }), meta: { key } },
        ]),
      fc
        .record({ id: anyName, from: anyName, to: anyName })
        .map(({ id, from, to }) => dependency(`d${id}`, `o${from}`, to)),
    ),
    { maxLength: 12 },
  )
  .map((groups) => groups.flat() as BoardRecord[]);

const seed = 20251122;

test(`[BD56] extraction is total and deterministic for any board, and what it finds can be written and read (seed ${seed})`, () => {
  fc.assert(
    fc.property(anyRecords, (records) => {
      const whole = [...new Map(records.map((record) => [record.id as string, record])).values()];
      const found = extract(whole);
      expect(extract([...whole].reverse())).toEqual(found);
      const read = parsePlanFile(JSON.stringify(writePlanFile(found.plan)));
      const hasForbidden = JSON.stringify(found.plan).includes('__proto__');
      const isCircular =
        !read.ok && (read.refusal.faults ?? []).every(({ message }) => message.includes('circle'));
      expect(read.ok || hasForbidden || isCircular).toBe(true);
    }),
    { seed, numRuns: 500 },
  );
});
