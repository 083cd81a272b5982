import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DependencyCommand, DependencyCommandType } from '../../src/domain/dependency/command.ts';
import { findRings, ringClosedBy } from '../../src/domain/dependency/cycle.ts';
import { decide } from '../../src/domain/dependency/decide.ts';
import type { Dependency } from '../../src/domain/dependency/dependency.ts';
import type { DependencyEvent } from '../../src/domain/dependency/event.ts';
import { flagsOf, timingOf } from '../../src/domain/dependency/flags.ts';
import { fold, foldAll } from '../../src/domain/dependency/fold.ts';
import { movesFor } from '../../src/domain/dependency/moves.ts';
import { dayMs } from '../../src/domain/rhythm/local-time.ts';
import { contextOf, draft } from './asks.ts';
import { by, people, planningDay, standingOf, zone } from './situations.ts';

const seed = 20260402;
const text = fc.constantFrom('', 'because', 'because');
const date = fc.constantFrom('2026-05-20', '2026-05-29', '2026-06-30', 'soon');
const of = <R extends object>(type: DependencyCommandType, rest: fc.Arbitrary<R>) =>
  rest.map((it) => ({ type, ...it }));

const commands = fc.oneof(
  { weight: 4, arbitrary: of('deliver', fc.constant({ evidence: 'merged' })) },
  { weight: 4, arbitrary: of('confirm', fc.constant({})) },
  { weight: 2, arbitrary: of('accept', fc.constant({ person: 'dan', date: '2026-05-20' })) },
  of('save', fc.record({ neededBy: date })).map(({ neededBy }) => ({
    ...{ type: 'save', ...draft },
    ask: { ...draft.ask, neededBy },
  })),
  of('accept', fc.record({ person: fc.constantFrom('dan', 'ben'), date })),
  of('counter', fc.record({ date: fc.option(date), scope: text })),
  of('accept-counter', fc.constant({})),
  of('decline', fc.record({ reason: text })),
  of('withdraw', fc.constant({})),
  of('flag', fc.record({ date: fc.option(date), why: text })),
  of('unflag', fc.record({ why: text })),
  of('deliver', fc.record({ evidence: text })),
  of('reject', fc.record({ reason: text })),
  of('renege', fc.record({ reason: text })),
  of('release', fc.constant({})),
  of('renegotiate', fc.record({ date: fc.option(date), scope: text })),
  of('choose', fc.record({ choice: fc.constantFrom('re-plan', 'own-as-risk'), text })),
  of('own-as-risk', fc.record({ owner: fc.constantFrom('', 'ana'), text })),
  of('say-yes-aloud', fc.constant({})),
  of('serve-by', fc.record({ servedBy: fc.constantFrom(null, 'interface', 'sign-ups') })),
  of('send', fc.constant({})),
) as fc.Arbitrary<DependencyCommand>;

const steps = fc.array(
  fc.record({
    person: fc.constantFrom('ben', 'cleo', 'ben', 'cleo', 'dan', ...people),
    command: commands,
    waitDays: fc.constantFrom(0, 0, 1, 10),
  }),
  { minLength: 1, maxLength: 30 },
);

function play(
  acts: readonly { person: string; command: DependencyCommand; waitDays: number }[],
  seen: (state: Dependency, at: number) => void = () => undefined,
): { state: Dependency | null; events: DependencyEvent[] } {
  let at = planningDay;
  let state: Dependency | null = null;
  const events: DependencyEvent[] = [];
  const first = { person: 'ben', command: { type: 'save', ...draft } as const, waitDays: 0 };
  const then = { person: 'ben', command: { type: 'send' } as const, waitDays: 0 };
  for (const act of [first, then, ...acts]) {
    at += act.waitDays * dayMs + 1;
    const outcome = decide(state, act.command, by(act.person), at, contextOf(act.person));
    if (!outcome.ok) continue;
    events.push(...outcome.value);
    state = foldAll(outcome.value, state);
    if (state !== null) seen(state, at);
  }
  return { state, events };
}

