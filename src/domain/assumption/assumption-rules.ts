import { allowed, type Fault } from '../outcome.ts';
import type { ActRule, EntryAsked, EntryOutcome, EntryRules } from '../register/entry.ts';
import { badDay, badNumber, differing, missing, refuseFaults } from '../register/entry-faults.ts';
import { holds } from '../register/metric-rule.ts';
import { addDays, addMonths, localDateOf } from '../rhythm/local-time.ts';
import type { LocalDate } from '../time.ts';
import type { Assumption, AssumptionFacts, CheckCadence, Signpost } from './assumption.ts';
import type { AssumptionCommand, AssumptionEvent } from './command.ts';
import { foldAssumption } from './fold.ts';

type Asked = EntryAsked<AssumptionCommand>;

const watched = ['untested', 'valid', 'doubtful'];

const acts: Readonly<Record<string, ActRule>> = {
  check: { from: watched, by: ['owner', 'raiser', 'asked', 'team', 'room'], does: 'check it' },
  amend: { from: watched, by: ['owner', 'raiser', 'lead', 'room'], does: 'change it' },
  invalidate: { from: watched, by: ['owner', 'raiser', 'lead', 'room'], does: 'say that it failed' },
  retire: {
    from: [...watched, 'invalid'],
    by: ['owner', 'raiser', 'lead', 'room'],
    does: 'take it off the watch',
  },
  breach: { from: ['untested', 'valid'], by: ['clock'], does: 'report a breach', silent: true },
};

/** The life of an assumption (tracking.md T7): answers make it doubtful, only a person says that it failed. */
export const assumptionRules: EntryRules<Assumption, AssumptionCommand, AssumptionEvent> = {
  noun: 'assumption',
  ownerWord: 'its owner',
  opens: 'assume',
  acts,
  open,
  act,
  fold: foldAssumption,
  clock: () => [],
};

function open({ command, actor, at, context }: Asked): EntryOutcome<AssumptionEvent> {
  if (command.type !== 'assume') return allowed([]);
  const today = localDateOf(at, context.zone);
  const given: AssumptionFacts = {
    statement: command.statement,
    area: command.area ?? 'internal',
    loadBearing: command.loadBearing ?? 2,
    vulnerability: command.vulnerability ?? 2,
    affects: command.affects ?? [],
    signpost: command.signpost ?? { kind: 'none' },
    cadence: command.cadence ?? 'none',
    nextCheck: command.nextCheck ?? null,
    owner: command.owner ?? actor.person,
    shaping: command.shaping ?? '',
    hedge: command.hedge ?? '',
    confidence: command.confidence ?? null,
  };
  const stopped = refuseFaults(faultsOf(given));
  if (stopped !== null) return stopped;
  const facts: AssumptionFacts = { ...given, nextCheck: checkBy(today, given) };
  const place = { board: command.board ?? null, key: command.key ?? null, team: command.team ?? null };
  return allowed([{ type: 'assumed', data: { facts, place }, at, actor }]);
}

