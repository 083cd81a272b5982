import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { causeCodes, type Commitment } from '../../src/domain/commitment/commitment.ts';
import type { CommitmentCommand, CommitmentCommandType } from '../../src/domain/commitment/command.ts';
import { decide } from '../../src/domain/commitment/decide.ts';
import { displayState } from '../../src/domain/commitment/display.ts';
import type { CommitmentEvent } from '../../src/domain/commitment/event.ts';
import { fold, foldAll } from '../../src/domain/commitment/fold.ts';
import { movesFor } from '../../src/domain/commitment/moves.ts';
import { dayMs } from '../../src/domain/rhythm/local-time.ts';
import { by, clock, contextFor, offer, on, people, planningDay, report, terms } from './situations.ts';

const seed = 20260401;
const text = fc.constantFrom('', 'because');
const day = fc.constantFrom('2026-05-15', '2026-06-26', '2026-07-31', 'soon');
const person = fc.constantFrom(...people);
const parent = fc.constantFrom('a', 'b', 'card');
const contribution = {
  id: 'card',
  parents: new Map(['a', 'b', 'card'].map((id) => [id, { id, open: true, leads: ['cleo'] }])),
  ...{ links: new Map<string, string[]>(), titleOf: (id: string) => id, administrator: 'olga' },
};
const change = fc.record(
  { due: day, weight: fc.integer({ min: 0, max: 11 }), statement: text },
  { requiredKeys: [] },
);
const of = <T extends CommitmentCommandType, R extends object>(type: T, rest: fc.Arbitrary<R>) =>
  rest.map((it) => ({ type, ...it }));

const commands: fc.Arbitrary<CommitmentCommand> = fc.oneof(
  of(
    'offer',
    fc.record({ owner: fc.option(person), due: fc.constantFrom(null, '2026-06-26', '2026-07-31') }),
  ).map(
    ({ owner, due }) =>
      ({ type: 'offer', ...offer, owner, reviewer: 'ana', terms: { ...terms, due } }) as const,
  ),
  of('accept', fc.record({ confidence: fc.constantFrom(null, 50, 200) })),
  of('propose-change', fc.record({ change, text })),
  of('agree-change', fc.constant({})),
  of('refuse-change', fc.record({ reason: text })),
  of('decline', fc.record({ reason: text })),
  of('park', fc.record({ reason: text })),
  of(
    'check-in',
    fc.record({ id: fc.string({ minLength: 3, maxLength: 3 }), values: fc.constantFrom({}, { m1: 150 }) }),
  ).map((it) => ({ ...report, ...it })),
  of('undo-check-in', fc.record({ id: fc.string({ minLength: 3, maxLength: 3 }) })),
  of('rescope', fc.record({ change, reason: fc.constantFrom('learning', 'import'), text })),
  of('agree-rescope', fc.record({ reason: fc.constant('learning' as const), text })),
  of('refuse-rescope', fc.record({ reason: text })),
  of('complete', fc.record({ evidence: text, values: fc.constantFrom({}, { m1: 200 }) })),
  of('acknowledge', fc.constant({})),
  of('reject', fc.record({ reason: text })),
  of('miss', fc.record({ cause: fc.option(fc.constantFrom(...causeCodes)), text })),
  of('give-cause', fc.record({ cause: fc.constantFrom(...causeCodes), text })),
  of('drop', fc.record({ reason: text, frees: text })),
  of('carry', fc.record({ to: fc.constant('next'), cause: fc.constant(null), text })),
  of('reopen', fc.record({ reason: text })),
  of(
    'correct',
    fc.record({ note: text, correction: fc.record({ field: fc.constant('terms' as const), change }) }),
  ),
  of('hand-over', fc.record({ to: person })),
  of('take-over', fc.constant({})),
  of('contribute', fc.record({ to: parent })),
  of('stop-contributing', fc.record({ to: parent })),
  of('name-delegate', fc.record({ person: fc.option(person) })),
) as fc.Arbitrary<CommitmentCommand>;

const steps = fc.array(
  fc.record({
    person: fc.oneof({ weight: 3, arbitrary: fc.constant('ben') }, { weight: 2, arbitrary: person }),
    command: commands,
    waitDays: fc.constantFrom(0, 0, 0, 1, 5, 20),
  }),
  { minLength: 1, maxLength: 40 },
);

