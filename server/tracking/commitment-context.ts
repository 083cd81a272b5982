import { and, eq, ne } from 'drizzle-orm';
import type { Standing } from '#domain/access/standing.ts';
import type { CommitmentContext, NeedState } from '#domain/commitment/context.ts';
import { defaultSettings, type Depth } from '#domain/commitment/settings.ts';
import { needsChoice } from '#domain/dependency/flags.ts';
import { plainWeek } from '#domain/rhythm/business-days.ts';
import { endOfDay } from '#domain/rhythm/local-time.ts';
import type { Instant, TimeZone } from '#domain/time.ts';
import { board, dependency } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { LoadedCommitment } from './commitment-rows.ts';
import { stateOfDependency } from './dependency-rows.ts';

/** What every rule of an organisation starts from. */
export interface OrganisationFacts {
  readonly organisationId: string;
  readonly zone: TimeZone;
  readonly depth: Depth;
}

/** Rules' settings and calendar. Every organisation has the defaults until it is offered others. */
export const ruleFacts = (zone: TimeZone) => ({ zone, calendar: plainWeek, settings: defaultSettings });

/** Fills in what a decision about one commitment may know. */
export async function contextOf(
  queries: Queries,
  facts: OrganisationFacts,
  { row, slots }: LoadedCommitment,
  standing: Standing,
): Promise<CommitmentContext> {
  return {
    ...ruleFacts(facts.zone),
    standing,
    slots,
    depth: facts.depth,
    needs: await readNeeds(queries, row.boardId, row.objectKey),
    capacity: 'unknown',
    periodClosesAt: await readClose(queries, row.boardId, facts.zone),
    inCloseSession: false,
    importing: false,
  };
}

/** What the objective needs of other teams, without what was withdrawn. */
export async function readNeeds(
  queries: Queries,
  boardId: string | null,
  objectKey: string,
): Promise<readonly NeedState[]> {
  if (boardId === null) return [];
  const rows = await queries
    .select()
    .from(dependency)
    .where(
      and(
        eq(dependency.boardId, boardId),
        eq(dependency.requesterKey, objectKey),
        ne(dependency.status, 'withdrawn'),
      ),
    );
  return rows.map((row) => ({
    key: row.objectKey,
    what: row.what,
    status: row.status,
    hard: row.hard,
    needsChoice: needsChoice(stateOfDependency(row)),
  }));
}

/** When the period of a board is closed: at the end of the day chosen in the commit review. */
export async function readClose(
  queries: Queries,
  boardId: string | null,
  zone: TimeZone,
): Promise<Instant | null> {
  if (boardId === null) return null;
  const [row] = await queries.select({ rhythm: board.rhythm }).from(board).where(eq(board.id, boardId));
  return row?.rhythm ? endOfDay(row.rhythm.closeOn, zone) : null;
}
