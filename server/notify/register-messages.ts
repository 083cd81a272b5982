import { and, asc, eq, gt, inArray, lte } from 'drizzle-orm';
import type { Window } from '#domain/notify/ladder.ts';
import { registerRung, registerWords, type RegisterReminder } from '#domain/notify/register-words.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import { registerShapes } from '#protocol/register-commands.ts';
import { event } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { NotifyDeps } from './deps.ts';
import type { Draft } from './drafts.ts';
import type { OrganisationClock } from './readers.ts';

/** A change that began earlier may become visible later: this much of the log is looked at twice. */
const overlapMs = 120_000;

/**
 * What the registers ask of people now. Days begin at midnight, so everything is looked at once a day, and in between only
 * what somebody changed; what was said for a day is not said again, whoever looks and however often.
 */
export async function registerMessages(
  { reminders }: Pick<NotifyDeps, 'reminders'>,
  queries: Queries,
  clock: OrganisationClock,
  window: Window,
): Promise<readonly Draft[]> {
  const { id: organisationId, zone, at } = clock;
  const isNewDay =
    !Number.isFinite(window.since) || localDateOf(window.since, zone) !== localDateOf(window.at, zone);
  const changed = isNewDay ? new Map<string, string | null>() : await readChanged(queries, clock, window);
  if (!isNewDay && changed.size === 0) return [];
  const of = isNewDay ? { organisationId, at } : { organisationId, at, ids: [...changed.keys()] };
  const asked = await reminders(queries, of);
  return asked
    .filter((it) => !isWarnedOf(it, clock))
    .map((it) => toDraft(it, at, changed.get(it.id) ?? null));
}

/** What weighs enough is told as an early warning (W7), to more people. */
const isWarnedOf = ({ rule, weight }: RegisterReminder, { settings }: OrganisationClock): boolean =>
  rule === 'decision-overdue' && weight >= settings.signals.heavyFrom;

/** Entries that were written or changed within the window, with who did it last. */
async function readChanged(
  queries: Queries,
  { id: organisationId }: OrganisationClock,
  { since, at }: Window,
): Promise<ReadonlyMap<string, string | null>> {
  const rows = await queries
    .select({ id: event.objectId, by: event.actorPersonId })
    .from(event)
    .where(
      and(
        eq(event.organisationId, organisationId),
        gt(event.recordedAt, new Date(since - overlapMs)),
        lte(event.recordedAt, new Date(at)),
        inArray(event.objectKind, ['decision', 'assumption', 'risk', 'triage-item']),
      ),
    )
    .orderBy(asc(event.id));
  return new Map(rows.map(({ id, by }) => [id, by]));
}

const toDraft = (it: RegisterReminder, at: number, actor: string | null): Draft => ({
  ...{ person: it.personId, subject: { kind: it.kind, id: it.id }, rung: registerRung(it) },
  link: `/${registerShapes[it.kind].path}/${it.id}`,
  ...{ at, actor, manner: 'digest', reminder: true },
  words: (_reader, standsInFor) => registerWords(it, standsInFor),
});
