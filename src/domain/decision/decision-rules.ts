import { allowed, refused } from '../outcome.ts';
import type { ActRule, EntryAsked, EntryContext, EntryOutcome, EntryRules } from '../register/entry.ts';
import { badDay, badNumber, differing, missing, refuseFaults } from '../register/entry-faults.ts';
import { localDateOf, startOfDay } from '../rhythm/local-time.ts';
import type { Instant } from '../time.ts';
import type { DecisionCommand, DecisionEvent } from './command.ts';
import { inForce, type Decision, type DecisionFacts, type Verdict } from './decision.ts';
import { foldDecision } from './fold.ts';

type Asked = EntryAsked<DecisionCommand>;

const taken = ['decided', ...inForce];

const acts: Readonly<Record<string, ActRule>> = {
  decide: { from: ['open'], by: ['owner', 'room'], does: 'decide this' },
  amend: { from: ['open'], by: ['owner', 'raiser', 'lead', 'room'], does: 'change the question' },
  'fill-in': { from: taken, by: ['owner', 'raiser', 'room'], does: 'fill in what was left empty' },
  reaffirm: { from: inForce, by: ['owner', 'room'], does: 'reaffirm it' },
  reverse: { from: taken, by: ['owner', 'room'], does: 'reverse it' },
  withdraw: { from: ['open'], by: ['owner', 'raiser', 'room'], does: 'withdraw the question' },
  supersede: {
    from: taken,
    by: ['owner', 'raiser', 'lead', 'room'],
    does: 'put another in its place',
    silent: true,
  },
  trigger: {
    from: ['decided', 'in-force', 'reaffirmed'],
    by: ['anyone', 'clock'],
    does: 'call for another look',
    silent: true,
  },
};

/** The life of a decision (tracking.md T6). Once taken nothing that was written changes: a change is a new decision. */
export const decisionRules: EntryRules<Decision, DecisionCommand, DecisionEvent> = {
  noun: 'decision',
  ownerWord: 'the decider',
  opens: 'open',
  acts,
  open,
  act,
  fold: foldDecision,
  clock,
};

function open({ command, actor, at, context }: Asked): EntryOutcome<DecisionEvent> {
  if (command.type !== 'open') return allowed([]);
  const facts: DecisionFacts = {
    question: command.question,
    kind: command.kind ?? 'scope',
    options: command.options ?? [],
    decider: command.decider ?? actor.person ?? '',
    consulted: command.consulted ?? [],
    informed: command.informed ?? [],
    neededBy: command.neededBy ?? null,
    reversible: command.reversible ?? null,
    affects: command.affects ?? [],
    supersedes: command.supersedes ?? null,
    triggerAssumption: command.triggerAssumption ?? null,
    triggerMetric: command.triggerMetric ?? null,
    trigger: command.trigger ?? '',
    sets: command.sets ?? [],
  };
  const stopped = refuseFaults([
    missing('question', facts.question, 'Write the question that is decided.'),
    missing('decider', facts.decider, 'Say who decides: one person.'),
    badDay('neededBy', facts.neededBy),
    ...strange(facts),
  ]);
  if (stopped !== null) return stopped;
  const place = { board: command.board ?? null, key: command.key ?? null, team: command.team ?? null };
  const opened: DecisionEvent = { type: 'opened', data: { facts, place }, at, actor };
  if ((command.chosen ?? '').trim() === '') return allowed([opened]);
  if (facts.decider !== actor.person && actor.via !== 'session') {
    const message = 'Only the decider decides: leave the choice empty, or write it down in a session.';
    return refused('not-yours', message, { path: 'chosen' });
  }
  const decided = decideNow(verdictOf(command), { at, actor, context });
  return decided.ok ? allowed([opened, ...decided.value]) : decided;
}

