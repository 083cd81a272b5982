import { and, desc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { allowed, refused } from '#domain/outcome.ts';
import type { ScimTokenView } from '#protocol/views/provisioning.ts';
import type { Result, Viewer } from '../app.ts';
import { hashSecret, newSecret } from '../auth/secrets.ts';
import type { AccessDependencies } from '../organisations/dependencies.ts';
import { line, parse } from '../organisations/input.ts';
import { mayAdminister } from '../organisations/rights.ts';
import { viewOrganisation } from '../organisations/views.ts';
import { logChange } from '../store/log-change.ts';
import * as schema from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';

const { member, organisation, person, scimToken } = schema;
const PREFIX = 'scim_';
/** "Last used" this exact is exact enough; every request would write a row otherwise. */
const USED_EVERY_MS = 60_000;
const tokenInput = z.object({ name: line('a name for the token', 80) });

/** Who looks after the directory: administrators of an organisation of its own. */
export function mayProvision(viewer: Viewer): ReturnType<typeof mayAdminister> {
  return viewer.organisation.kind === 'example'
    ? refused('forbidden', 'The example has no directory. Set up your own organisation.')
    : mayAdminister(viewer);
}

/** Makes a token of the organisation; it is shown once, kept hashed, and good until it is revoked. */
export async function createScimToken(
  parts: AccessDependencies,
  viewer: Viewer,
  input: { readonly name: string },
): Result<{ token: string; view: ScimTokenView }> {
  const may = mayProvision(viewer);
  if (!may.ok) return may;
  const parsed = parse(tokenInput, input);
  if (!parsed.ok) return parsed;
  const token = PREFIX + newSecret();
  const row = {
    id: parts.newId(),
    organisationId: viewer.organisationId,
    name: parsed.value.name,
    hint: token.slice(0, PREFIX.length + 5),
    tokenHash: hashSecret(token),
    createdBy: viewer.memberId,
    createdAt: new Date(parts.now()),
    lastUsedAt: null,
    revokedAt: null,
  };
  await parts.store.transaction(async (tx) => {
    await tx.insert(scimToken).values(row);
    await logToken(parts, tx, viewer, 'directory-token-made', row.name);
  });
  return allowed({ token, view: { ...view(row), by: viewer.name } });
}

/** The tokens that open something, newest first. */
export async function listScimTokens(
  parts: AccessDependencies,
  viewer: Viewer,
): Result<readonly ScimTokenView[]> {
  const may = mayProvision(viewer);
  if (!may.ok) return may;
  const rows = await parts.store.db
    .select({ token: scimToken, by: person.name })
    .from(scimToken)
    .innerJoin(member, eq(member.id, scimToken.createdBy))
    .innerJoin(person, eq(person.id, member.personId))
    .where(and(eq(scimToken.organisationId, viewer.organisationId), isNull(scimToken.revokedAt)))
    .orderBy(desc(scimToken.createdAt));
  return allowed(rows.map(({ token, by }) => ({ ...view(token), by })));
}

/** From now on it opens nothing. */
export async function revokeScimToken(parts: AccessDependencies, viewer: Viewer, id: string): Result<true> {
  const may = mayProvision(viewer);
  if (!may.ok) return may;
  const none = refused('not-found', 'There is no such token.');
  if (!isUuid(id)) return none;
  const here = and(eq(scimToken.id, id), eq(scimToken.organisationId, viewer.organisationId));
  return parts.store.transaction(async (tx) => {
    const [gone] = await tx
      .update(scimToken)
      .set({ revokedAt: new Date(parts.now()) })
      .where(and(here, isNull(scimToken.revokedAt)))
      .returning({ name: scimToken.name });
    if (gone === undefined) return none;
    await logToken(parts, tx, viewer, 'directory-token-revoked', gone.name);
    return allowed(true);
  });
}

/** Who opened a door for a directory, and who shut it, stands in the organisation's history. */
const logToken = (
  { now }: AccessDependencies,
  tx: Queries,
  viewer: Viewer,
  type: 'directory-token-made' | 'directory-token-revoked',
  directory: string,
): Promise<void> =>
  logChange(
    tx,
    viewer,
    { kind: 'organisation', id: viewer.organisationId, type, data: { directory } },
    now(),
  );

/**
 * Who acts with a token: the organisation, in the name of who made the token, also when that one has left meanwhile.
 * null when it is unknown or revoked; a token of another kind takes the same way to the same answer.
 */
export async function holderOfScimToken(
  parts: AccessDependencies,
  token: string,
): Promise<{ actor: Viewer; tokenId: string } | null> {
  const now = parts.now();
  const [found] = await parts.store.db
    .select({ token: scimToken, member, person, organisation })
    .from(scimToken)
    .innerJoin(member, eq(member.id, scimToken.createdBy))
    .innerJoin(person, eq(person.id, member.personId))
    .innerJoin(organisation, eq(organisation.id, scimToken.organisationId))
    .where(and(eq(scimToken.tokenHash, hashSecret(token)), isNull(scimToken.revokedAt)));
  if (!found) return null;
  if (now - (found.token.lastUsedAt?.getTime() ?? 0) >= USED_EVERY_MS) {
    await parts.store.db
      .update(scimToken)
      .set({ lastUsedAt: new Date(now) })
      .where(eq(scimToken.id, found.token.id));
  }
  return { actor: actorOf(found, now), tokenId: found.token.id };
}

const actorOf = (
  found: {
    readonly member: typeof member.$inferSelect;
    readonly person: typeof person.$inferSelect;
    readonly organisation: typeof organisation.$inferSelect;
  },
  now: number,
): Viewer => ({
  accountId: found.member.accountId,
  organisationId: found.organisation.id,
  memberId: found.member.id,
  personId: found.person.id,
  personKey: found.person.key,
  name: found.person.name,
  colour: found.person.colour,
  role: 'administrator',
  roleVersion: found.member.roleVersion,
  teams: [],
  via: 'api',
  signInId: null,
  scope: 'write',
  viewingAs: false,
  hiddenBoards: [],
  organisation: viewOrganisation(found.organisation, now),
});

const view = (row: typeof scimToken.$inferSelect): Omit<ScimTokenView, 'by'> => ({
  id: row.id,
  name: row.name,
  hint: row.hint,
  createdAt: row.createdAt.getTime(),
  lastUsedAt: row.lastUsedAt?.getTime() ?? null,
});
