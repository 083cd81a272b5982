import { z } from 'zod';
import { choice, line, readForm, text } from '../../../read-form.server.ts';
import { signedIn } from '../../../signed-in.server.ts';
import { timeZones } from '../../../time-zones.ts';
import type { Actions, PageServerLoad } from './$types';

/** Days on which nobody is asked: holidays, freezes, leaves; and teams' own time zones. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { rhythm } = event.locals.app;
  const [daysOff, leaves] = await Promise.all([rhythm.daysOff(viewer), rhythm.leaves(viewer)]);
  return {
    daysOff,
    leaves,
    timezones: timeZones,
  };
};

const holidays = z.object({ team: choice, list: text(400_000), file: text(400_000) });
const freeze = z.object({
  team: choice,
  start: line('Give the first day.', 10),
  end: line('Give the last day.', 10),
  label: line('Say why, such as “Stocktaking”.', 120),
});
const leave = z.object({
  personId: line('Choose a person.', 40),
  delegateId: choice,
  start: line('Give the first day.', 10),
  end: line('Give the last day.', 10),
});
const one = z.object({ id: z.uuid() });

export const actions: Actions = {
  holidays: async (event) => {
    const viewer = signedIn(event);
    const { rhythm } = event.locals.app;
    const read = await readForm(event.request, 'holidays', holidays);
    if (!read.ok) return read.answer;
    const days = await rhythm.readDays(viewer, read.value.file || read.value.list);
    if (!days.ok) return read.refuse(days.refusal);
    const added = await rhythm.addDaysOff(viewer, {
      kind: 'holiday',
      teamId: read.value.team,
      days: days.value,
    });
    if (!added.ok) return read.refuse(added.refusal);
    return read.done(
      `${days.value.length === 1 ? 'One holiday' : `${days.value.length} holidays`} written down. Meetings and check-ins follow.`,
    );
  },
  freeze: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'freeze', freeze);
    if (!read.ok) return read.answer;
    const { team, start, end, label } = read.value;
    const added = await event.locals.app.rhythm.addDaysOff(viewer, {
      ...{ kind: 'freeze', teamId: team },
      days: [{ start, end, label }],
    });
    if (added.ok) return read.done('Check-ins due in it are excused.');
    const { refusal } = added;
    const own = (path: string): string => path.replace(/^days\.0\./, '');
    return read.refuse({
      ...refusal,
      ...(refusal.path === undefined ? {} : { path: own(refusal.path) }),
      faults: (refusal.faults ?? []).map((it) => ({ ...it, path: own(it.path) })),
    });
  },
  leave: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'leave', leave);
    if (!read.ok) return read.answer;
    const added = await event.locals.app.rhythm.addLeave(viewer, read.value);
    if (!added.ok) return read.refuse(added.refusal);
    return read.done(
      read.value.delegateId === null
        ? 'Written down. Check-ins due meanwhile are excused.'
        : 'Written down. Whoever answers meanwhile gets what is asked.',
    );
  },
  remove: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'remove', one);
    if (!read.ok) return read.answer;
    const gone = await event.locals.app.rhythm.removeDayOff(viewer, read.value.id);
    return gone.ok
      ? read.done('Taken away. What is still due is asked after all.')
      : read.refuse(gone.refusal);
  },
  back: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'remove', one);
    if (!read.ok) return read.answer;
    const gone = await event.locals.app.rhythm.removeLeave(viewer, read.value.id);
    return gone.ok
      ? read.done('Taken back. What is still due is asked after all.')
      : read.refuse(gone.refusal);
  },
  zone: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(
      event.request,
      'zone',
      z.object({ team: line('Choose a team.', 40), zone: choice }),
    );
    if (!read.ok) return read.answer;
    const set = await event.locals.app.rhythm.setTeamZone(viewer, read.value.team, read.value.zone);
    return set.ok ? read.done('Saved. Check-ins still due follow.') : read.refuse(set.refusal);
  },
};