function act(it: Decision, asked: Asked): EntryOutcome<DecisionEvent> {
  const { command, actor, at } = asked;
  switch (command.type) {
    case 'amend': {
      const { type: _, ...facts } = command;
      const change = differing<DecisionFacts>(it, facts);
      const stopped = refuseFaults([
        missing('question', change.question ?? it.question, 'Write the question that is decided.'),
        missing('decider', change.decider ?? it.decider, 'Say who decides: one person.'),
        badDay('neededBy', change.neededBy),
        ...strange({ ...it, ...change }),
      ]);
      if (stopped !== null || Object.keys(change).length === 0) return stopped ?? allowed([]);
      return allowed([{ type: 'amended', data: { change }, at, actor }]);
    }
    case 'decide':
      return decideNow(verdictOf(command), asked);
    case 'fill-in': {
      const { type: _, ...given } = command;
      const change = differing(it, onlyEmpty(it, given));
      const stopped = refuseFaults([...verdictFaults(change), ...strange({ ...it, ...change })]);
      if (stopped !== null || Object.keys(change).length === 0) return stopped ?? allowed([]);
      return allowed([{ type: 'filled-in', data: { change }, at, actor }]);
    }
    case 'withdraw':
    case 'reverse':
    case 'reaffirm': {
      const { reason } = command;
      const revisitOn = command.type === 'reaffirm' ? (command.revisitOn ?? null) : null;
      const stopped = refuseFaults([missing('reason', reason, 'Say why.'), badDay('revisitOn', revisitOn)]);
      if (stopped !== null) return stopped;
      if (command.type === 'withdraw') {
        return allowed([{ type: 'withdrawn', data: { reason }, at, actor, reason }]);
      }
      if (command.type === 'reverse') {
        return allowed([{ type: 'reversed', data: { reason }, at, actor, reason }]);
      }
      return allowed([{ type: 'reaffirmed', data: { reason, revisitOn }, at, actor, reason }]);
    }
    case 'supersede':
      return allowed([{ type: 'superseded', data: { by: command.by }, at, actor }]);
    case 'trigger':
      return allowed([{ type: 'revisit-called', data: { because: command.because }, at, actor }]);
    default:
      return allowed([]);
  }
}

/** A choice, in force at once unless a later day is named. */
function decideNow(
  verdict: Verdict,
  { at, actor, context }: Omit<Asked, 'command'>,
): EntryOutcome<DecisionEvent> {
  const stopped = refuseFaults([
    missing('chosen', verdict.chosen, 'Say what was chosen.'),
    ...verdictFaults(verdict),
  ]);
  if (stopped !== null) return stopped;
  const decided: DecisionEvent = { type: 'decided', data: { verdict }, at, actor };
  const later = verdict.inForceFrom !== null && verdict.inForceFrom > localDateOf(at, context.zone);
  return allowed(later ? [decided] : [decided, { type: 'took-force', data: {}, at, actor }]);
}

/** By then: taken decisions come into force on their day, and those in force come up for another look on theirs. */
function clock(it: Decision, at: Instant, { zone }: EntryContext): readonly DecisionEvent[] {
  const today = localDateOf(at, zone);
  const actor = { person: null, via: 'clock' } as const;
  const events: DecisionEvent[] = [];
  let { status } = it;
  if (status === 'decided' && it.inForceFrom !== null && it.inForceFrom <= today) {
    events.push({ type: 'took-force', data: {}, at: startOfDay(it.inForceFrom, zone), actor });
    status = 'in-force';
  }
  const stands = status === 'in-force' || status === 'reaffirmed';
  if (stands && it.revisitOn !== null && it.revisitOn <= today) {
    const because = `It was to be looked at again on ${it.revisitOn}.`;
    events.push({ type: 'revisit-called', data: { because }, at: startOfDay(it.revisitOn, zone), actor });
  }
  return events;
}

function verdictOf(command: Partial<Verdict>): Verdict {
  return {
    chosen: command.chosen ?? '',
    rationale: command.rationale ?? '',
    dissent: command.dissent ?? '',
    confidence: command.confidence ?? null,
    expectedSignal: command.expectedSignal ?? '',
    revisitOn: command.revisitOn ?? null,
    inForceFrom: command.inForceFrom ?? null,
  };
}

/** What it says of promises it does not touch, or says of none. */
const strange = ({
  triggerMetric: rule = null,
  affects,
  sets,
}: Pick<DecisionFacts, 'triggerMetric' | 'affects' | 'sets'>) => [
  rule === null || affects.includes(rule.commitment)
    ? null
    : { path: 'triggerMetric.measure', message: 'Watch a measure of a promise it touches.' },
  sets.every(({ field }) => field.trim() !== '')
    ? null
    : { path: 'sets', message: 'Write what it sets as field = value, one a line.' },
];

const verdictFaults = (it: Partial<Verdict>) => [
  badNumber('confidence', it.confidence, { least: 0, most: 100, what: 'Confidence' }),
  badDay('revisitOn', it.revisitOn),
  badDay('inForceFrom', it.inForceFrom),
];

/** Those of the given fields that say something, where nothing is said yet. */
function onlyEmpty<T extends object>(it: Decision, given: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(given).filter(([name, value]) => isEmpty(Reflect.get(it, name)) && !isEmpty(value)),
  ) as Partial<T>;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
