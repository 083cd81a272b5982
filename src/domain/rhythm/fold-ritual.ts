import type { MeetingTime, Ritual, RitualException } from './ritual.ts';
import type { RitualEvent } from './ritual-event.ts';

/** The state after one more event. */
export function foldRitual(before: Ritual | null, event: RitualEvent): Ritual | null {
  if (event.type === 'booked') {
    const { series, terms, exceptions } = event.data;
    return { ...terms, series, exceptions, bookedBy: event.actor.person, endedAt: null };
  }
  if (before === null) return null;
  const without = (date: string): readonly RitualException[] =>
    before.exceptions.filter((it) => it.date !== date);
  const reason = event.reason ?? '';
  switch (event.type) {
    case 'changed': {
      const { terms, dropped } = event.data;
      return {
        ...before,
        ...terms,
        exceptions: before.exceptions.filter(({ date }) => !dropped.includes(date)),
      };
    }
    case 'cut':
      return { ...before, ends: event.data.ends };
    case 'meeting-skipped': {
      const { date } = event.data;
      return {
        ...before,
        exceptions: [...without(date), { action: 'skip', date, added: addedOn(before, date), reason }],
      };
    }
    case 'meeting-moved': {
      const { date, to } = event.data;
      const added = addedOn(before, date);
      return { ...before, exceptions: [...without(date), { action: 'move', date, to, added, reason }] };
    }
    case 'meeting-added': {
      const { date, time } = event.data;
      return {
        ...before,
        exceptions: [...without(date), { action: 'add', date, added: { date, time }, reason }],
      };
    }
    case 'meeting-restored': {
      const { date } = event.data;
      const [was, added] = [before.exceptions.find((it) => it.date === date), addedOn(before, date)];
      // What was added by hand and then moved or skipped is put back to how it was added; an addition itself goes.
      const back: readonly RitualException[] =
        added === null || was?.action === 'add'
          ? []
          : [{ action: 'add', date, added, reason: was?.reason ?? '' }];
      return { ...before, exceptions: [...without(date), ...back] };
    }
    case 'meeting-held':
      return before;
    case 'ended':
      return { ...before, ends: event.data.ends, endedAt: event.at };
  }
}

const addedOn = ({ exceptions }: Ritual, date: string): MeetingTime | null =>
  exceptions.find((it) => it.date === date)?.added ?? null;

/** The state all events lead to. */
export function foldRituals(events: readonly RitualEvent[], from: Ritual | null = null): Ritual | null {
  return events.reduce(foldRitual, from);
}