/** Plays the steps from a proposed commitment; tells of every step. */
function play(
  acts: readonly { person: string; command: CommitmentCommand; waitDays: number }[],
  seen: (before: Commitment | null, after: Commitment | null, at: number) => void = () => undefined,
): { state: Commitment | null; events: CommitmentEvent[] } {
  let at = planningDay;
  let state: Commitment | null = null;
  const events: CommitmentEvent[] = [];
  const first = {
    person: 'ana',
    command: { type: 'offer', ...offer, reviewer: 'ana' } as const,
    waitDays: 0,
  };
  const then = { person: 'ben', command: { type: 'accept', confidence: 60 } as const, waitDays: 0 };
  for (const act of [first, then, ...acts]) {
    at += act.waitDays * dayMs + 1;
    const context = contextFor(act.person, {
      periodClosesAt: on('2026-08-05'),
      inCloseSession: act.waitDays === 5,
      contribution,
    });
    const outcome = decide(state, act.command, by(act.person), at, context);
    const before: Commitment | null = state;
    if (outcome.ok) {
      events.push(...outcome.value);
      state = foldAll(outcome.value, state);
    }
    seen(before, state, at);
  }
  return { state, events };
}

describe('any sequence of commands', () => {
  test('[CM38] the same events always give the same state', () => {
    let reached = 0;
    fc.assert(
      fc.property(steps, (acts) => {
        const { state, events } = play(acts);
        expect(foldAll(events)).toEqual(state);
        expect(foldAll(JSON.parse(JSON.stringify(events)) as CommitmentEvent[])).toEqual(state);
        if (state?.status !== 'committed') reached += 1;
      }),
      { seed, numRuns: 300 },
    );
    expect(reached).toBeGreaterThan(60);
  });

  test('[CM38] events in any order, any of them lost, never break the fold', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat()), (acts, random) => {
        const { events } = play(acts);
        const mixed = events
          .map((event) => ({ event, rank: random.next().value }))
          .sort((a, b) => a.rank - b.rank)
          .slice(0, Math.ceil(events.length * 0.8));
        const state = mixed.reduce<Commitment | null>((it, { event }) => fold(it, event), null);
        if (state !== null) displayState(state, [], planningDay, contextFor(null));
      }),
      { seed, numRuns: 300 },
    );
  });

  test('[CM4][CM39] version 1 never changes, owner and team are one, an end stays ended', () => {
    const ends = ['done', 'missed', 'dropped', 'carried'];
    fc.assert(
      fc.property(steps, (acts) => {
        play(acts, (before, after) => {
          if (before === null || after === null) return;
          if (before.versions[0] !== undefined) expect(after.versions[0]).toEqual(before.versions[0]);
          expect(after.versions.slice(0, before.versions.length)).toEqual(before.versions);
          if (after.status === 'committed')
            expect([typeof after.owner, typeof after.team]).toEqual(['string', 'string']);
          if (before.status === 'dropped' || before.status === 'carried')
            expect(after.status).toBe(before.status);
          if (ends.includes(before.status)) expect([...ends, 'committed']).toContain(after.status);
        });
      }),
      { seed, numRuns: 300 },
    );
  });

  test('[CM39] the clock leaves nothing committed for ever', () => {
    fc.assert(
      fc.property(steps, (acts) => {
        const { state } = play(acts);
        if (state === null) return;
        const context = contextFor(null, { periodClosesAt: on('2026-08-05') });
        const outcome = decide(state, { type: 'tick' }, clock, on('2099-01-01'), context);
        expect(outcome.ok).toBe(true);
        const end = outcome.ok ? foldAll(outcome.value, state) : null;
        expect(['committed', 'proposed']).not.toContain(
          end?.status === 'proposed' && end.offeredAt >= on('2026-08-05') ? 'late offer' : end?.status,
        );
      }),
      { seed, numRuns: 300 },
    );
  });

  test('[CM40] a move that is shown is never refused for person or state', () => {
    let tried = 0;
    fc.assert(
      fc.property(steps, fc.array(commands, { minLength: 20, maxLength: 40 }), (acts, tries) => {
        play(acts, (_, state, at) => {
          if (state === null) return;
          for (const someone of people) {
            const context = contextFor(someone, { inCloseSession: true, contribution });
            const moves = movesFor(state, by(someone), at, context);
            for (const command of tries) {
              if (!moves.includes(command.type)) continue;
              const outcome = decide(state, command, by(someone), at, context);
              tried += 1;
              if (!outcome.ok && command.type !== 'agree-rescope') {
                expect(['not-yours', 'wrong-state', 'too-late']).not.toContain(outcome.refusal.code);
              }
            }
          }
        });
      }),
      { seed, numRuns: 25 },
    );
    expect(tried).toBeGreaterThan(1000);
  });
});
