import { and, asc, eq } from 'drizzle-orm';
import { allowed, refused } from '#domain/outcome.ts';
import type * as views from '#protocol/views/organisation.ts';
import type { Result, Viewer } from '../../app.ts';
import type { AccessDependencies } from '../../organisations/dependencies.ts';
import * as schema from '../../store/schema.ts';
import type { Queries } from '../../store/store.ts';
import { isUuid } from '../../store/uuid.ts';
import { holdWaysIn, mayLoseOne } from '../ways-in.ts';
import type { ProvenIdentity } from './identity-provider.ts';

const { identity } = schema;

/** The account this identity opens; null when it is linked to none. An e-mail address that agrees links nothing. */
export async function accountOf(
  queries: Queries,
  { issuer, subject }: Pick<ProvenIdentity, 'issuer' | 'subject'>,
): Promise<string | null> {
  const [found] = await queries
    .select({ accountId: identity.accountId })
    .from(identity)
    .where(and(eq(identity.issuer, issuer), eq(identity.subject, subject)));
  return found?.accountId ?? null;
}

/** Links an identity to an account; refused when it opens another. Linking it twice to the same is no fault. */
export async function link(
  queries: Queries,
  parts: AccessDependencies,
  accountId: string,
  proven: ProvenIdentity,
): Result<true> {
  await queries
    .insert(identity)
    .values({
      id: parts.newId(),
      accountId,
      issuer: proven.issuer,
      subject: proven.subject,
      email: proven.email,
      createdAt: new Date(parts.now()),
    })
    .onConflictDoNothing();
  return (await accountOf(queries, proven)) === accountId
    ? allowed(true)
    : refused(
        'identity-taken',
        'This identity already opens another account here. Sign in to that one, and end the link there first.',
      );
}

/** What opens the viewer's account beside its password. */
export async function listIdentities(
  parts: AccessDependencies,
  viewer: Viewer,
): Promise<readonly views.IdentityView[]> {
  const rows = await parts.store.db
    .select()
    .from(identity)
    .where(eq(identity.accountId, viewer.accountId))
    .orderBy(asc(identity.createdAt));
  return rows.map((row) => ({
    id: row.id,
    provider: URL.canParse(row.issuer) ? new URL(row.issuer).host : row.issuer,
    email: row.email,
    since: row.createdAt.getTime(),
  }));
}

/** Ends a link of the viewer's own; the last way into an account stays. */
export async function unlink(parts: AccessDependencies, viewer: Viewer, id: string): Result<true> {
  const none = refused('not-found', 'There is no such link to your account.');
  if (!isUuid(id)) return none;
  const mine = eq(identity.accountId, viewer.accountId);
  return parts.store.transaction(async (tx) => {
    if (!mayLoseOne(await holdWaysIn(tx, viewer.accountId))) {
      return refused(
        'last-way-in',
        'Your account has no password and no passkey: without this link nobody could sign in to it any more.',
      );
    }
    const gone = await tx
      .delete(identity)
      .where(and(mine, eq(identity.id, id)))
      .returning({ id: identity.id });
    return gone.length > 0 ? allowed(true) : none;
  });
}
