import { and, desc, eq, gt, isNull, lt, or, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { allowed, refused } from '#domain/outcome.ts';
import type * as views from '#protocol/views/organisation.ts';
import type { Auth, Result, Viewer } from '../app.ts';
import { mayInvite } from '../organisations/rights.ts';
import { listTeams } from '../organisations/teams.ts';
import * as schema from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import type { AccessDependencies } from '../organisations/dependencies.ts';
import { email, parse } from '../organisations/input.ts';
import { foldEmail } from '../organisations/people-in.ts';
import { hashSecret, newSecret } from './secrets.ts';

const { board, boardTeam, invite, organisation, person, team } = schema;
const DAY = 24 * 60 * 60 * 1000;

const inviteInput = z.object({
  role: z.enum(['administrator', 'member', 'observer'], {
    error: 'Choose administrator, member or observer.',
  }),
  email: email.nullish(),
  boardId: z.uuid('This is no board.').nullish(),
  teamId: z.uuid('This is no team.').nullish(),
  personId: z.uuid('This is no person.').nullish(),
  maxUses: z.number().int().min(1, 'Use 1 to 1,000 uses.').max(1000, 'Use 1 to 1,000 uses.').optional(),
  days: z.number().int().min(1, 'Use 1 to 30 days.').max(30, 'Use 1 to 30 days.').default(7),
});

/** One answer for unknown, expired, revoked, used up and made out to somebody else: it tells a guesser nothing. */
export const noSuchInvite = () =>
  refused(
    'not-found',
    'This invite is not valid: it may have expired, been used up or been withdrawn. Ask for a new one.',
  );

/** Makes a link. Administrators invite to anything; a lead invites members and observers to the own team. */
export async function createInvite(
  parts: AccessDependencies,
  viewer: Viewer,
  rawInput: Parameters<Auth['createInvite']>[1],
): ReturnType<Auth['createInvite']> {
  const parsed = parse(inviteInput, rawInput);
  if (!parsed.ok) return parsed;
  const input = parsed.value;
  const may = mayInvite(viewer, { role: input.role, teamId: input.teamId ?? null });
  if (!may.ok) return may;
  const known = await checkTargets(parts.store.db, viewer, input);
  if (!known.ok) return known;
  const token = newSecret();
  const now = parts.now();
  const bound = (input.email ?? null) !== null || (input.personId ?? null) !== null;
  const row = {
    id: parts.newId(),
    organisationId: viewer.organisationId,
    tokenHash: hashSecret(token),
    role: input.role,
    email: input.email ? foldEmail(input.email) : null,
    boardId: input.boardId ?? null,
    teamId: input.teamId ?? null,
    personId: input.personId ?? null,
    // Made out to one person it is used once; a link for a room is used by many.
    maxUses: bound ? 1 : (input.maxUses ?? 1),
    createdBy: viewer.memberId,
    createdAt: new Date(now),
    expiresAt: new Date(now + input.days * DAY),
    revokedAt: null,
    uses: 0,
  };
  await parts.store.db.insert(invite).values(row);
  return allowed({ invite: view(row), token });
}

async function checkTargets(
  queries: Queries,
  { organisationId, hiddenBoards }: Viewer,
  input: z.output<typeof inviteInput>,
): Result<true> {
  if (input.boardId) {
    const here = and(eq(board.id, input.boardId), eq(board.organisationId, organisationId));
    const isHidden = hiddenBoards.includes(input.boardId);
    if (isHidden || (await queries.select({ id: board.id }).from(board).where(here)).length === 0) {
      return refused('unknown-board', 'There is no such board.', { path: 'boardId' });
    }
  }
  if (input.teamId) {
    const here = and(
      eq(team.id, input.teamId),
      eq(team.organisationId, organisationId),
      isNull(team.archivedAt),
    );
    if ((await queries.select({ id: team.id }).from(team).where(here)).length === 0) {
      return refused('unknown-team', 'There is no such team.', { path: 'teamId' });
    }
  }
  if (input.personId) {
    const here = and(
      eq(person.id, input.personId),
      eq(person.organisationId, organisationId),
      isNull(person.mergedInto),
    );
    const [found] = await queries.select({ accountId: person.accountId }).from(person).where(here);
    if (!found) return refused('unknown-person', 'There is no such person.', { path: 'personId' });
    if (found.accountId !== null)
      return refused('already-joined', 'This person has already joined.', { path: 'personId' });
  }
  return allowed(true);
}

/** Invites that can still be used, newest first: an administrator sees all, others their own. */
export async function listInvites(
  parts: AccessDependencies,
  viewer: Viewer,
): Promise<readonly views.InviteView[]> {
  const rows = await parts.store.db
    .select()
    .from(invite)
    .where(
      and(
        eq(invite.organisationId, viewer.organisationId),
        viewer.role === 'administrator' ? undefined : eq(invite.createdBy, viewer.memberId),
        isUsable(parts.now()),
      ),
    )
    .orderBy(desc(invite.createdAt));
  return rows.map(view);
}

/** Takes a link back at once. */
export async function revokeInvite(parts: AccessDependencies, viewer: Viewer, id: string): Result<true> {
  if (!isUuid(id)) return refused('not-found', 'There is no such invite.');
  const gone = await parts.store.db
    .update(invite)
    .set({ revokedAt: new Date(parts.now()) })
    .where(
      and(
        eq(invite.id, id),
        eq(invite.organisationId, viewer.organisationId),
        viewer.role === 'administrator' ? undefined : eq(invite.createdBy, viewer.memberId),
      ),
    )
    .returning({ id: invite.id });
  return gone.length > 0 ? allowed(true) : refused('not-found', 'There is no such invite.');
}

/** The invite of a token if it can be used now, else null. */
export async function findUsable(
  queries: Queries,
  token: string,
  now: number,
): Promise<typeof invite.$inferSelect | null> {
  const [found] = await queries
    .select()
    .from(invite)
    .where(and(eq(invite.tokenHash, hashSecret(token)), isUsable(now)));
  return found ?? null;
}

/** Takes one use; false when another taker was quicker or it was withdrawn meanwhile. */
export async function takeUse(queries: Queries, id: string, now: number): Promise<boolean> {
  const taken = await queries
    .update(invite)
    .set({ uses: sql`${invite.uses} + 1` })
    .where(and(eq(invite.id, id), isUsable(now)))
    .returning({ id: invite.id });
  return taken.length > 0;
}

const isUsable = (now: number) =>
  and(isNull(invite.revokedAt), gt(invite.expiresAt, new Date(now)), lt(invite.uses, invite.maxUses));

/** What an invite opens, shown before its form. Changes nothing. */
export async function readInvite(parts: AccessDependencies, token: string): ReturnType<Auth['readInvite']> {
  const { db } = parts.store;
  const found = await findUsable(db, token, parts.now());
  if (found === null) return noSuchInvite();
  const [home] = await db
    .select({ name: organisation.name })
    .from(organisation)
    .where(eq(organisation.id, found.organisationId));
  const [opens] = found.boardId
    ? await db
        .select({ title: board.title })
        .from(board)
        .where(
          and(
            eq(board.id, found.boardId),
            eq(board.organisationId, found.organisationId),
            opensTo(found.teamId),
          ),
        )
    : [];
  const [named] = found.personId
    ? await db.select({ name: person.name }).from(person).where(eq(person.id, found.personId))
    : [];
  return allowed({
    organisation: home?.name ?? '',
    role: found.role,
    boardId: opens ? found.boardId : null,
    boardTitle: opens?.title ?? null,
    teamId: found.teamId,
    teams: await listTeams(db, found.organisationId),
    email: found.email,
    personName: named?.name ?? null,
  });
}

/** Boards that whoever joins this team, or none, may look at: no other is named to who holds an invite. */
function opensTo(teamId: string | null): SQL | undefined {
  if (teamId === null) return eq(board.scope, 'organisation');
  const theirs = sql`exists (select 1 from ${boardTeam} where ${boardTeam.boardId} = ${board.id} and ${boardTeam.teamId} = ${teamId})`;
  return or(eq(board.scope, 'organisation'), and(eq(board.scope, 'team'), theirs));
}

const view = (row: typeof invite.$inferSelect): views.InviteView => ({
  id: row.id,
  role: row.role,
  boardId: row.boardId,
  teamId: row.teamId,
  email: row.email,
  uses: row.uses,
  maxUses: row.maxUses,
  createdAt: row.createdAt.getTime(),
  expiresAt: row.expiresAt.getTime(),
  revoked: row.revokedAt !== null,
});
