import { and, desc, eq, gte, lt, lte, or, sql, type SQL } from 'drizzle-orm';
import type { CommitmentEvent } from '#domain/commitment/event.ts';
import type { DependencyEvent } from '#domain/dependency/event.ts';
import { endOfDay, startOfDay } from '#domain/rhythm/local-time.ts';
import type { LocalDate } from '#domain/time.ts';
import type { AuditLine, AuditPage } from '#protocol/views/insight.ts';
import type { AuditFilter } from '../app-insight.ts';
import type { Viewer } from '../app.ts';
import { event } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { toCommitmentHistory } from '../tracking/commitment-history.ts';
import { toDependencyHistory } from '../tracking/dependency-history.ts';
import { toHistoryLine } from '../tracking/history-line.ts';
import { readPeopleNames } from '../tracking/names.ts';
import { toLogged, type LoggedEvent } from '../tracking/read-events.ts';
import { changeSentence } from './change-sentence.ts';
import { readTitles } from './history-kinds.ts';
import { beyondTheseEyes } from './seen-history.ts';
import { withoutHidden } from './without-hidden.ts';
import { sessionSentence } from './session-sentence.ts';

const LINES_A_PAGE = 50;

/**
 * The event log of the organisation, newest first: who did what, when and through which door (tracking.md I4). Narrowed by
 * person (in his own name, or in which somebody spoke for him), by kind and by the days on which it happened.
 */
export async function readAudit(queries: Queries, viewer: Viewer, filter: AuditFilter): Promise<AuditPage> {
  const { organisationId, organisation } = viewer;
  const { person, kind } = filter;
  const zone = organisation.timezone;
  if (person !== undefined && !isUuid(person)) return { lines: [], next: null };
  const rows = await queries
    .select()
    .from(event)
    .where(
      and(
        eq(event.organisationId, organisationId),
        lte(event.at, new Date(organisation.now)),
        person === undefined ? undefined : or(eq(event.actorPersonId, person), eq(event.onBehalfOf, person)),
        kind === undefined ? undefined : eq(event.objectKind, kind),
        onDays(filter, zone),
        afterLine(filter.after),
        beyondTheseEyes(queries, viewer),
      ),
    )
    .orderBy(desc(event.at), desc(event.id))
    .limit(LINES_A_PAGE + 1);
  const shown = rows.slice(0, LINES_A_PAGE);
  const last = rows.length > LINES_A_PAGE ? shown.at(-1) : undefined;
  const [names, titles] = await Promise.all([
    readPeopleNames(queries, organisationId),
    readTitles(queries, organisationId, shown),
  ]);
  return {
    lines: shown.map((row): AuditLine => ({
      ...lineOf(withoutHidden(row, viewer), names, zone),
      kind: row.objectKind,
      objectId: row.objectId,
      title: titles.get(row.objectId) ?? '',
    })),
    next: last === undefined ? null : `${last.at.getTime()}.${last.id}`,
  };
}

function lineOf(row: typeof event.$inferSelect, names: ReadonlyMap<string, string>, zone: string) {
  const logged = toLogged(row);
  const [line] =
    row.objectKind === 'commitment'
      ? toCommitmentHistory([logged as LoggedEvent<CommitmentEvent>], names, zone)
      : row.objectKind === 'dependency'
        ? toDependencyHistory([logged as LoggedEvent<DependencyEvent>], names)
        : [];
  const say = row.objectKind === 'session' ? sessionSentence : changeSentence;
  return line ?? toHistoryLine(logged, names, say(logged, names));
}

function onDays({ from, to }: AuditFilter, zone: string): SQL | undefined {
  const day = (at: LocalDate | undefined, end: typeof endOfDay) =>
    at === undefined ? undefined : new Date(end(at, zone));
  const [first, beyond] = [day(from, startOfDay), day(to, endOfDay)];
  return and(
    first === undefined ? undefined : gte(event.at, first),
    beyond === undefined ? undefined : lt(event.at, beyond),
  );
}

/** What comes after a line: where the page before ended. */
function afterLine(after: string | undefined): SQL | undefined {
  const [at, id] = (after ?? '').split('.').map(Number);
  if (!Number.isSafeInteger(at) || !Number.isSafeInteger(id)) return undefined;
  return sql`(${event.at}, ${event.id}) < (${new Date(at ?? 0).toISOString()}::timestamptz, ${id})`;
}
