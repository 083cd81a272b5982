import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { defaultReminders } from '#domain/notify/reminder-settings.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { isLocalTime } from '#domain/rhythm/local-time.ts';
import { thresholdsOf } from '#domain/settings/thresholds.ts';
import type { PreferencesView } from '#protocol/views/notify.ts';
import type { PreferencesInput } from '../app-notify.ts';
import type { Viewer } from '../app.ts';
import { account, notifyPreference, person } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';

/** How people are told who have not chosen anything. */
export const defaultPreferences = {
  byMail: true,
  quietFrom: '18:00',
  quietTo: '08:00',
  digestAt: null,
  weeklyCap: defaultReminders.mailsAWeek,
  timezone: null,
} as const;

export async function readPreferences(queries: Queries, viewer: Viewer): Promise<PreferencesView> {
  const [found] = await queries
    .select({ chosen: notifyPreference, email: account.email })
    .from(person)
    .leftJoin(account, eq(account.id, person.accountId))
    .leftJoin(notifyPreference, eq(notifyPreference.personId, person.id))
    .where(eq(person.id, viewer.personId));
  const { byMail, quietFrom, quietTo, digestAt, weeklyCap, timezone } = found?.chosen ?? {
    ...defaultPreferences,
    weeklyCap: thresholdsOf(viewer.organisation.thresholds).reminders.mailsAWeek,
  };
  const email = viewer.organisation.kind === 'own' ? (found?.email ?? null) : null;
  return { byMail, quietFrom, quietTo, digestAt, weeklyCap, timezone, email };
}

const time = z.string().refine(isLocalTime, 'Give a time of day, like 08:00.');
const asked = z.strictObject({
  byMail: z.boolean().optional(),
  quietFrom: time.optional(),
  quietTo: time.optional(),
  digestAt: time.nullable().optional(),
  weeklyCap: z
    .number()
    .int('Between 0 and 50 mails a week.')
    .min(0, 'Between 0 and 50 mails a week.')
    .max(50, 'Between 0 and 50 mails a week.')
    .optional(),
  timezone: z.string().refine(isZone, 'Choose a time zone, like Europe/Berlin.').nullable().optional(),
});

/** Changes how the viewer is told; nobody changes it for somebody else. */
export async function changePreferences(
  store: Store,
  viewer: Viewer,
  input: PreferencesInput,
): Promise<Outcome<PreferencesView>> {
  const read = asked.safeParse(input);
  if (!read.success) {
    const faults = read.error.issues.map((it) => ({ path: it.path.join('.'), message: it.message }));
    return refused('invalid', faults[0]?.message ?? 'This was not understood.', { faults });
  }
  if (viewer.viewingAs || viewer.scope === 'read') {
    return refused('forbidden', 'Only the person themself changes how they are told.');
  }
  const { email: _, ...before } = await readPreferences(store.db, viewer);
  const given = Object.fromEntries(Object.entries(read.data).filter(([, value]) => value !== undefined));
  const values = { ...before, ...given };
  await store.db
    .insert(notifyPreference)
    .values({ ...values, personId: viewer.personId, organisationId: viewer.organisationId })
    .onConflictDoUpdate({ target: notifyPreference.personId, set: values });
  return allowed(await readPreferences(store.db, viewer));
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
