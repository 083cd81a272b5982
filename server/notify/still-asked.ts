import { eq } from 'drizzle-orm';
import { isRegisterRung, registerRung } from '#domain/notify/register-words.ts';
import { rungWord } from '#domain/notify/message.ts';
import type { Instant } from '#domain/time.ts';
import { organisation } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { readAwayFor } from '../tracking/standing.ts';
import type { NotifyDeps } from './deps.ts';
import type { NoticeRow } from './still-true.ts';

/**
 * Ids of the messages about registers that still ask for something: what was decided, checked or put off since, or is
 * somebody else's by now, asks for nothing any more.
 */
export async function readAsked(
  queries: Queries,
  { reminders }: Pick<NotifyDeps, 'reminders'>,
  { organisationId, personId }: { readonly organisationId: string; readonly personId: string | null },
  notices: readonly NoticeRow[],
  at: Instant,
): Promise<ReadonlySet<string>> {
  const about = notices.filter(({ rung }) => isRegisterRung(rungWord(rung)));
  if (about.length === 0 || personId === null) return new Set();
  const ids = [...new Set(about.map(({ subjectId }) => subjectId))];
  const [home] = await queries
    .select({ zone: organisation.timezone })
    .from(organisation)
    .where(eq(organisation.id, organisationId));
  const zone = home?.zone ?? 'UTC';
  const answersFor = [personId, ...(await readAwayFor(queries, { organisationId, personId, at, zone }))];
  const asked = await reminders(queries, { organisationId, at, ids });
  const holds = new Set(
    asked.filter((it) => answersFor.includes(it.personId)).map((it) => `${it.id} ${registerRung(it)}`),
  );
  return new Set(about.filter((it) => holds.has(`${it.subjectId} ${it.rung}`)).map(({ id }) => id));
}