describe('any sequence of moves', () => {
  test('[DP22] the same events always give the same state', () => {
    const ends = new Set<string>();
    fc.assert(
      fc.property(steps, (acts) => {
        const { state, events } = play(acts);
        ends.add(state?.status ?? '');
        expect(foldAll(JSON.parse(JSON.stringify(events)) as DependencyEvent[])).toEqual(state);
      }),
      { seed, numRuns: 1500 },
    );
    expect([...ends].sort()).toEqual([
      ...['accepted', 'confirmed', 'countered', 'declined', 'delivered', 'requested', 'revoked', 'withdrawn'],
    ]);
  });

  test('[DP22] events in any order, any of them lost, never break the fold', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat()), (acts, random) => {
        const mixed = play(acts)
          .events.map((event) => ({ event, rank: random.next().value }))
          .sort((a, b) => a.rank - b.rank)
          .slice(1);
        const state = mixed.reduce<Dependency | null>((it, { event }) => fold(it, event), null);
        if (state !== null) flagsOf(state, planningDay, contextOf(null));
        if (state !== null) timingOf(state, planningDay, zone);
      }),
      { seed, numRuns: 300 },
    );
  });

  test('[DP2][DP4] no agreement without the providing side', () => {
    fc.assert(
      fc.property(steps, (acts) => {
        const { events } = play(acts);
        const yes = events.findIndex(({ type }) => type === 'accepted');
        if (yes < 0) return;
        const provider = ['cleo', 'dan'];
        const spoke = events
          .slice(0, yes + 1)
          .some(
            ({ type, actor }) =>
              (type === 'accepted' || type === 'countered') && provider.includes(actor.person ?? ''),
          );
        expect(spoke).toBe(true);
      }),
      { seed, numRuns: 300 },
    );
  });

  test('[DP19] a move that is offered is never refused for person or state', () => {
    let tried = 0;
    fc.assert(
      fc.property(steps, fc.array(commands, { minLength: 20, maxLength: 40 }), (acts, tries) => {
        play(acts, (state, at) => {
          for (const person of people) {
            const moves: readonly string[] = movesFor(state, by(person), standingOf(person));
            for (const command of tries) {
              if (!moves.includes(command.type)) continue;
              const outcome = decide(state, command, by(person), at, contextOf(person));
              tried += 1;
              if (!outcome.ok) expect(['not-yours', 'wrong-state']).not.toContain(outcome.refusal.code);
            }
          }
        });
      }),
      { seed, numRuns: 25 },
    );
    expect(tried).toBeGreaterThan(500);
  });
});

describe('rings', () => {
  test('[DP23] a chain of 20,000 does not exhaust the stack', () => {
    const chain = Array.from({ length: 20_000 }, (_, k) => ({ from: `o${k}`, to: `o${k + 1}` }));
    expect(findRings(chain)).toEqual([]);
    expect(findRings([...chain, { from: 'o20000', to: 'o0' }])[0]).toHaveLength(20_001);
  });

  test('[DP23] an objective that waits for itself is a ring', () => {
    expect(
      findRings([
        { from: 'a', to: 'a' },
        { from: 'a', to: 'b' },
      ]),
    ).toEqual([['a']]);
  });

  test('[DP23] an edge closes a ring exactly when its ends then wait for each other', () => {
    const node = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const edge = fc.record({ from: node, to: node });
    let closed = 0;
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 9 }), edge, (edges, added) => {
        const ring = ringClosedBy(edges, added);
        const together = findRings([...edges, added]).some(
          (members) => members.includes(added.from) && members.includes(added.to),
        );
        expect(ring !== null).toBe(together);
        if (ring === null) return;
        closed += 1;
        expect([ring[0], ring[1], ring.at(-1)]).toEqual([added.from, added.to, added.from]);
        for (const [k, from] of ring.slice(0, -1).entries()) {
          const to = ring[k + 1] ?? '';
          expect([added, ...edges]).toContainEqual({ from, to });
        }
      }),
      { seed, numRuns: 500 },
    );
    expect(closed).toBeGreaterThan(50);
  });
});
