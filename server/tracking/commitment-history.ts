import { criteriaKeys, saidCriteria, type Criteria } from '#domain/commitment/criteria.ts';
import type { CommitmentEvent } from '#domain/commitment/event.ts';
import type { Measure } from '#domain/commitment/terms.ts';
import { isLocalDate, localDateOf } from '#domain/rhythm/local-time.ts';
import type { LocalDate, TimeZone } from '#domain/time.ts';
import type { HistoryLine } from '#protocol/views/tracking.ts';
import { movedSentence } from '#domain/rhythm/moved-words.ts';
import { dayWords } from './day-words.ts';
import { toHistoryLine } from './history-line.ts';
import { nameOf } from './names.ts';
import type { LoggedEvent } from './read-events.ts';

/** What happened to a commitment, one sentence an event, oldest first. */
export function toCommitmentHistory(
  events: readonly LoggedEvent<CommitmentEvent>[],
  names: ReadonlyMap<string, string>,
  zone: TimeZone,
  /** What other promises it names are called, as far as the reader may look at them. */
  titles: ReadonlyMap<string, string> = new Map(),
): readonly HistoryLine[] {
  return events.map((it) =>
    toHistoryLine(
      it,
      names,
      sentenceOf(
        it,
        (id) => names.get(id) ?? 'somebody who is gone',
        zone,
        (id) => titles.get(id),
      ),
      byNameOf(it, names),
    ),
  );
}

function byNameOf(it: LoggedEvent<CommitmentEvent>, names: ReadonlyMap<string, string>): string {
  if (it.type === 'checked-in' && it.actor.person === null && it.data.byName !== null) return it.data.byName;
  return nameOf(names, it.actor.person, it.actor.via);
}

function sentenceOf(
  it: CommitmentEvent,
  person: (id: string) => string,
  zone: TimeZone,
  titleOf: (id: string) => string | undefined,
): string {
  switch (it.type) {
    case 'offered':
      return `Proposed${it.data.owner === null ? '' : ` to ${person(it.data.owner)}`}${by(it.data.terms.due)}.`;
    case 'accepted':
      return it.data.perSource
        ? `Accepted according to the source${by(it.data.terms.due)}.`
        : `Accepted${by(it.data.terms.due)}${it.data.confidence === null ? '' : `, ${it.data.confidence} % sure`}. The baseline is frozen.`;
    case 'change-proposed':
      return `Asked for another promise: ${it.data.text || 'without words'}.`;
    case 'change-agreed':
      return 'Agreed to the other promise; the owner accepts it next.';
    case 'change-refused':
      return 'Did not agree to the other promise.';
    case 'declined':
      return it.data.neverAccepted ? 'Never accepted: declined at the close of the period.' : 'Declined.';
    case 'parked':
      return 'Parked.';
    case 'checked-in':
      return checkInSentence(it.data);
    case 'check-in-undone':
      return 'Took a check-in back.';
    case 'rescope-asked':
      return it.data.offered === null
        ? 'Asked to change the promise.'
        : 'A commit asks to change the promise; the owner has to agree.';
    case 'offer-noted':
      return 'A commit saw the card say something else; the promise stays.';
    case 'rescope-agreed':
      return `Agreed to the change, as ${it.data.by}.`;
    case 'rescope-refused':
      return 'The change was not made.';
    case 'rescoped':
      return it.data.reason === 'import'
        ? 'The source counts differently from here on.'
        : `Changed the promise${slip(it.data.daysSlipped, it.data.easedBy)}.`;
    case 'completed':
      return it.data.late ? 'Done, after the due day.' : 'Done.';
    case 'acknowledged':
      return 'Acknowledged it.';
    case 'rejected':
      return 'Rejected what was delivered; it runs again.';
    case 'missed':
      return it.data.byClock ? 'Missed: due and grace have passed.' : 'Said that it will be missed.';
    case 'cause-given':
      return `Cause: ${it.data.cause.replaceAll('-', ' ')}.`;
    case 'delivered-late':
      return 'Delivered after the miss; the outcome stays.';
    case 'dropped':
      return `Dropped${it.data.frees.trim() === '' ? '' : `; frees ${it.data.frees}`}.`;
    case 'carried':
      return 'Carried into the next period: its owner is asked anew.';
    case 'reopened':
      return 'Reopened; it runs again.';
    case 'corrected':
      return `Corrected the record: ${correctionWords(it.data, zone)}.`;
    case 'handover-asked':
      return `Hands it over to ${person(it.data.to)}.`;
    case 'handed-over':
      return `${person(it.data.to)} took it over.`;
    case 'basis-broken':
      return `An assumption under it failed: ${it.data.statement}`;
    case 'basis-answered':
      return 'Continues although an assumption failed.';
    case 'check-ins-moved':
      return movedSentence(it.data);
    case 'contribution-said':
      return `Contributes to ${quoted(titleOf(it.data.to))}.`;
    case 'contribution-ended':
      return `Contributes no more to ${quoted(titleOf(it.data.to))}.`;
    case 'delegate-named':
      return it.data.person === null ? 'Speaks alone again.' : `Named ${person(it.data.person)} as delegate.`;
  }
}

