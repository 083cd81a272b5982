import type { DependencyEvent } from '#domain/dependency/event.ts';
import type { HistoryLine } from '#protocol/views/tracking.ts';
import { dayWords } from './day-words.ts';
import { toHistoryLine } from './history-line.ts';
import type { LoggedEvent } from './read-events.ts';

/** What happened to an ask, one sentence an event, oldest first. */
export function toDependencyHistory(
  events: readonly LoggedEvent<DependencyEvent>[],
  names: ReadonlyMap<string, string>,
): readonly HistoryLine[] {
  return events.map((it) =>
    toHistoryLine(
      it,
      names,
      sentenceOf(it, (id) => names.get(id) ?? 'somebody who is gone'),
    ),
  );
}

function sentenceOf(it: DependencyEvent, person: (id: string) => string): string {
  switch (it.type) {
    case 'drafted':
      return 'Drew the ask.';
    case 'imported':
      return `Imported; the source says "${it.data.state}".`;
    case 'requested':
      return 'Asked for it.';
    case 'changed':
      return it.data.reopens
        ? 'Changed the ask after it was agreed: both look at it again.'
        : 'Changed the ask.';
    case 'accepted': {
      const { person: who, date } = it.data.agreement;
      return `Agreed${who === null ? '' : `: ${person(who)}`}${date === null ? '' : ` by ${dayWords(date)}`}.`;
    }
    case 'countered':
      return `Counter-offer: ${offer(it.data.counter)}.`;
    case 're-requested':
      return `Asked once more: ${offer(it.data)}.`;
    case 'upheld':
      return 'Did not take the counter-offer; the agreement stands.';
    case 'declined':
      return 'Declined.';
    case 'withdrawn':
      return 'Withdrew the ask.';
    case 'flagged':
      return `At risk${it.data.date === null ? '' : `, may become ${dayWords(it.data.date)}`}.`;
    case 'unflagged':
      return 'Safe again.';
    case 'delivered':
      return `Delivered: ${it.data.evidence}.`;
    case 'confirmed':
      return 'Confirmed the delivery.';
    case 'rejected':
      return 'Rejected the delivery; the agreement is open again.';
    case 'reneged':
      return 'Took the promise back.';
    case 'chosen':
      return `Chose: ${it.data.choice.replaceAll('-', ' ')}${it.data.owner === null ? '' : `, owned by ${person(it.data.owner)}`}.`;
    case 'owned-as-risk':
      return `Taken as a risk, owned by ${person(it.data.owner)}.`;
    case 'said-yes-aloud':
      return 'Said yes aloud; not agreed yet.';
    case 'served-by-named':
      return it.data.servedBy === null
        ? 'No objective delivers it any more.'
        : 'Named the objective that delivers it.';
  }
}

function offer({ date, scope }: { readonly date: string | null; readonly scope: string }): string {
  return [date === null ? null : dayWords(date), scope]
    .filter((part) => part !== null && part !== '')
    .join(', ');
}
