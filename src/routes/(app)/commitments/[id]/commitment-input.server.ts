import { criteriaKeys, noCriteria } from '#domain/commitment/criteria.ts';
import { instantAt, isLocalDate } from '#domain/rhythm/local-time.ts';
import type { TimeZone } from '#domain/time.ts';
import { numberIn, numbersUnder, type Posted } from '#lib/tracking/posted.ts';
import type { CommitmentDetail } from '#protocol/views/tracking.ts';

/**
 * Turns the fields of a move's form into the command's input (`src/domain/commitment/command.ts`). Changes carry only
 * what differs from the terms in force; a field that is no number goes on as NaN, which the rule refuses by name.
 */
export function commitmentInput(
  command: string,
  posted: Posted,
  it: CommitmentDetail,
  zone: TimeZone,
): Readonly<Record<string, unknown>> {
  const doneAt = instantIn(typed(posted, 'doneAt') ?? '', zone);
  const said = (name: string): string => typed(posted, name) ?? '';
  const orNull = (name: string): string | null => said(name) || null;
  switch (command) {
    case 'accept':
      return { confidence: numberIn(said('confidence')), fill: fillOf(posted, it) };
    case 'propose-change':
      return { change: changeOf(posted, it), text: said('text') };
    case 'rescope':
      return {
        change: changeOf(posted, it),
        reason: said('code'),
        text: said('text'),
        ...decisionOf(posted),
      };
    case 'agree-rescope':
      return {
        ...(said('code') !== '' && { reason: said('code') }),
        ...(said('text') !== '' && { text: said('text') }),
        ...decisionOf(posted),
      };
    case 'complete':
      return {
        ...{ evidence: said('evidence'), link: orNull('link'), values: numbersUnder('values.', posted) },
        ...(doneAt !== null && { doneAt }),
      };
    case 'miss':
    case 'give-cause':
    case 'carry':
      return { cause: orNull('cause'), text: said('text') };
    case 'drop':
      return { reason: said('reason'), frees: said('frees'), ...decisionOf(posted) };
    case 'correct':
      return { correction: correctionOf(posted, it, doneAt), note: said('note') };
    case 'continue':
      return { reason: said('reason') };
    case 'hand-over':
      return { to: said('to') };
    case 'name-delegate':
      return { person: orNull('person') };
    case 'contribute':
    case 'stop-contributing':
      return { to: said('to') };
    case 'undo-check-in':
      return { id: said('id') };
    default:
      return posted.has('reason') ? { reason: said('reason') } : {};
  }
}

/** What the record should say; a day that is no day goes on as NaN, which is refused by name. */
function correctionOf(
  posted: Posted,
  it: CommitmentDetail,
  doneAt: number | null,
): Readonly<Record<string, unknown>> {
  const day = doneAt ?? Number.NaN;
  const ended = it.status === 'missed' || it.status === 'done';
  const outcome = typed(posted, 'outcome') ?? '';
  if (!ended || outcome === 'terms') return { field: 'terms', change: changeOf(posted, it) };
  if (it.status === 'missed' && outcome !== '') return { field: 'outcome', outcome, doneAt: day };
  return outcome === 'done' ? { field: 'done-at', doneAt: day } : { field: 'outcome', outcome };
}

/** Noon of a typed day; null when nothing was typed. */
function instantIn(day: string, zone: TimeZone): number | null {
  if (day === '') return null;
  return isLocalDate(day) ? instantAt(day, '12:00', zone) : Number.NaN;
}

function fillOf(posted: Posted, it: CommitmentDetail): Readonly<Record<string, unknown>> {
  const due = typed(posted, 'due') ?? '';
  const period = typed(posted, 'period') ?? '';
  const doneMeans = typed(posted, 'doneMeans') ?? '';
  const baselines = numbersUnder('baselines.', posted);
  const weight = numberIn(typed(posted, 'weight') ?? '');
  return {
    ...(it.now.due === null && due !== '' && { due }),
    ...(period !== '' && { period }),
    ...(doneMeans !== '' && { doneMeans }),
    ...(weight !== null && { weight }),
    ...(Object.keys(baselines).length > 0 && { baselines }),
    ...criteriaOf(posted, it),
  };
}

function changeOf(posted: Posted, it: CommitmentDetail): Readonly<Record<string, unknown>> {
  const { now } = it;
  const statement = typed(posted, 'statement');
  const due = typed(posted, 'due');
  const doneMeans = typed(posted, 'doneMeans');
  const targets = numbersUnder('targets.', posted);
  const baselines = numbersUnder('baselines.', posted);
  const measures = now.measures.map((measure) => ({
    ...measure,
    target: targets[measure.key] ?? measure.target,
    baseline: baselines[measure.key] ?? measure.baseline,
  }));
  const moved = measures.some(
    ({ target, baseline }, at) =>
      target !== now.measures[at]?.target || baseline !== now.measures[at]?.baseline,
  );
  return {
    ...(statement !== undefined && statement !== now.statement && { statement }),
    ...(due !== undefined && due !== (now.due ?? '') && { due: due === '' ? null : due }),
    ...(doneMeans !== undefined && doneMeans !== now.doneMeans && { doneMeans }),
    ...(moved && { measures }),
    ...criteriaOf(posted, it),
  };
}

/** What each status means, where the form asked and something else is said now. */
function criteriaOf(posted: Posted, { now }: CommitmentDetail): Readonly<Record<string, unknown>> {
  if (!criteriaKeys.some((key) => posted.has(`criteria.${key}`))) return {};
  const before = now.criteria ?? noCriteria;
  const criteria = Object.fromEntries(
    criteriaKeys.map((key) => [key, typed(posted, `criteria.${key}`) ?? before[key]]),
  );
  return criteriaKeys.some((key) => criteria[key] !== before[key]) ? { criteria } : {};
}

function decisionOf(posted: Posted): Readonly<Record<string, unknown>> {
  const decision = typed(posted, 'decision') ?? '';
  const decisionId = typed(posted, 'decisionId') ?? '';
  return { ...(decision !== '' && { decision }), ...(decisionId !== '' && { decisionId }) };
}

/** What was typed into a field, trimmed; undefined when the form had no such field. */
function typed(posted: Posted, name: string): string | undefined {
  return posted.get(name)?.[0]?.trim();
}
