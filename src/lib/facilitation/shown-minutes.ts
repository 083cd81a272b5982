import type { Extract } from '#domain/facilitation/extracts.ts';
import type { MeetingRecord } from '#domain/facilitation/record.ts';
import type { MinutesView } from '#protocol/views/facilitation.ts';

/** What of minutes reaches the page: files of it are fetched by themselves. */
export type MinutesOnPage = Omit<MinutesView, 'markdown' | 'csv' | 'file'> & { readonly left: LeftOut };

/** How many rows of each table, and lines of what others owe, are in the files alone. */
export type LeftOut = Readonly<Record<'objectives' | 'needs' | 'risks' | 'promises' | 'owed', number>>;

/** Rows of one table that a page can carry to a phone; of a longer one the rest is in the files. */
export const mostRows = 500;

/** Minutes as their page shows them to somebody: their own part whole, of everything else so much as can be read. */
export function shownMinutes(
  { markdown: _m, csv: _c, file: _f, ...view }: MinutesView,
  me: string,
): MinutesOnPage {
  const { record } = view;
  const owed = shownExtracts(view.extracts, me);
  const extracts = { extracts: owed.shown };
  if (record === null) {
    return { ...view, ...extracts, left: { ...none, owed: owed.left } };
  }
  const over = (rows: readonly unknown[]): number => Math.max(0, rows.length - mostRows);
  const shown: MeetingRecord = {
    ...record,
    objectives: record.objectives.slice(0, mostRows),
    needs: record.needs.slice(0, mostRows),
    risks: record.risks.slice(0, mostRows),
    promises: record.promises.slice(0, mostRows),
  };
  const left = {
    ...{ objectives: over(record.objectives), needs: over(record.needs), risks: over(record.risks) },
    ...{ promises: over(record.promises), owed: owed.left },
  };
  return { ...view, ...extracts, record: shown, cards: cardsShown(view, shown, owed.shown), left };
}

const none: LeftOut = { objectives: 0, needs: 0, risks: 0, promises: 0, owed: 0 };

function shownExtracts(
  extracts: readonly Extract[],
  me: string,
): { readonly shown: readonly Extract[]; readonly left: number } {
  let room = mostRows;
  let left = 0;
  const shown = extracts.flatMap((it): readonly Extract[] => {
    if (it.person === me) return [it];
    const lines = it.lines.slice(0, room);
    room -= lines.length;
    left += it.lines.length - lines.length;
    return lines.length === 0 ? [] : [{ ...it, lines }];
  });
  return { shown, left };
}

/** Keys of the cards that a shown line is about. */
function cardsShown(
  { minutes, cards }: Pick<MinutesView, 'minutes' | 'cards'>,
  record: MeetingRecord,
  extracts: readonly Extract[],
): MinutesOnPage['cards'] {
  const about = new Set([
    ...[...record.objectives, ...record.needs, ...record.risks, ...record.promises, ...record.decisions].map(
      ({ ref }) => ref?.id,
    ),
    ...extracts.flatMap(({ lines }) => lines.map(({ ref }) => ref?.id)),
    ...[...minutes.acts, ...minutes.outputs.flatMap(({ lines }) => lines)].map(({ ref }) => ref?.id),
    ...minutes.parking.map(({ origin }) => origin?.id),
    ...minutes.scores.map(({ item }) => item),
    ...(minutes.changed?.lines ?? []).map(({ ref }) => ref.id),
  ]);
  return Object.fromEntries(Object.entries(cards).filter(([id]) => about.has(id)));
}
