import { describe, expect, test } from 'vitest';
import { readPlan } from '../../../../tests/support/example-plans.ts';
import { parsePlanFile } from './parse-plan-file.ts';
import { writePlanFile } from './write-plan-file.ts';

type Fields = Record<string, unknown>;

const file = (over: Fields = {}): Fields => ({ format: 'throughline-plan/1', title: 'Plan', ...over });

describe('what is understood', () => {
  test('[PN7] any field may be null or absent', () => {
    const names = [
      'source',
      'organisation',
      'period',
      'teams',
      'people',
      'priorities',
      'objectives',
      'dependencies',
    ];
    const empty = Object.fromEntries(
      [...names, 'risks', 'decisions', 'assumptions', 'updates'].map((name) => [name, null]),
    );
    expect(readPlan(file(empty)).plan).toEqual(readPlan(file()).plan);
    const bare = { key: 'a' };
    const nulls = { ...bare, title: null, team: null, measures: null, due: null, weight: null, status: null };
    expect(readPlan(file({ objectives: [nulls] })).plan).toEqual(readPlan(file({ objectives: [bare] })).plan);
  });

  test('[PN8] dates are days or months; a month means its last day; other text is kept with a warning', () => {
    const due = (text: string) => readPlan(file({ objectives: [{ key: 'a', due: text }] }));
    expect(due('2026-03-31').plan.objectives[0]).toMatchObject({ due: '2026-03-31', dueText: null });
    expect(due('2024-02').plan.objectives[0]).toMatchObject({ due: '2024-02-29', dueText: null });
    expect(due('2026-02-30').plan.objectives[0]).toMatchObject({ due: null, dueText: '2026-02-30' });
    const late = due('end of summer');
    expect(late.plan.objectives[0]).toMatchObject({ due: null, dueText: 'end of summer' });
    expect(late.warnings).toMatchObject([{ code: 'not-a-date', severity: 'warning', key: 'a' }]);
    const measure = readPlan(file({ objectives: [{ key: 'a', measures: [{ key: 'm', due: 'TBD' }] }] }));
    expect(measure.rest.unknown.measures).toEqual({ a: { m: { dueText: 'TBD' } } });
  });

  test('[PN9] a name that is not listed becomes a person or a team; one in other letters is the listed one', () => {
    const read = readPlan(
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
    expect(read.warnings.map(({ code }) => code)).toEqual([
      'person-case',
      'person-case',
      'unlisted-person',
      'unlisted-team',
    ]);
  });

  test('[PN10] statuses of the format are those of the board, and back', () => {
    const statuses = ['proposed', 'committed', 'declined'];
    const read = readPlan(file({ objectives: statuses.map((status) => ({ key: status, status })) }));
    expect(read.plan.objectives.map(({ status }) => status)).toEqual(['draft', 'in-plan', 'not-doing']);
    const written = writePlanFile(read.plan) as { objectives: { status: string }[] };
    expect(written.objectives.map(({ status }) => status)).toEqual(statuses);
  });

  test('[PN11] texts are data: script in every text comes out as it went in', () => {
    for (const payload of payloads) {
      const read = readPlan(
        file({
          title: payload,
          teams: [{ key: 't', name: payload }],
          objectives: [
            {
              key: 'a',
              title: payload,
              summary: payload,
              why: payload,
              measures: [{ key: 'm', title: payload }],
            },
          ],
          dependencies: [{ key: 'd', objective: 'a', on: { team: 't' }, what: payload, detail: payload }],
          updates: [{ objective: 'a', date: '2026-01-01', text: payload }],
        }),
      );
      const again = readPlan(JSON.stringify(writePlanFile(read.plan, read.rest)));
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
  ])('[PN11] a link to %j is a fault', (link) => {
    expect(parsePlanFile(file({ objectives: [{ key: 'a', link }] }))).toMatchObject({
      refusal: {
        faults: [{ path: 'objectives[0].link', message: 'must be an http, https or mailto address' }],
      },
    });
  });

  test('[PN12] unknown fields are kept where they were and written again', () => {
    const original = {
      ...file({ organisation: { name: 'Org', site: 'x' }, mood: ['good'] }),
      teams: [{ key: 't', name: 'T', colour: 'red' }],
      objectives: [
        { key: 'a', title: 'A', points: 5, measures: [{ key: 'm', title: 'M', chart: { kind: 'bar' } }] },
      ],
      dependencies: [{ key: 'd', objective: 'a', on: { team: 't' }, lane: 3 }],
      risks: [{ key: 'r', statement: 'Rain', extra: 1 }],
      updates: [{ objective: 'a', date: '2026-01-05', text: 'x', channel: 'mail' }],
    };
    const read = readPlan(original);
    const written = JSON.parse(JSON.stringify(writePlanFile(read.plan, read.rest))) as Fields;
    expect(written).toMatchObject(original);
    expect(readPlan(written)).toEqual({ ...read, given: expect.anything() as unknown });
  });

  test('[PN13] only what a file really says is given', () => {
    const { given } = readPlan(
      file({
        objectives: [
          { key: 'a', title: 'A', why: '', due: null, contributors: [], flagship: false, weight: 1 },
        ],
      }),
    );
    expect([...(given.objectives.get('a') ?? [])].sort()).toEqual(['flagship', 'key', 'title', 'weight']);
  });

  test('[PN7] a byte order mark, foreign line ends, NUL and halves of letters do no harm', () => {
    const read = readPlan(
      `\uFEFF${JSON.stringify(file({ objectives: [{ key: 'a', why: 'one\r\ntwo\u0000\ud800' }] }))}`,
    );
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
