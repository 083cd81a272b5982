import { value } from '../planning/world.ts';
import type { ApiWorld } from './api-world.ts';

/** A ritual with its meetings, a holiday, a leave and a feed. */
export async function makeRhythm({ ana, rhythm }: ApiWorld, personId: string) {
  const [ritual] = value(
    await rhythm.book(ana, [
      {
        ...({ kind: 'weekly', title: 'Weekly', teams: [], board: null, rotation: [], rota: [] } as const),
        ...({ rule: { type: 'weekly', every: 1, weekdays: [1] }, time: '10:00', zone: 'UTC' } as const),
        ...({ durationMinutes: 30, adjust: 'none', holidays: 'teams', starts: '2026-04-06' } as const),
        ...{ ends: null, quorum: null },
      },
    ]),
  );
  const day = { start: '2026-05-01', end: '2026-05-01', label: 'May Day' };
  const [dayOff] = value(await rhythm.addDaysOff(ana, { kind: 'holiday', days: [day] }));
  const leave = value(await rhythm.addLeave(ana, { personId, start: '2026-07-06', end: '2026-07-10' }));
  const feed = value(await rhythm.createFeed(ana, { kind: 'person' }));
  return {
    ...{ ritual: ritual?.id ?? '', occurrence: ritual?.next?.id ?? '', dayOff: dayOff?.id ?? '' },
    ...{ leave: leave.id, feed: feed.view.id },
  };
}
