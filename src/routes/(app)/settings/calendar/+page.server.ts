import { fail } from '@sveltejs/kit';
import { calendarWords } from '#domain/rhythm/calendar-words.ts';
import { calendarOf, fieldsOf } from '../../../calendar-input.ts';
import { addDays, localDateOf } from '#domain/rhythm/local-time.ts';
import { lookAgain } from '../../../look-again.server.ts';
import { signedIn } from '../../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** The planning calendar: what holds now, and the year that the fields of the address would make. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { rhythm } = event.locals.app;
  const { searchParams } = event.url;
  const versions = await rhythm.calendars(viewer);
  const now = versions[0];
  if (!now) throw new Error('an organisation without a calendar');
  const year = searchParams.get('on');
  const on = year !== null && /^\d{4}-\d{2}-\d{2}$/.test(year) ? year : undefined;
  const tried = searchParams.has('kind');
  // An earlier version is looked at, not tried out.
  const asked = tried
    ? undefined
    : versions.slice(1).find(({ version }) => String(version) === searchParams.get('version'));
  const settings = tried ? calendarOf((name) => searchParams.get(name), now.settings) : now.settings;
  const preview = await rhythm.previewCalendar(viewer, settings, on);
  const today = localDateOf(viewer.organisation.now, viewer.organisation.timezone);
  const stored = tried ? null : await rhythm.picture(viewer, on ?? today, asked?.version);
  const picture = stored ?? (preview.ok ? preview.value.picture : null);
  const yearOf = (day: string): string => {
    const query = new URLSearchParams(searchParams);
    query.set('on', day);
    return `?${query.toString()}`;
  };
  return {
    tried,
    old:
      asked === undefined
        ? null
        : {
            words: calendarWords(asked.settings),
            changed: versions[versions.indexOf(asked) - 1]?.createdAt ?? null,
          },
    years: picture
      ? { before: yearOf(addDays(picture.start, -1)), after: yearOf(addDays(picture.end, 1)) }
      : { before: '?', after: '?' },
    fields: fieldsOf(settings),
    // Typed, not yet understood: shown as it was typed.
    typedPeriods: searchParams.get('periods'),
    picture,
    validFrom: preview.ok ? preview.value.validFrom : null,
    consequences: tried && preview.ok ? preview.value.consequences : [],
    refusal: tried && !preview.ok ? preview.refusal : null,
    versions: versions.map((it) => ({ ...it, words: calendarWords(it.settings) })),
  };
};

export const actions: Actions = {
  save: async (event) => {
    const viewer = signedIn(event);
    const { rhythm } = event.locals.app;
    const posted = await event.request.formData();
    const [now] = await rhythm.calendars(viewer);
    if (!now) throw new Error('an organisation without a calendar');
    const field = (name: string): string | null => {
      const value = posted.get(name);
      return typeof value === 'string' ? value : null;
    };
    const saved = await rhythm.saveCalendar(viewer, calendarOf(field, now.settings));
    const typed = Object.fromEntries(
      [...posted].flatMap(([key, it]) => (typeof it === 'string' ? [[key, [it]]] : [])),
    );
    if (!saved.ok) {
      return fail(400, { form: 'save', message: saved.refusal.message, faults: {}, typed, done: null });
    }
    await lookAgain(event.request);
    const done = `Saved. It holds from ${saved.value.validFrom} on; what runs stays as it is.`;
    return { form: 'save', message: null, faults: {}, typed: {}, done };
  },
};
