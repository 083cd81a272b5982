import type { OrganisationRole } from '../../src/domain/access/roles.ts';
import type { Standing } from '../../src/domain/access/standing.ts';
import type { Report } from '../../src/domain/commitment/check-in.ts';
import type { Commitment, CommitmentIn, CommitmentStatus } from '../../src/domain/commitment/commitment.ts';
import type { CommitmentCommand, Offer } from '../../src/domain/commitment/command.ts';
import type { CommitmentContext } from '../../src/domain/commitment/context.ts';
import { decide } from '../../src/domain/commitment/decide.ts';
import { foldAll } from '../../src/domain/commitment/fold.ts';
import { defaultSettings } from '../../src/domain/commitment/settings.ts';
import type { Measure, Terms } from '../../src/domain/commitment/terms.ts';
import type { Actor } from '../../src/domain/event.ts';
import { plainWeek } from '../../src/domain/rhythm/business-days.ts';
import { instantAt } from '../../src/domain/rhythm/local-time.ts';
import type { Slot } from '../../src/domain/rhythm/slot.ts';

/** Named people, days and promises that rules are told with. One quarter, planned on 1 April 2026 in Berlin. */
export const zone = 'Europe/Berlin';
export const on = (date: string, time = '12:00') => instantAt(date, time, zone);

export const planningDay = on('2026-04-01');
export const due = '2026-06-26';
export const closeOn = '2026-07-03';

/** red team: Ana leads, Ben works there; blue team: Cleo leads; Olga administers, Finn only looks. */
const standings: Readonly<Record<string, Standing>> = {
  ana: standing('ana', 'member', ['red'], ['red']),
  ben: standing('ben', 'member', [], ['red']),
  bea: standing('bea', 'member', [], ['red']),
  cleo: standing('cleo', 'member', ['blue'], ['blue']),
  dan: standing('dan', 'member', [], ['blue']),
  olga: standing('olga', 'administrator', [], []),
  finn: standing('finn', 'observer', [], ['red']),
};

export function standing(
  person: string,
  role: OrganisationRole,
  leadOf: readonly string[],
  memberOf: readonly string[],
  leaderless: readonly string[] = [],
): Standing {
  return { person, role, leadOf, memberOf, leaderless };
}

export const people = Object.keys(standings);
export const by = (person: string): Actor => ({ person, via: 'web' });
export const clock: Actor = { person: null, via: 'clock' };
export const standingOf = (person: string | null): Standing =>
  standings[person ?? ''] ?? standing(person ?? '', 'member', [], []);

export const signups: Measure = {
  ...{ key: 'm1', title: 'Sign-ups a week', kind: 'number', unit: '', baseline: 100, target: 200 },
  ...{ direction: 'up', due: null, owner: null, done: false, helpWanted: false },
};
export const launch: Measure = {
  ...{ key: 'm2', title: 'Launched', kind: 'milestone', unit: '', baseline: null, target: null },
  ...{ direction: 'reach', due: null, owner: null, done: false, helpWanted: false },
};

export const terms: Terms = {
  ...{ statement: 'Double the sign-ups', why: 'growth', doneMeans: '', due, horizon: 'quarter' },
  ...{ promise: 'firm', weight: 3, measures: [signups, launch], curve: { kind: 'linear' }, effort: null },
  ...{ priority: null, needs: [] },
};

export const offer: Offer = {
  source: { board: 'board', key: 'card', commit: 'commit-1', snapshot: 'snapshot-1', period: 'q2' },
  ...{ owner: 'ben', team: 'red', reviewer: null, sponsor: null, terms },
};

export function contextFor(person: string | null, more: Partial<CommitmentContext> = {}): CommitmentContext {
  return {
    standing: standingOf(person),
    ...{ depth: 'light', settings: defaultSettings, zone, calendar: plainWeek, slots: [], needs: [] },
    ...{ capacity: 'unknown', period: null, periodClosesAt: null, inCloseSession: false, importing: false },
    ...more,
  };
}

/** What `person` asking for `command` leads to. */
export function ask(
  it: Commitment | null,
  person: string,
  command: CommitmentCommand,
  at: number,
  more: Partial<CommitmentContext> = {},
) {
  return decide(it, command, by(person), at, contextFor(person, more));
}

/** The refusal's code, or 'allowed'. */
export function answer(outcome: ReturnType<typeof decide>): string {
  return outcome.ok ? 'allowed' : outcome.refusal.code;
}

/** The state after an allowed command; throws when it is refused, for situations that must come about. */
export function after(
  it: Commitment | null,
  person: string,
  command: CommitmentCommand,
  at: number,
  more: Partial<CommitmentContext> = {},
): Commitment {
  const outcome = ask(it, person, command, at, more);
  if (!outcome.ok) throw new Error(`${command.type} was refused: ${outcome.refusal.message}`);
  const state = foldAll(outcome.value, it);
  if (state === null) throw new Error('nothing came about');
  return state;
}

export function asIn<S extends CommitmentStatus>(it: Commitment, status: S): CommitmentIn<S> {
  if (it.status !== status) throw new Error(`is ${it.status}, not ${status}`);
  return it as CommitmentIn<S>;
}

export const proposed = (more: Partial<Offer> = {}) =>
  asIn(after(null, 'ana', { type: 'offer', ...offer, ...more }, planningDay), 'proposed');

export const committed = (more: Partial<Offer> = {}) =>
  asIn(
    after(proposed(more), more.owner ?? 'ben', { type: 'accept', confidence: 70 }, planningDay + 3_600_000),
    'committed',
  );

export const report: Report = {
  ...{ values: {}, status: 'on', confidence: 80, whatChanged: '', nextStep: '', blocker: null },
  ...{ helpWanted: '', link: null, noMovement: false },
};

export const done = { type: 'complete', evidence: 'see the dashboard', values: { m1: 200 } } as const;

/** A slot due on a day at 17:00, open three days before, with grace until two business days after. */
export function slotDue(date: string, graceEnds: string, opens: string, more: Partial<Slot> = {}): Slot {
  return {
    ...{ id: `slot-${date}`, number: 1, label: date, filled: null, filledAt: null, excused: null },
    ...{ opensAt: on(opens, '17:00'), dueAt: on(date, '17:00'), graceEndsAt: on(graceEnds, '17:00') },
    ...more,
  };
}
