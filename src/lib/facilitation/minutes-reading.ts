import { cardPlace, placeOf, type BoardPlaces } from '#domain/facilitation/board-place.ts';
import type { Minutes } from '#domain/facilitation/minutes.ts';
import type { TableReader } from '#domain/facilitation/record-tables.ts';
import type { ObjectRef } from '#domain/facilitation/session.ts';
import type { Clock } from '#lib/ui/clock.ts';
import { dateFormat } from '#lib/ui/formats.ts';
import type { MinutesOnPage } from './shown-minutes.ts';

/** Everything a part of the page needs to write a line: names, days as they are read years later, and the ways there. */
export interface Reading extends TableReader {
  /** The board as it was when something happened, at its card; null for what is not on it. */
  place(ref: ObjectRef | null, card: string | null, at: number): string | null;
  /** When it was over, or so far. */
  readonly over: number;
  /** When it began. */
  readonly began: number;
}

export function readingOf(view: MinutesOnPage, clock: Clock): Reading {
  const places: BoardPlaces = { board: view.board, snapshots: view.minutes.snapshots, cards: view.cards };
  const day = dateFormat(clock.locale, { timeZone: 'UTC', dateStyle: 'medium' });
  const time = dateFormat(clock.locale, {
    ...{ timeZone: clock.timezone, dateStyle: 'medium', timeStyle: 'short' },
  });
  return {
    name: (person) => (person === null ? 'the clock' : (view.names[person] ?? 'somebody')),
    day: (on) => day.format(Date.parse(`${on}T00:00Z`)),
    time: (at) => time.format(at),
    place: (ref, card, at) =>
      ref === null ? (card === null ? null : cardPlace(places, card, at)) : placeOf(places, ref, at),
    over: overAt(view.minutes),
    began: view.minutes.startedAt ?? overAt(view.minutes),
  };
}

const overAt = ({ endedAt, startedAt }: Minutes): number => endedAt ?? startedAt ?? 0;
