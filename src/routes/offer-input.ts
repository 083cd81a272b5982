import type { RitualAsked } from '#domain/rhythm/ritual.ts';
import type { RitualOffer } from '#protocol/views/rhythm.ts';

/** The rituals that were ticked in a list of offers, with the time, length and first day that were typed. */
export function chosenOffers(
  offers: readonly RitualOffer[],
  field: (name: string) => string | null,
  ticked: readonly string[],
): readonly RitualAsked[] {
  return offers.flatMap(({ terms }) => {
    if (!ticked.includes(terms.kind)) return [];
    const minutes = field(`${terms.kind}.durationMinutes`);
    const time = field(`${terms.kind}.time`);
    const starts = field('starts');
    return [
      {
        ...terms,
        ...(time === null || time === '' ? {} : { time: time.slice(0, 5) }),
        ...(minutes === null ? {} : { durationMinutes: /^\d{1,4}$/.test(minutes) ? Number(minutes) : 0 }),
        ...(starts === null || starts === '' ? {} : { starts }),
      },
    ];
  });
}

/** The weekly among them at other times: in turn when there are several, else at that one. */
export function suitingZones(
  chosen: readonly RitualAsked[],
  times: readonly string[],
): readonly RitualAsked[] {
  const [one, ...more] = times.filter((it) => it !== '');
  if (one === undefined) return chosen;
  const at = more.length > 0 ? { rotation: [one, ...more] } : { time: one };
  return chosen.map((it) => (it.kind === 'weekly' ? { ...it, ...at } : it));
}

/** The same out of a form's data, in the browser. */
export function offersIn(offers: readonly RitualOffer[], typed: FormData): readonly RitualAsked[] {
  const text = (name: string): string | null => {
    const value = typed.get(name);
    return typeof value === 'string' ? value : null;
  };
  const ticked = typed.getAll('book').filter((it) => typeof it === 'string');
  return chosenOffers(offers, text, ticked);
}
