import { describe, expect, test } from 'vitest';
import { parsePlanFile } from './parse-plan-file.ts';
import { planFileLimits } from './plan-file.ts';
import { writePlanFile } from './write-plan-file.ts';

type Fields = Record<string, unknown>;

const file = (over: Fields = {}): Fields => ({ format: 'throughline-plan/1', title: 'Plan', ...over });

/** Faults as `path message`; fails when the file was taken. */
function faultsOf(input: unknown): string[] {
  const read = parsePlanFile(input);
  if (read.ok) throw new Error('the file was taken');
  return (read.refusal.faults ?? []).map(({ path, message }) => `${path} ${message}`);
}

function planOf(input: unknown) {
  const read = parsePlanFile(input);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  return read.value;
}

describe('what is refused', () => {
  test.each([
    ['nothing', ''],
    ['half a file', '{"format": "throughline-plan/1", "title"'],
    ['a web page', '<html></html>'],
    ['deep brackets', '['.repeat(100_000)],
  ])('[PL1] %s is not JSON, said so', (_what, text) => {
    expect(parsePlanFile(text)).toMatchObject({ ok: false, refusal: { code: 'not-json' } });
  });

  test.each([[null], [42], ['"plan"'], [[]], [{}], [{ format: 'throughline-plan/2' }], [Object.create(null)]])(
    '[PL1] %j is not a plan, said so with the path',
    (value) => {
      expect(parsePlanFile(value)).toMatchObject({ ok: false, refusal: { code: 'not-a-plan', path: 'format' } });
    },
  );

  test('[PL2] a file above 25 MB is refused by its size, in bytes, before it is read', () => {
    const wide = `{"format":"throughline-plan/1","title":"${'€'.repeat(9_000_000)}"}`;
    expect(wide.length).toBeLessThan(planFileLimits.bytes);
    expect(parsePlanFile(wide)).toMatchObject({ refusal: { code: 'too-large' } });
    expect(parsePlanFile('x'.repeat(50_000_000))).toMatchObject({ refusal: { code: 'too-large' } });
  });

  test('[PL3] every fault of a file is told, each with its path and reason', () => {
    const faults = faultsOf(
      file({
        title: 7,
        period: { label: 'Q1', start: 'soon', end: '2026-03-31' },
        teams: [{ name: 'A' }, {}, 'B'],
        priorities: [{ key: 'p', title: 'P', rank: 'first' }],
        objectives: [
          { key: 'o', title: 'O', weight: 11, status: 'maybe', measures: [{ kind: 'vibe' }], flagship: 'yes' },
          { key: 'o', title: ['x'], priority: 'nope', link: 'javascript:alert(1)', contributors: [1] },
        ],
        dependencies: [{ key: 'd', objective: 'gone', on: { objective: 'lost' }, size: 'huge' }],
        updates: [{ objective: 'gone', date: 'yesterday', period: '2026-13', progress: { done: -1, total: 2 } }],
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

  test('[PL4] a name that is there twice in one object is a fault: the last would silently win', () => {
    const text = '{"format":"throughline-plan/1","objectives":[{"key":"a","title":"one","ti\\u0074le":"two"}]}';
    expect(faultsOf(text)).toEqual(['objectives[0].title is there twice']);
  });

  test.each(['teams', 'people', 'priorities', 'objectives', 'dependencies', 'risks', 'decisions', 'assumptions'])(
    '[PL4] two %s with one key are a fault',
    (list) => {
      const twin = { key: 'same', name: 'x', title: 'x' };
      expect(faultsOf(file({ [list]: [twin, twin] }))).toContain(
        `${list}[1].key is "same", which an earlier object has already`,
      );
    },
  );

  test.each(['__proto__', 'constructor', 'prototype'])('[PL5] the name %s is refused wherever it stands', (name) => {
    const inside = JSON.stringify({ format: 'throughline-plan/1', source: { deep: [{ x: 1 }] } }).replace('"x"', `"${name}"`);
    expect(faultsOf(inside)).toEqual([`source.deep[0].${name} is a name that is not allowed`]);
    expect(faultsOf(file({ objectives: [{ key: name }] }))[0]).toContain(name);
    expect(Object.prototype).not.toHaveProperty('x');
  });

  test('[PL5] nesting beyond 32 levels is a fault, not a crash', () => {
    let deep: unknown = 'end';
    for (let i = 0; i < 5_000; i += 1) deep = [deep];
    expect(faultsOf(file({ source: deep }))[0]).toContain('is nested deeper than 32 levels');
  });

  test('[PL6] a circle of hard needs is a fault that names the circle', () => {
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
    expect(planOf(file({ objectives, dependencies: soft })).plan.dependencies).toHaveLength(3);
    expect(faultsOf(file({ objectives, dependencies: [need('a', 'a')] }))[0]).toContain('can not wait for itself');
  });

  test('[PL2] texts, lists and whole plans beyond what a board holds are faults', () => {
    expect(faultsOf(file({ objectives: [{ key: 'a', title: 'x'.repeat(1_001) }] }))[0]).toContain('1001 characters');
    const measures = Array.from({ length: 101 }, (_, i) => ({ key: `m${i}` }));
    expect(faultsOf(file({ objectives: [{ key: 'a', measures }] }))[0]).toContain('at most 100');
    const objectives = Array.from({ length: 25_001 }, (_, i) => ({ key: `o${i}` }));
    expect(faultsOf(file({ objectives }))[0]).toContain('a board holds 25000');
  });

  test('[PL3] a million faults are counted, a thousand told', () => {
    const faults = faultsOf(file({ objectives: Array.from({ length: 3_000 }, () => 5) }));
    expect(faults).toHaveLength(planFileLimits.faults + 1);
    expect(faults.at(-1)).toContain('more faults');
  });
});

describe('what is understood', () => {
  test('[PL7] any field may be null or absent', () => {
    const names = ['source', 'organisation', 'period', 'teams', 'people', 'priorities', 'objectives', 'dependencies'];
    const empty = Object.fromEntries([...names, 'risks', 'decisions', 'assumptions', 'updates'].map((name) => [name, null]));
    expect(planOf(file(empty)).plan).toEqual(planOf(file()).plan);
    const bare = { key: 'a' };
    const nulls = { ...bare, title: null, team: null, measures: null, due: null, weight: null, status: null };
    expect(planOf(file({ objectives: [nulls] })).plan).toEqual(planOf(file({ objectives: [bare] })).plan);
  });

  test('[PL8] dates are days or months; a month means its last day; other text is kept with a warning', () => {
    const due = (text: string) => planOf(file({ objectives: [{ key: 'a', due: text }] }));
    expect(due('2026-03-31').plan.objectives[0]).toMatchObject({ due: '2026-03-31', dueText: null });
    expect(due('2024-02').plan.objectives[0]).toMatchObject({ due: '2024-02-29', dueText: null });
    expect(due('2026-02-30').plan.objectives[0]).toMatchObject({ due: null, dueText: '2026-02-30' });
    const late = due('end of summer');
    expect(late.plan.objectives[0]).toMatchObject({ due: null, dueText: 'end of summer' });
    expect(late.warnings).toMatchObject([{ code: 'not-a-date', severity: 'warning', key: 'a' }]);
    const measure = planOf(file({ objectives: [{ key: 'a', measures: [{ key: 'm', due: 'TBD' }] }] }));
    expect(measure.rest.unknown.measures).toEqual({ a: { m: { dueText: 'TBD' } } });
  });

  test('[PL9] a name that is not listed becomes a person or a team; one in other letters is the listed one', () => {
    const read = planOf(
      file({
        people: [{ key: 'ana', name: 'Ana' }],
        objectives: [
          { key: 'a', owner: 'Ana', team: 'core', contributors: ['ANA', 'ben', 'ben'] },
          { key: 'b', owner: 'ben' },
        ],
      }),
    );
    expect(read.plan.people).toEqual([
      { key: 'ana', name: 'Ana' },
      { key: 'ben', name: 'ben' },
    ]);
    expect(read.plan.teams).toEqual([{ key: 'core', name: 'core' }]);
    expect(read.plan.objectives[0]).toMatchObject({ owner: 'ana', contributors: ['ana', 'ben'] });
    expect(read.warnings.map(({ code }) => code)).toEqual(['person-case', 'person-case', 'unlisted-person', 'unlisted-team']);
  });

  test('[PL10] statuses of the format are those of the board, and back', () => {
    const statuses = ['proposed', 'committed', 'declined'];
    const read = planOf(file({ objectives: statuses.map((status) => ({ key: status, status })) }));
    expect(read.plan.objectives.map(({ status }) => status)).toEqual(['draft', 'in-plan', 'not-doing']);
    const written = writePlanFile(read.plan) as { objectives: { status: string }[] };
    expect(written.objectives.map(({ status }) => status)).toEqual(statuses);
  });

  test('[PL11] texts are data: script in every text comes out as it went in', () => {
    for (const payload of payloads) {
      const read = planOf(
        file({
          title: payload,
          teams: [{ key: 't', name: payload }],
          objectives: [{ key: 'a', title: payload, summary: payload, why: payload, measures: [{ key: 'm', title: payload }] }],
          dependencies: [{ key: 'd', objective: 'a', on: { team: 't' }, what: payload, detail: payload }],
          updates: [{ objective: 'a', date: '2026-01-01', text: payload }],
        }),
      );
      const again = planOf(JSON.stringify(writePlanFile(read.plan, read.rest)));
      expect(again.plan).toEqual(read.plan);
      expect(again.plan.objectives[0]?.title).toBe(payload);
      expect(again.rest.updates[0]?.text).toBe(payload);
    }
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' \u0001javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    '//evil.example',
    'http:evil',
    'https://user:secret@example.org',
    'https://exa mple.org',
    'blob:https://example.org/x',
  ])('[PL11] a link to %j is a fault', (link) => {
    expect(faultsOf(file({ objectives: [{ key: 'a', link }] }))).toEqual([
      'objectives[0].link must be an http, https or mailto address',
    ]);
  });

  test('[PL12] unknown fields are kept where they were and written again', () => {
    const original = {
      ...file({ organisation: { name: 'Org', site: 'x' }, mood: ['good'] }),
      teams: [{ key: 't', name: 'T', colour: 'red' }],
      objectives: [{ key: 'a', title: 'A', points: 5, measures: [{ key: 'm', title: 'M', chart: { kind: 'bar' } }] }],
      dependencies: [{ key: 'd', objective: 'a', on: { team: 't' }, lane: 3 }],
      risks: [{ key: 'r', statement: 'Rain', extra: 1 }],
      updates: [{ objective: 'a', date: '2026-01-05', text: 'x', channel: 'mail' }],
    };
    const read = planOf(original);
    const written = JSON.parse(JSON.stringify(writePlanFile(read.plan, read.rest))) as Fields;
    expect(written).toMatchObject(original);
    expect(planOf(written)).toEqual({ ...read, given: expect.anything() as unknown });
  });

  test('[PL13] only what a file really says is given', () => {
    const { given } = planOf(
      file({ objectives: [{ key: 'a', title: 'A', why: '', due: null, contributors: [], flagship: false, weight: 1 }] }),
    );
    expect([...(given.objectives.get('a') ?? [])].sort()).toEqual(['flagship', 'key', 'title', 'weight']);
  });

  test('[PL7] a byte order mark, foreign line ends, NUL and halves of letters do no harm', () => {
    const read = planOf(`\uFEFF${JSON.stringify(file({ objectives: [{ key: 'a', why: 'one\r\ntwo\u0000\ud800' }] }))}`);
    expect(read.plan.objectives[0]?.why).toBe('one\ntwo\ufffd');
  });
});

const payloads = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; DROP TABLE board; --",
  '<svg/onload=alert(1)>',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
  '[x](javascript:alert(1))',
  '=HYPERLINK("http://evil","x")',
  '</textarea><script>alert(1)</script>',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '\u202egnp.exe',
  '<!--<script>',
  ']]><x>',
  '%3Cscript%3E',
  '\\u003cscript\\u003e',
];
