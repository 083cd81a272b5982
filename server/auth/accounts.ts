import { asc, eq, and, isNull } from 'drizzle-orm';
import { allowed, refused } from '#domain/outcome.ts';
import type { Auth, Client, Result, Viewer } from '../app.ts';
import * as schema from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { AccessDependencies } from '../organisations/dependencies.ts';
import { checkPassword, fitsPassword, hashPassword, isOutdated } from './passwords.ts';
import { foldEmail } from '../organisations/people-in.ts';
import type { SignIns } from './sign-ins.ts';
import type { Throttle } from './throttle.ts';

const { account, member } = schema;

/** Queues a mail to somebody about the own account, within what it tells of. */
export type TellOwner = (
  queries: Queries,
  viewer: Viewer,
  mail: { readonly subject: string; readonly what: string },
) => Promise<void>;

export interface AccountParts extends AccessDependencies {
  readonly tellOwner: TellOwner;
  readonly signIns: SignIns;
  readonly throttle: Throttle;
}

/** The account of an address and password; unknown addresses and wrong passwords get one answer in one time. */
export async function authenticate(
  parts: AccountParts,
  input: { readonly email: string; readonly password: string },
  client: Client,
): Result<typeof account.$inferSelect> {
  const address = foldEmail(String(input.email)).slice(0, 254);
  const password = String(input.password).slice(0, 1024);
  const turn = await parts.throttle.takeTry(address, client.address);
  if (!turn.ok) return turn;
  const [found] = await parts.store.db.select().from(account).where(eq(account.email, address));
  const fits = await fitsPassword(found?.passwordHash ?? null, password);
  if (!found || !fits) {
    return refused(
      'wrong-credentials',
      'This e-mail address and password do not fit together. Check both, then try again.',
    );
  }
  await parts.throttle.giveBack(address, client.address);
  if (found.passwordHash !== null && isOutdated(found.passwordHash)) {
    const passwordHash = await hashPassword(password);
    await parts.store.db.update(account).set({ passwordHash }).where(eq(account.id, found.id));
  }
  return allowed(found);
}

/** Signs in to the account's first organisation; others are switched to. */
export async function signIn(
  parts: AccountParts,
  input: { readonly email: string; readonly password: string },
  client: Client,
): ReturnType<Auth['signIn']> {
  const known = await authenticate(parts, input, client);
  return known.ok ? enter(parts, known.value.id, client) : known;
}

/** Signs an account in that has proven itself, to its first organisation. */
export async function enter(
  parts: AccountParts,
  accountId: string,
  client: Client,
): ReturnType<Auth['signIn']> {
  const [place] = await parts.store.db
    .select({ organisationId: member.organisationId })
    .from(member)
    .where(and(eq(member.accountId, accountId), isNull(member.suspendedAt)))
    .orderBy(asc(member.createdAt))
    .limit(1);
  if (!place) {
    return refused(
      'no-organisation',
      'Your account belongs to no organisation now. Ask its administrator to let you in again.',
    );
  }
  const cookie = await parts.signIns.start(parts.store.db, accountId, place.organisationId, client);
  const viewer = await parts.signIns.viewerOf(cookie);
  if (viewer === null) throw new Error('A sign-in just made was not found.');
  return allowed({ cookie, viewer });
}

/** Asks for the password once more before something that only the owner may do. */
export async function checkCurrentPassword(
  parts: AccountParts,
  of: Pick<typeof account.$inferSelect, 'id' | 'email'>,
  current: string,
): Result<true> {
  const known = await authenticate(
    parts,
    { email: of.email, password: current },
    { address: `account:${of.id}`, userAgent: '' },
  );
  if (known.ok) return allowed(true);
  return known.refusal.code === 'wrong-credentials'
    ? refused('wrong-credentials', 'The current password is not right.', { path: 'current' })
    : known;
}

/** Changes the password and signs out every other browser of the account. */
export async function changePassword(
  parts: AccountParts,
  viewer: Viewer,
  input: { readonly current: string; readonly next: string },
): Result<true> {
  const [found] = await parts.store.db.select().from(account).where(eq(account.id, viewer.accountId));
  if (!found?.passwordHash)
    return refused('no-password', 'This account has no password: it is signed in to in another way.');
  const known = await checkCurrentPassword(parts, found, input.current);
  if (!known.ok) return known;
  const strong = checkPassword(String(input.next), [found.email, found.name, viewer.organisation.name]);
  if (!strong.ok) return { ok: false, refusal: { ...strong.refusal, path: 'next' } };
  const passwordHash = await hashPassword(strong.value);
  await parts.store.transaction(async (tx) => {
    await tx.update(account).set({ passwordHash }).where(eq(account.id, found.id));
    const what = 'The password of your account was changed. All other browsers were signed out.';
    await parts.tellOwner(tx, viewer, { subject: 'The password of your account was changed', what });
  });
  await parts.signIns.endOthers(found.id, viewer.signInId);
  return allowed(true);
}
