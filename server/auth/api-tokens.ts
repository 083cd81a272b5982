import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { allowed, refused } from '#domain/outcome.ts';
import type * as views from '#protocol/views/organisation.ts';
import type { Auth, Result, Viewer } from '../app.ts';
import * as schema from '../store/schema.ts';
import { isUuid } from '../store/uuid.ts';
import type { AccessDependencies } from '../organisations/dependencies.ts';
import { line, parse } from '../organisations/input.ts';
import { hashSecret, newSecret } from './secrets.ts';
import { findViewer } from './viewers.ts';

const { apiToken } = schema;
const DAY = 24 * 60 * 60 * 1000;
const PREFIX = 'tl_';
/** "Last used" this exact is exact enough; every request would write a row otherwise. */
const USED_EVERY_MS = 60_000;

const tokenInput = z.object({
  name: line('a name for the token', 80),
  scope: z.enum(['read', 'write'], { error: 'Choose read or write.' }),
  days: z.number().int().min(1, 'Use 1 to 365 days.').max(365, 'Use 1 to 365 days.'),
});

/** Makes a token that acts for the viewer; it is shown once and kept hashed. An observer's can only read. */
export async function createToken(
  parts: AccessDependencies,
  viewer: Viewer,
  rawInput: Parameters<Auth['createToken']>[1],
): ReturnType<Auth['createToken']> {
  const parsed = parse(tokenInput, rawInput);
  if (!parsed.ok) return parsed;
  const input = parsed.value;
  if (viewer.organisation.kind === 'example') {
    return refused('example', 'Visitors of the example have no tokens. Set up your own organisation.');
  }
  if (input.scope === 'write' && (viewer.role === 'observer' || viewer.scope === 'read')) {
    return refused('forbidden', 'You may only read here, and so may your tokens. Choose read.', {
      path: 'scope',
    });
  }
  const token = PREFIX + newSecret();
  const now = parts.now();
  const row = {
    id: parts.newId(),
    organisationId: viewer.organisationId,
    memberId: viewer.memberId,
    name: input.name,
    hint: token.slice(0, PREFIX.length + 5),
    tokenHash: hashSecret(token),
    scope: input.scope,
    createdAt: new Date(now),
    lastUsedAt: null,
    expiresAt: new Date(now + input.days * DAY),
    revokedAt: null,
  };
  await parts.store.db.insert(apiToken).values(row);
  return allowed({ token, view: view(row) });
}

export async function listTokens(
  parts: AccessDependencies,
  viewer: Viewer,
): Promise<readonly views.ApiTokenView[]> {
  const rows = await parts.store.db
    .select()
    .from(apiToken)
    .where(
      and(
        eq(apiToken.memberId, viewer.memberId),
        isNull(apiToken.revokedAt),
        gt(apiToken.expiresAt, new Date(parts.now())),
      ),
    )
    .orderBy(desc(apiToken.createdAt));
  return rows.map(view);
}

export async function revokeToken(parts: AccessDependencies, viewer: Viewer, id: string): Result<true> {
  if (!isUuid(id)) return refused('not-found', 'You have no such token.');
  const gone = await parts.store.db
    .update(apiToken)
    .set({ revokedAt: new Date(parts.now()) })
    .where(and(eq(apiToken.id, id), eq(apiToken.memberId, viewer.memberId), isNull(apiToken.revokedAt)))
    .returning({ id: apiToken.id });
  if (gone.length === 0) return refused('not-found', 'You have no such token.');
  parts.rights.tell({ tokenId: id });
  return allowed(true);
}

/** The member a bearer token acts for; null when it is unknown, expired or revoked, or the member is suspended. */
export async function viewerOfToken(
  parts: AccessDependencies,
  token: string,
): Promise<{ viewer: Viewer; tokenId: string } | null> {
  if (!token.startsWith(PREFIX) || token.length > 100) return null;
  const now = parts.now();
  const { db } = parts.store;
  const [row] = await db
    .select()
    .from(apiToken)
    .where(
      and(
        eq(apiToken.tokenHash, hashSecret(token)),
        isNull(apiToken.revokedAt),
        gt(apiToken.expiresAt, new Date(now)),
      ),
    );
  if (!row) return null;
  const viewer = await findViewer(
    db,
    { memberId: row.memberId },
    { via: 'api', signInId: null, scope: row.scope },
    now,
  );
  if (viewer === null) return null;
  if (now - (row.lastUsedAt?.getTime() ?? 0) >= USED_EVERY_MS) {
    await db
      .update(apiToken)
      .set({ lastUsedAt: new Date(now) })
      .where(eq(apiToken.id, row.id));
  }
  return { viewer, tokenId: row.id };
}

/** The member behind a token's id, for sockets that came in with it; null once it is revoked or has expired. */
export async function holderOfToken(parts: AccessDependencies, id: string): Promise<Viewer | null> {
  const now = parts.now();
  const [row] = await parts.store.db
    .select()
    .from(apiToken)
    .where(and(eq(apiToken.id, id), isNull(apiToken.revokedAt), gt(apiToken.expiresAt, new Date(now))));
  if (!row) return null;
  const door = { via: 'api', signInId: null, scope: row.scope } as const;
  return findViewer(parts.store.db, { memberId: row.memberId }, door, now);
}

const view = (row: typeof apiToken.$inferSelect): views.ApiTokenView => ({
  id: row.id,
  name: row.name,
  hint: row.hint,
  scope: row.scope,
  createdAt: row.createdAt.getTime(),
  lastUsedAt: row.lastUsedAt?.getTime() ?? null,
  expiresAt: row.expiresAt.getTime(),
});
