import { and, asc, eq } from 'drizzle-orm';
import { allowed, refused } from '#domain/outcome.ts';
import type * as views from '#protocol/views/organisation.ts';
import type { Result, Viewer } from '../../app.ts';
import type { AccountParts } from '../accounts.ts';
import type { AccessDependencies } from '../../organisations/dependencies.ts';
import * as schema from '../../store/schema.ts';
import type { Queries } from '../../store/store.ts';
import { isUuid } from '../../store/uuid.ts';
import { holdWaysIn, mayLoseOne } from '../ways-in.ts';
import type { IdentityProvider, ProvenIdentity } from './identity-provider.ts';

const { identity } = schema;

/** The identity providers of the settings. */
interface Providers {
  readonly providers: readonly IdentityProvider[];
}

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

/** Links an identity to an account, `true` when it was not yet; refused when it opens another. Twice is no fault. */
export async function link(
  queries: Queries,
  parts: AccessDependencies,
  accountId: string,
  proven: ProvenIdentity,
): Result<boolean> {
  const linked = await queries
    .insert(identity)
    .values({
      id: parts.newId(),
      accountId,
      issuer: proven.issuer,
      subject: proven.subject,
      email: proven.email,
      createdAt: new Date(parts.now()),
    })
    .onConflictDoNothing()
    .returning({ id: identity.id });
  return (await accountOf(queries, proven)) === accountId
    ? allowed(linked.length > 0)
    : refused(
        'identity-taken',
        'This identity already opens another account here. Sign in to that one, and end the link there first.',
      );
}

/** What opens the viewer's account beside its password, and the providers it is not linked with yet. */
export async function readIdentities(
  parts: AccessDependencies & Providers,
  viewer: Viewer,
): Promise<{ identities: readonly views.IdentityView[]; linkable: readonly views.ProviderView[] }> {
  const rows = await parts.store.db
    .select()
    .from(identity)
    .where(eq(identity.accountId, viewer.accountId))
    .orderBy(asc(identity.createdAt));
  const linked = new Set(rows.map(({ issuer }) => bare(issuer)));
  return {
    identities: rows.map((row) => ({
      id: row.id,
      provider: providerOf(parts, row.issuer),
      email: row.email,
      since: row.createdAt.getTime(),
    })),
    linkable: parts.providers
      .filter(({ issuer }) => !linked.has(bare(issuer)))
      .map(({ kind, name }) => ({ kind, name })),
  };
}

/** What people know an issuer by: the name of the settings, or else its host. */
export const providerOf = ({ providers }: Providers, issuer: string): string =>
  providers.find((it) => bare(it.issuer) === bare(issuer))?.name ??
  (URL.canParse(issuer) ? new URL(issuer).host : issuer);

/** Settings and providers differ in the slash at the end. */
const bare = (issuer: string): string => issuer.replace(/\/$/, '');

/** Ends a link of the viewer's own; the last way into an account stays. */
export async function unlink(parts: AccountParts & Providers, viewer: Viewer, id: string): Result<true> {
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
      .returning({ issuer: identity.issuer });
    const [ended] = gone;
    if (ended === undefined) return none;
    const what = `Your account is no longer linked with ${providerOf(parts, ended.issuer)}; what you are there does not sign in here any more.`;
    await parts.tellOwner(tx, viewer, { subject: 'A link of your account was ended', what });
    return allowed(true);
  });
}
