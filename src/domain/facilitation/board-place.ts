import type { Instant } from '../time.ts';
import { linesOf, type MeetingRecord } from './record.ts';
import type { ObjectRef, Session } from './session.ts';

/** What is known of a session's board: its pictures, and which card is whose. */
export interface BoardPlaces {
  readonly board: string | null;
  readonly snapshots: Session['snapshots'];
  /** Object id -> key of its card on this board. */
  readonly cards: Readonly<Record<string, string>>;
}

/** Cards of everything a record names that has one. */
export const cardsOf = (record: MeetingRecord | null): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (record === null ? [] : linesOf(record)).flatMap(({ ref, card }) =>
      ref === null || card === null ? [] : [[ref.id, card] as const],
    ),
  );

/** The picture in which something can be seen that happened at an instant: the first one frozen since, else the last. */
export function pictureAt(snapshots: Session['snapshots'], at: Instant): string | null {
  const since = snapshots.find((each) => each.at >= at);
  return (since ?? snapshots.at(-1))?.id ?? null;
}

/** The board as it was when something happened, at its card; null for what is not on the session's board. */
export function placeOf(places: BoardPlaces, ref: ObjectRef | null, at: Instant): string | null {
  if (places.board === null || ref === null) return null;
  if (ref.kind === 'board') return ref.id === places.board ? cardPlace(places, null, at) : null;
  // A card that nobody has promised is known by its key alone.
  const card = ref.kind === 'objective' ? ref.id : places.cards[ref.id];
  return card === undefined ? null : cardPlace(places, card, at);
}

/** The same of a card by its key; of the whole board without one. */
export function cardPlace(
  { board, snapshots }: Pick<BoardPlaces, 'board' | 'snapshots'>,
  card: string | null,
  at: Instant,
): string | null {
  if (board === null) return null;
  const picture = pictureAt(snapshots, at);
  const asked = card === null ? '' : `card=${encodeURIComponent(card)}`;
  if (picture !== null) return `/board/${board}/at/${picture}${asked === '' ? '' : `?${asked}`}`;
  return `/board/${board}${asked === '' ? '' : `?view=canvas&${asked}`}`;
}