function act(it: Assumption, asked: Asked): EntryOutcome<AssumptionEvent> {
  const { command, actor, at, context } = asked;
  switch (command.type) {
    case 'amend': {
      const { type: _, ...facts } = command;
      const said = differing<AssumptionFacts>(it, facts);
      const stopped = refuseFaults(faultsOf({ ...it, ...said }));
      if (stopped !== null || Object.keys(said).length === 0) return stopped ?? allowed([]);
      const change = { ...said, ...rebooked(it, said, localDateOf(at, context.zone)) };
      return allowed([{ type: 'amended', data: { change }, at, actor }]);
    }
    case 'check': {
      const { answer } = command;
      const text = command.text ?? '';
      const confidence = command.confidence ?? null;
      const today = localDateOf(at, context.zone);
      const signpost = stillAhead(it.signpost, today);
      const nextCheck = checkBy(today, { ...it, signpost, nextCheck: command.nextCheck ?? null });
      const stopped = refuseFaults([
        answer === 'doubtful' ? missing('text', text, 'Say what makes it doubtful.') : null,
        badNumber('confidence', confidence, { least: 0, most: 100, what: 'Confidence' }),
        badDay('nextCheck', nextCheck),
      ]);
      if (stopped !== null) return stopped;
      const data = { answer, text, confidence, nextCheck };
      const checked: AssumptionEvent = { type: 'checked', data, at, actor, reason: text };
      const enough = answer === 'doubtful' && it.doubts + 1 >= context.settings.doubtsInARow;
      if (!enough || it.status === 'doubtful') return allowed([checked]);
      return allowed([checked, { type: 'doubted', data: { because: 'answers' }, at, actor }]);
    }
    case 'breach': {
      if (it.signpost.kind !== 'metric' || holds(it.signpost, command.value)) return allowed([]);
      return allowed([
        { type: 'breached', data: { value: command.value }, at, actor },
        { type: 'doubted', data: { because: 'metric' }, at, actor },
      ]);
    }
    case 'invalidate':
    case 'retire': {
      const { reason } = command;
      const stopped = refuseFaults([missing('reason', reason, 'Say why.')]);
      if (stopped !== null) return stopped;
      const type = command.type === 'retire' ? 'retired' : 'invalidated';
      return allowed([{ type, data: { reason }, at, actor, reason }]);
    }
    default:
      return allowed([]);
  }
}

/** The day of the next check: that of its cadence, or of the event it is watched by, whichever comes first. */
function checkBy(
  day: LocalDate,
  { nextCheck, cadence, signpost }: Pick<AssumptionFacts, 'nextCheck' | 'cadence' | 'signpost'>,
): LocalDate | null {
  const regular = nextCheck ?? nextAfter(day, cadence);
  if (signpost.kind !== 'event') return regular;
  return regular === null || signpost.on < regular ? signpost.on : regular;
}

/** Watched otherwise it is checked on another day, unless a day was said. */
function rebooked(it: Assumption, said: Partial<AssumptionFacts>, today: LocalDate) {
  if (said.cadence === undefined && said.signpost === undefined) return {};
  const nextCheck = said.nextCheck ?? (said.cadence === undefined ? it.nextCheck : null);
  return { nextCheck: checkBy(today, { ...it, ...said, nextCheck }) };
}

/** An event that was looked at on its day, or after, asks no more. */
const stillAhead = (signpost: Signpost, day: LocalDate): Signpost =>
  signpost.kind === 'event' && signpost.on <= day ? { kind: 'none' } : signpost;

/** The next check of a cadence; null when it has none. */
export function nextAfter(day: LocalDate, cadence: CheckCadence): LocalDate | null {
  switch (cadence) {
    case 'none':
      return null;
    case 'weekly':
      return addDays(day, 7);
    case 'monthly':
      return addMonths(day, 1);
    case 'quarterly':
      return addMonths(day, 3);
  }
}

function faultsOf(it: AssumptionFacts): readonly (Fault | null)[] {
  const { signpost } = it;
  return [
    missing('statement', it.statement, 'Write what the plan takes for granted.'),
    badNumber('loadBearing', it.loadBearing, { least: 1, most: 3, what: 'How much rests on it' }),
    badNumber('vulnerability', it.vulnerability, { least: 1, most: 3, what: 'How vulnerable it is' }),
    badNumber('confidence', it.confidence, { least: 0, most: 100, what: 'Confidence' }),
    badDay('nextCheck', it.nextCheck),
    signpost.kind === 'event' ? badDay('signpost.on', signpost.on) : null,
    signpost.kind === 'event' ? missing('signpost.what', signpost.what, 'Say what happens that day.') : null,
    signpost.kind === 'question' ? missing('signpost.text', signpost.text, 'Write the question.') : null,
    signpost.kind === 'metric' && !it.affects.includes(signpost.commitment)
      ? { path: 'signpost.measure', message: 'Watch a measure of a commitment it is linked to.' }
      : null,
  ];
}
