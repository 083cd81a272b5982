import { and, eq, inArray, ne, or, sql, type SQL } from 'drizzle-orm';
import { concernsPromise } from '#domain/commitment/concerned.ts';
import { scopeOf, type Commitment } from '#domain/commitment/commitment.ts';
import { concernsAsk } from '#domain/dependency/concerned.ts';
import type { Dependency } from '#domain/dependency/dependency.ts';
import type { Viewer } from '../app.ts';
import { commitment, dependency } from '../store/schema.ts';
import { onSeenBoards } from '../store/seen-boards.ts';

/** Through whose eyes: what a viewer may look at beside the boards he may open. */
export type Seer = Pick<Viewer, 'personId' | 'teams' | 'hiddenBoards'>;

const leadOf = ({ teams }: Seer): readonly string[] =>
  teams.filter(({ role }) => role === 'lead').map(({ teamId }) => teamId);
const memberOf = ({ teams }: Seer): readonly string[] => teams.map(({ teamId }) => teamId);

/** False for a promise on a board this viewer may not look at, unless it concerns him. */
export function seesPromise(viewer: Seer, it: Commitment): boolean {
  const board = scopeOf(it.source);
  if (board === null || !viewer.hiddenBoards.includes(board)) return true;
  return concernsPromise(it, viewer.personId, leadOf(viewer));
}

/** The same for an ask. */
export function seesAsk(viewer: Seer, it: Dependency): boolean {
  if (!viewer.hiddenBoards.includes(it.board)) return true;
  return concernsAsk(it, viewer.personId, { leadOf: leadOf(viewer), memberOf: memberOf(viewer) });
}

/** `scopeOf` of a row. */
export const scopeColumn = sql<
  string | null
>`coalesce(${commitment.boardId}, (${commitment.state}->'source'->>'scope')::uuid)`;

/** `seesPromise` as a condition; nothing where no board is hidden. */
export function seenPromises(viewer: Seer): SQL | undefined {
  const open = onSeenBoards(scopeColumn, viewer.hiddenBoards);
  if (open === undefined) return undefined;
  const state = (path: SQL) => sql`${commitment.state}${path} = ${viewer.personId}`;
  const leads = leadOf(viewer);
  return or(
    open,
    eq(commitment.ownerId, viewer.personId),
    ...[state(sql`->>'reviewer'`), state(sql`->>'sponsor'`), state(sql`->>'delegate'`)],
    state(sql`->'handover'->>'to'`),
    leads.length === 0 ? undefined : inArray(commitment.teamId, [...leads]),
  );
}

/** `seesAsk` as a condition. */
export function seenAsks(viewer: Seer): SQL | undefined {
  const open = onSeenBoards(dependency.boardId, viewer.hiddenBoards);
  if (open === undefined) return undefined;
  const [leads, teams] = [leadOf(viewer), memberOf(viewer)];
  return or(
    open,
    eq(dependency.providerPersonId, viewer.personId),
    sql`${requesterOwner} = ${viewer.personId}`,
    leads.length === 0 ? undefined : inArray(dependency.requesterTeamId, [...leads]),
    teams.length === 0
      ? undefined
      : and(ne(dependency.status, 'draft'), inArray(dependency.providerTeamId, [...teams])),
  );
}

/** Who owns the objective that needs it: by its promise, before there is one by the card. */
export const requesterOwner = sql<string>`coalesce(
  (select ${commitment.ownerId}::text from ${commitment}
    where ${commitment.boardId} = ${dependency.boardId} and ${commitment.objectKey} = ${dependency.requesterKey}),
  ${dependency.state}->'requester'->>'owner', '')`;
