import { and, eq, ne, notInArray, or, sql, type SQL } from 'drizzle-orm';
import type { Viewer } from '../app.ts';
import { commitment, dependency, event } from '../store/schema.ts';
import { onSeenBoards } from '../store/seen-boards.ts';
import type { Queries } from '../store/store.ts';
import { requesterOwner, seenAsks, seenPromises } from '../tracking/seen.ts';

/** Asks that were not sent and are not of this viewer's side: they are nobody else's business (tracking.md T5). */
function otherSidesDrafts({ organisationId, personId, teams }: Viewer): SQL | undefined {
  const own = teams.map(({ teamId }) => teamId);
  return and(
    eq(dependency.organisationId, organisationId),
    eq(dependency.status, 'draft'),
    own.length === 0
      ? undefined
      : or(sql`${dependency.requesterTeamId} is null`, notInArray(dependency.requesterTeamId, own)),
    sql`${requesterOwner} <> ${personId}`,
  );
}

/** Leaves out of the log what this viewer could not see on any page. */
export function beyondTheseEyes(viewer: Viewer): SQL | undefined {
  const drafts = sql`${event.objectId} in (select ${dependency.id} from ${dependency} where ${otherSidesDrafts(viewer)})`;
  return and(or(ne(event.objectKind, 'dependency'), sql`not (${drafts})`), onBoardsOrConcerning(viewer));
}

/** What happened on boards that are hidden from this viewer is his only as far as it concerns him, or he did it. */
function onBoardsOrConcerning(viewer: Viewer): SQL | undefined {
  const open = onSeenBoards(event.boardId, viewer.hiddenBoards);
  if (open === undefined) return undefined;
  const { organisationId, personId } = viewer;
  const promises = sql`select ${commitment.id} from ${commitment}
    where ${and(eq(commitment.organisationId, organisationId), seenPromises(viewer))}`;
  const asks = sql`select ${dependency.id} from ${dependency}
    where ${and(eq(dependency.organisationId, organisationId), seenAsks(viewer))}`;
  return or(
    open,
    eq(event.actorPersonId, personId),
    and(eq(event.objectKind, 'commitment'), sql`${event.objectId} in (${promises})`),
    and(eq(event.objectKind, 'dependency'), sql`${event.objectId} in (${asks})`),
  );
}

/** True when this viewer may look at the history of one object of his organisation: when any line of it is in his log. */
export async function maySeeHistory(
  queries: Queries,
  viewer: Viewer,
  kind: string,
  id: string,
): Promise<boolean> {
  if (kind !== 'dependency' && viewer.hiddenBoards.length === 0) return true;
  const [seen] = await queries
    .select({ id: event.id })
    .from(event)
    .where(
      and(
        ...[
          eq(event.organisationId, viewer.organisationId),
          eq(event.objectKind, kind),
          eq(event.objectId, id),
        ],
        beyondTheseEyes(viewer),
      ),
    )
    .limit(1);
  return seen !== undefined;
}
