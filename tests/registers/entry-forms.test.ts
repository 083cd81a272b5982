import { describe, expect, test } from 'vitest';
import { entryForm } from '../../src/lib/tracking/register/entry-fields.ts';
import { entryMoves } from '../../src/lib/tracking/register/entry-moves.ts';
import type { EntryChoices } from '../../src/lib/tracking/register/form-parts.ts';
import type { MoveField } from '../../src/lib/tracking/move.ts';
import { registerInput } from '../../src/routes/(app)/[register=register]/register-input.server.ts';
import { aDecision, anAssumption } from './register-acts.ts';

const choices: EntryChoices = {
  ...{ commitments: [], decisions: [], assumptions: [], teams: [] },
  measures: [{ value: 'c1 sign-ups', label: 'Sign-ups' }],
};

/** The fields as a browser would post them untouched, or with some typed anew. */
function post(fields: readonly MoveField[], typed: Readonly<Record<string, string>> = {}) {
  const posted = new Map<string, readonly string[]>();
  for (const field of fields) {
    const stands = 'values' in field ? (field.values ?? []) : [('value' in field ? field.value : '') ?? ''];
    const earlier = posted.get(field.name) ?? [];
    posted.set(field.name, [...earlier, ...stands]);
  }
  for (const [name, value] of Object.entries(typed)) posted.set(name, [value]);
  return posted;
}

const option = (text: string, more: object = {}) => ({ text, for: '', against: '', cost: '', ...more });
const rule = { commitment: 'c1', measure: 'sign-ups', holdsWhile: 'at-most', value: 50 } as const;

function formOf(kind: 'decision' | 'assumption', fields: object, command: string, status = 'open') {
  const offered = { kind, status, teamId: null, flags: [], moves: [command] };
  const [move] = entryMoves({ ...offered, fields: fields as Readonly<Record<string, unknown>> }, choices);
  return move?.fields ?? [];
}

describe('a decision', () => {
  const facts = {
    options: [option('North', { for: 'fast', cost: '2 %' }), option('South')],
    affects: ['c1', 'c2'],
    reversible: false,
    triggerMetric: rule,
    sets: ['c1', 'c2'].map((objectId) => ({ objectId, field: 'bank', value: 'north = best' })),
    supersedes: 'd0',
  } as const;

  test('[DC19] comes back from its form as it was typed', () => {
    const it = aDecision();
    it.ask({ type: 'open', question: 'Which bank?', ...facts });
    const fields = formOf('decision', it.it, 'amend');
    expect(registerInput(post(fields), false)).toMatchObject(facts);
    expect(it.ask({ type: 'amend', ...registerInput(post(fields), false) })).toBe('');
    const unclear = registerInput(post(fields, { sets: 'bank north' }), false);
    expect(unclear).toMatchObject({ sets: [{ field: '', value: 'bank north' }, { objectId: 'c2' }] });
    expect(it.ask({ type: 'amend', ...unclear })).toBe('invalid');
    const emptied = { sets: '', options: 'West | near', 'triggerMetric.measure': '', reversible: 'yes' };
    expect(registerInput(post(fields, emptied), false)).toMatchObject({
      ...{ sets: [], triggerMetric: null, reversible: true },
      options: [option('West', { for: 'near' })],
    });
  });

  test('[DC4] once taken only what was left empty is asked for, and what it sets is of what it touches', () => {
    const it = aDecision();
    it.ask({ type: 'open', question: 'Which bank?', chosen: 'North', affects: ['c1'], rationale: 'near' });
    const fields = formOf('decision', it.it, 'fill-in', 'in-force');
    const names = fields.map(({ name }) => name);
    for (const asked of ['options', 'dissent', 'confidence', 'consulted', 'reversible', 'revisitOn']) {
      expect(names).toContain(asked);
    }
    for (const said of ['question', 'chosen', 'decider', 'affects', 'rationale', 'supersedes']) {
      expect(names).not.toContain(said);
    }
    expect(it.ask({ type: 'fill-in', ...registerInput(post(fields), false) })).toBe('');
    const typed = registerInput(post(fields, { sets: 'bank = north', options: 'North\nSouth' }), false);
    expect(it.ask({ type: 'fill-in', ...typed })).toBe('filled-in');
    expect(it.it).toMatchObject({
      sets: [{ objectId: 'c1', field: 'bank', value: 'north' }],
      options: [option('North'), option('South')],
    });
    const full = formOf('decision', it.it, 'fill-in', 'in-force').map(({ name }) => name);
    expect(full).not.toContain('options');
  });
});

test('[DC19] what says something else of each promise is not on the form', () => {
  const sets = [
    { objectId: 'c1', field: 'bank', value: 'north' },
    { objectId: 'c2', field: 'bank', value: 'south' },
  ];
  const { more } = entryForm('decision', { sets }, choices);
  expect(more.map(({ name }) => name)).not.toContain('sets');
});

describe('an assumption', () => {
  const watched = (signpost: object) => {
    const it = anAssumption();
    it.ask({ type: 'assume', statement: 'They come', affects: ['c1'], signpost } as never);
    return it;
  };

  test.each([
    [{ kind: 'none' }],
    [{ kind: 'metric', ...rule }],
    [{ kind: 'event', on: '2026-04-20', what: 'the court decides' }],
    [{ kind: 'question', person: 'cleo', text: 'Still in June?' }],
  ])('[AS11] watched by %j it is changed and stays so', (signpost) => {
    const it = watched(signpost);
    const fields = formOf('assumption', it.it, 'amend', 'untested');
    expect(registerInput(post(fields), false)).toMatchObject({ signpost });
    expect(it.ask({ type: 'amend', ...registerInput(post(fields), false) })).toBe('');
  });

  test('[AS14] with two things to watch it by, neither is dropped in silence', () => {
    const { first, more } = entryForm('assumption', {}, choices);
    const fields = [...first, ...more];
    expect(registerInput(post(fields), true)).not.toHaveProperty('signpost');
    const both = { 'signpost.on': '2026-04-20', 'signpost.person': 'cleo' };
    expect(registerInput(post(fields, both), true)).toMatchObject({ signpost: { kind: 'several' } });
    const half = registerInput(post(fields, { 'signpost.text': 'Still?' }), true);
    expect(half).toMatchObject({ signpost: { kind: 'question', person: '', text: 'Still?' } });
  });
});
