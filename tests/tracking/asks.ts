import type { DependencyCommand, DraftDependency } from '../../src/domain/dependency/command.ts';
import type { DependencyContext } from '../../src/domain/dependency/context.ts';
import { decide } from '../../src/domain/dependency/decide.ts';
import type { Dependency, DependencyIn, DependencyStatus } from '../../src/domain/dependency/dependency.ts';
import { foldAll } from '../../src/domain/dependency/fold.ts';
import { defaultSettings } from '../../src/domain/commitment/settings.ts';
import { plainWeek } from '../../src/domain/rhythm/business-days.ts';
import { by, planningDay, standingOf, zone } from './situations.ts';

/** Ben's objective in red needs an interface from blue, where Cleo leads. */
export const draft: DraftDependency = {
  ...{ board: 'board', key: 'arrow', providerTeam: 'blue', servedBy: null },
  ask: {
    ...{ what: 'an interface', detail: '', acceptanceTest: '', neededBy: '2026-05-29', hardness: 'hard' },
    size: 'medium',
  },
  requester: { objective: 'sign-ups', team: 'red', owner: 'ben' },
};

export function contextOf(person: string | null, more: Partial<DependencyContext> = {}): DependencyContext {
  return {
    ...{ standing: standingOf(person), settings: defaultSettings, zone, calendar: plainWeek },
    ...{ providerMembers: ['cleo', 'dan'], edges: [], titles: {}, sessionEndsAt: null },
    ...{ importing: false, committing: false },
    ...more,
  };
}

export function move(
  it: Dependency | null,
  person: string,
  command: DependencyCommand,
  at: number,
  more: Partial<DependencyContext> = {},
) {
  return decide(it, command, by(person), at, contextOf(person, more));
}

export function answer(outcome: ReturnType<typeof decide>): string {
  return outcome.ok ? 'allowed' : outcome.refusal.code;
}

export function moved(
  it: Dependency | null,
  person: string,
  command: DependencyCommand,
  at: number,
  more: Partial<DependencyContext> = {},
): Dependency {
  const outcome = move(it, person, command, at, more);
  if (!outcome.ok) throw new Error(`${command.type} was refused: ${outcome.refusal.message}`);
  const state = foldAll(outcome.value, it);
  if (state === null) throw new Error('nothing came about');
  return state;
}

export function asIn<S extends DependencyStatus>(it: Dependency, status: S): DependencyIn<S> {
  if (it.status !== status) throw new Error(`is ${it.status}, not ${status}`);
  return it as DependencyIn<S>;
}

export const save = { type: 'save', ...draft } as const;
export const agree = { type: 'accept', person: 'dan', date: '2026-05-20' } as const;
export const counterOffer = { type: 'counter', date: '2026-06-12', scope: '' } as const;

export const drawn = () => moved(null, 'dan', save, planningDay);
export const asked = (at = planningDay) => moved(drawn(), 'ben', { type: 'send' }, at);
export const agreed = (at = planningDay) => moved(asked(at), 'cleo', agree, at);
export const countered = (at = planningDay) => moved(asked(at), 'cleo', counterOffer, at);
export const delivered = (at = planningDay) =>
  moved(agreed(), 'dan', { type: 'deliver', evidence: 'merged' }, at);
export const declined = () => moved(asked(), 'cleo', { type: 'decline', reason: 'no room' }, planningDay);
