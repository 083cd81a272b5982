import { and, eq, inArray, ne, notInArray, or, sql, type SQL } from 'drizzle-orm';
import type { Viewer } from '../app.ts';
import { dependency, event } from '../store/schema.ts';
import { onSeenBoards } from '../store/seen-boards.ts';
import type { Queries } from '../store/store.ts';
import { requesterOwner } from '../tracking/seen.ts';
import { seenByKind } from '../tracking/unseen-subjects.ts';

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
export function beyondTheseEyes(queries: Queries, viewer: Viewer): SQL | undefined {
  const drafts = sql`${event.objectId} in (select ${dependency.id} from ${dependency} where ${otherSidesDrafts(viewer)})`;
  return and(or(ne(event.objectKind, 'dependency'), sql`not (${drafts})`), ofWhatIsSeen(queries, viewer));
}

/**
 * What is hidden from this viewer now has no line, whatever it was when the line was written: a line is headed by what its
 * object is called today. What he did himself stays his.
 */
function ofWhatIsSeen(queries: Queries, viewer: Viewer): SQL | undefined {
  const open = onSeenBoards(event.boardId, viewer.hiddenBoards);
  if (open === undefined) return undefined;
  const seen = seenByKind(queries, viewer);
  const ofNoBoard = notInArray(
    event.objectKind,
    seen.map(({ kind }) => kind),
  );
  return or(
    eq(event.actorPersonId, viewer.personId),
    and(open, ofNoBoard),
    ...seen.map(({ kind, ids }) => and(eq(event.objectKind, kind), inArray(event.objectId, ids))),
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
        beyondTheseEyes(queries, viewer),
      ),
    )
    .limit(1);
  return seen !== undefined;
}
