import { allowed, refused } from '../outcome.ts';
import { addBusinessDaysTo } from '../rhythm/business-days.ts';
import { isLocalDate } from '../rhythm/local-time.ts';
import type { Instant } from '../time.ts';
import type { Asked, DependencyOutcome } from './asked.ts';
import { askAfter } from './ask.ts';
import type { DependencyCommand } from './command.ts';
import type { DependencyContext } from './context.ts';
import { ringClosedBy } from './cycle.ts';
import type { Counter, Dependency, DependencyIn, Side } from './dependency.ts';

type Of<T extends DependencyCommand['type']> = Asked<Extract<DependencyCommand, { type: T }>>;

/** Moves on the way to an agreement and away from it; null for moves of another kind. */
export function decideAgreement(it: Dependency, asked: Asked): DependencyOutcome | null {
  const { command, actor, at, context } = asked;
  switch (command.type) {
    case 'send':
      return allowed([
        { type: 'requested', data: requestOf(command, respondByFrom(at, context)), at, actor },
      ]);
    case 'accept':
      return decideAccept(it, { ...asked, command });
    case 'accept-counter':
      return it.status === 'countered' ? acceptCounter(it, { ...asked, command }) : null;
    case 'counter':
      return decideCounter(it, { ...asked, command });
    case 'renegotiate': {
      const side: Side = asked.roles.has('provider') ? 'provider' : 'requester';
      return decideCounter(it, { ...asked, command: { ...command, type: 'counter' } }, side);
    }
    case 'decline': {
      const { reason } = command;
      if (reason.trim() === '')
        return refused('reason-missing', 'Say why not, so that they can plan.', { path: 'reason' });
      const type = it.status === 'countered' ? 'upheld' : 'declined';
      return allowed([{ type, data: { reason }, at, actor, reason }]);
    }
    case 'withdraw':
    case 'release': {
      const reason = command.reason ?? '';
      return allowed([{ type: 'withdrawn', data: { reason }, at, actor, reason }]);
    }
    case 'say-yes-aloud':
      return allowed([{ type: 'said-yes-aloud', data: {}, at, actor }]);
    case 'serve-by': {
      const ring = refuseRing(it, command.servedBy, context);
      return ring ?? allowed([{ type: 'served-by-named', data: { servedBy: command.servedBy }, at, actor }]);
    }
    default:
      return null;
  }
}

function requestOf({ acceptanceTest = '' }: Of<'send'>['command'], respondBy: Instant) {
  const test = acceptanceTest.trim();
  return { respondBy, ...(test === '' ? {} : { acceptanceTest: test }) };
}

/** When an ask must be answered: at the session's end inside one, else after five business days. */
export function respondByFrom(at: Instant, context: DependencyContext): Instant {
  const { sessionEndsAt, settings, zone, calendar } = context;
  if (sessionEndsAt !== null && sessionEndsAt > at) return sessionEndsAt;
  return addBusinessDaysTo(at, settings.respondWithinBusinessDays, zone, calendar);
}

function decideAccept(it: Dependency, { command, actor, at, context }: Of<'accept'>): DependencyOutcome {
  const { date, person } = command;
  if (!isLocalDate(date)) return refused('date-missing', 'Say by which day you deliver.', { path: 'date' });
  const { neededBy, size } = it.ask;
  if (neededBy !== null && date > neededBy) {
    const message = `It is needed by ${neededBy}: make a counter-offer for a later day.`;
    return refused('later-than-needed', message, { path: 'date' });
  }
  if (size === 'large' && !context.providerMembers.includes(person)) {
    const message = 'A large ask needs a named champion out of the providing team.';
    return refused('champion-missing', message, { path: 'person' });
  }
  const servedBy = command.servedBy === undefined ? it.servedBy : command.servedBy;
  const ring = refuseRing(it, servedBy, context);
  if (ring !== null) return ring;
  const agreement = { person, date, at, ask: it.ask };
  const data = { agreement, servedBy, confidence: command.confidence ?? null };
  return allowed([{ type: 'accepted', data, at, actor }]);
}

function acceptCounter(
  it: DependencyIn<'countered'>,
  { command, actor, at, context }: Of<'accept-counter'>,
): DependencyOutcome {
  const { counter, before } = it;
  const date = counter.date ?? before?.date ?? it.ask.neededBy;
  if (date === null) return refused('date-missing', 'The counter-offer names no day: counter with one.');
  const servedBy = command.servedBy === undefined ? it.servedBy : command.servedBy;
  const ring = refuseRing(it, servedBy, context);
  if (ring !== null) return ring;
  const person = command.person ?? counter.person ?? before?.person ?? actor.person;
  const agreement = { person, date, at, ask: askAfter(it.ask, counter) };
  return allowed([{ type: 'accepted', data: { agreement, servedBy, confidence: it.confidence }, at, actor }]);
}

function decideCounter(
  it: Dependency,
  { command, actor, at, context, roles }: Of<'counter'>,
  renegotiates: Side | null = null,
): DependencyOutcome {
  const { date } = command;
  const scope = command.scope.trim();
  if (date !== null && !isLocalDate(date)) {
    return refused('invalid', 'Give a day, like 2026-09-30.', { path: 'date' });
  }
  if (date === null && scope === '') {
    return refused('date-missing', 'Name another day or another scope.', { path: 'date' });
  }
  const limit = context.settings.roundsBeforeEscalation;
  if (it.rounds >= limit && (command.decisionId ?? '') === '') {
    const message = `After ${limit} rounds a joint decision is needed before anybody counters again.`;
    return refused('needs-decision', message, { path: 'decisionId' });
  }
  const escalates = it.rounds + 1 >= limit;
  const by = renegotiates ?? sideOf(it, roles);
  const plainAsk = it.status === 'countered' && it.before === null;
  if (by === 'requester' && plainAsk) {
    const respondBy = respondByFrom(at, context);
    return allowed([{ type: 're-requested', data: { date, scope, respondBy, escalates }, at, actor }]);
  }
  const person = by === 'provider' ? (command.person ?? actor.person) : null;
  const counter: Counter = { by, date, scope, person, at };
  return allowed([{ type: 'countered', data: { counter, escalates }, at, actor }]);
}

function sideOf(it: Dependency, roles: Asked['roles']): Side {
  if (it.status === 'countered') return it.counter.by === 'provider' ? 'requester' : 'provider';
  return roles.has('provider') ? 'provider' : 'requester';
}

/** A hard need may not close a ring of objectives that wait for each other (tracking.md T5). */
function refuseRing(
  it: Dependency,
  servedBy: string | null,
  { edges, titles }: DependencyContext,
): ReturnType<typeof refused<'ring'>> | null {
  const from = it.requester.objective;
  if (it.ask.hardness !== 'hard' || from === null || servedBy === null) return null;
  const ring = ringClosedBy(edges, { from, to: servedBy });
  if (ring === null) return null;
  const way = ring.map((key) => `"${titles[key] ?? key}"`).join(' waits for ');
  const message = `This would close a ring: ${way}. Meet jointly and cut one of these needs first.`;
  return refused('ring', message, { path: 'servedBy' });
}
