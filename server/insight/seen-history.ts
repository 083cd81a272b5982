import { and, eq, inArray, ne, notInArray, or, sql, type SQL } from 'drizzle-orm';
import type { Viewer } from '../app.ts';
import { commitment, dependency, event } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/** Asks that were not sent and are not of this viewer's side: they are nobody else's business (tracking.md T5). */
function otherSidesDrafts({ organisationId, personId, teams }: Viewer): SQL | undefined {
  const own = teams.map(({ teamId }) => teamId);
  return and(
    eq(dependency.organisationId, organisationId),
    eq(dependency.status, 'draft'),
    own.length === 0
      ? undefined
      : or(sql`${dependency.requesterTeamId} is null`, notInArray(dependency.requesterTeamId, own)),
    sql`coalesce(
      (select ${commitment.ownerId}::text from ${commitment}
        where ${commitment.boardId} = ${dependency.boardId} and ${commitment.objectKey} = ${dependency.requesterKey}),
      ${dependency.state}->'requester'->>'owner', '') <> ${personId}`,
  );
}

/** Leaves out of the log what this viewer could not see on any page. */
export function beyondTheseEyes(viewer: Viewer): SQL | undefined {
  const drafts = sql`${event.objectId} in (select ${dependency.id} from ${dependency} where ${otherSidesDrafts(viewer)})`;
  return or(ne(event.objectKind, 'dependency'), sql`not (${drafts})`);
}

/** True when this viewer may look at the history of one object of his organisation. */
export async function maySeeHistory(
  queries: Queries,
  viewer: Viewer,
  kind: string,
  id: string,
): Promise<boolean> {
  if (kind !== 'dependency') return true;
  const hidden = await queries
    .select({ id: dependency.id })
    .from(dependency)
    .where(and(inArray(dependency.id, [id]), otherSidesDrafts(viewer)));
  return hidden.length === 0;
}