const quoted = (title: string | undefined): string =>
  title === undefined ? 'another promise' : `“${title}”`;

/** Both values, as they were and as they are said to be right. */
function correctionWords(
  { correction, before }: Extract<CommitmentEvent, { type: 'corrected' }>['data'],
  zone: TimeZone,
): string {
  const dayOf = (at: number): string => dayWords(localDateOf(at, zone));
  if (correction.field === 'outcome') return `${correction.outcome}, not ${String(before)}`;
  if (correction.field === 'done-at')
    return `done on ${dayOf(correction.doneAt)}, not ${typeof before === 'number' ? dayOf(before) : 'known'}`;
  const old = (before ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(correction.change)
    .map(([field, value]) =>
      field === 'criteria'
        ? `what each status means ${meaningWords(value)}, not ${meaningWords(old[field])}`
        : `${fieldWords(field)} ${valueWords(value)}, not ${valueWords(old[field])}`,
    )
    .join('; ');
}

const fieldWords = (name: string): string => name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueWords).join(' and ');
  if (typeof value === 'object' && value !== null) {
    const { title, baseline, target } = value as Partial<Measure>;
    return `“${title ?? ''}” from ${baseline ?? 'nowhere'} to ${target ?? 'nowhere'}`;
  }
  if (value === null || value === undefined || value === '') return 'nothing';
  return typeof value === 'string' && isLocalDate(value) ? dayWords(value) : String(value);
}

const statusWords: Readonly<Record<keyof Criteria, string>> = {
  ...{ on: 'on track', risk: 'at risk', off: 'off track', stretch: 'stretch' },
};

function meaningWords(value: unknown): string {
  const criteria = saidCriteria((value ?? undefined) as Criteria | undefined);
  if (criteria === null) return 'nothing';
  const said = criteriaKeys.filter((key) => criteria[key].trim() !== '');
  return said.map((key) => `${statusWords[key]} “${criteria[key]}”`).join(' and ');
}

function checkInSentence(data: Extract<CommitmentEvent, { type: 'checked-in' }>['data']): string {
  if (data.kind === 'reading') return 'No word; the source gave a count.';
  if (data.kind === 'note') return 'Left a note between two check-ins.';
  const status = data.status === null ? 'no status given' : statusWords[data.status];
  const sure = data.confidence === null ? '' : `, ${data.confidence} % sure`;
  return `${data.revises === null ? 'Checked in' : 'Revised a check-in'}: ${status}${sure}.`;
}

const by = (due: LocalDate | null): string => (due === null ? '' : `, due ${dayWords(due)}`);

function slip(days: number, eased: number): string {
  const parts = [
    ...(days > 0 ? [`${days} ${days === 1 ? 'day' : 'days'} later`] : []),
    ...(eased > 0 ? [`a target eased by ${Math.round(eased * 100)} %`] : []),
  ];
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}
