import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { allowed, refused } from '#domain/outcome.ts';
import type { PasskeyView } from '#protocol/views/passkeys.ts';
import type { Client, Passkeys, Result, Viewer } from '../../app.ts';
import { line, parse } from '../../organisations/input.ts';
import { account, passkey, signIn } from '../../store/schema.ts';
import type { Queries } from '../../store/store.ts';
import { checkCurrentPassword } from '../accounts.ts';
import { newSecret } from '../secrets.ts';
import { holdWaysIn } from '../ways-in.ts';
import { beginAttempt, spendAttempt } from './attempts.ts';
import { checkMade, creationOptions } from './ceremony.ts';
import { viewPasskey } from './list-passkeys.ts';
import { findPlace, noAttempt, wrongOrigin, type PasskeyParts } from './parts.ts';
import { readMade } from './read-response.ts';

/** More are nobody's devices. */
export const mostPasskeys = 20;
/** Without a password a sign-in this young is the proof. */
const freshMs = 15 * 60_000;

const tooMany = () =>
  refused(
    'too-many-passkeys',
    `Your account has ${String(mostPasskeys)} passkeys, the most there can be. Remove one first.`,
  );

/** Begins adding one: after a fresh proof, the challenge and what the device should make. */
export async function beginAdding(
  parts: PasskeyParts,
  origin: URL,
  viewer: Viewer,
  { current, browser }: { readonly current: string; readonly browser: string | undefined },
): ReturnType<Passkeys['beginAdding']> {
  const place = findPlace(origin);
  if (!place.ok) return place;
  const own = ownBrowser(viewer);
  if (!own.ok) return own;
  const { db } = parts.store;
  const proven = await proveAgain(parts, viewer, current);
  if (!proven.ok) return proven;
  const known = await db
    .select({ credentialId: passkey.credentialId, transports: passkey.transports })
    .from(passkey)
    .where(eq(passkey.accountId, viewer.accountId))
    .orderBy(asc(passkey.createdAt));
  if (known.length >= mostPasskeys) return tooMany();
  const whose = { ...proven.value, handle: await takeHandle(db, viewer.accountId) };
  const begun = await beginAttempt(parts, { for: 'add', accountId: viewer.accountId }, browser);
  const options = await creationOptions(place.value, begun.challenge, whose, known);
  return allowed({ options, browser: begun.browser });
}

/** Adds what the device made, and tells its owner. */
export async function addPasskey(
  parts: PasskeyParts,
  origin: URL,
  viewer: Viewer,
  came: {
    readonly name: string;
    readonly browser: string | undefined;
    readonly response: unknown;
    readonly client: Client;
  },
): Result<PasskeyView> {
  const place = findPlace(origin);
  if (!place.ok) return place;
  const own = ownBrowser(viewer);
  if (!own.ok) return own;
  const named = parse(nameShape, came.name);
  if (!named.ok) return { ok: false, refusal: { ...named.refusal, path: 'name' } };
  const read = readMade(came.response);
  if (read === null) return notMade();
  const purpose = { for: 'add', accountId: viewer.accountId } as const;
  if (!(await spendAttempt(parts, purpose, read.challenge, came.browser))) return noAttempt();
  if (read.origin !== place.value.origin) return wrongOrigin(place.value);
  const made = await checkMade(place.value, read);
  if (typeof made === 'string') {
    parts.log.info({ account: viewer.accountId, reason: made }, 'a passkey was not added');
    return notMade();
  }
  const added = await parts.store.transaction(async (tx) => {
    const { passkeys } = await holdWaysIn(tx, viewer.accountId);
    if (passkeys >= mostPasskeys) return tooMany();
    const [row] = await tx
      .insert(passkey)
      .values({
        ...{ id: parts.newId(), accountId: viewer.accountId, name: named.value, ...made },
        transports: read.response.response.transports ?? [],
        createdAt: new Date(parts.now()),
      })
      .onConflictDoNothing()
      .returning();
    if (row === undefined) return taken();
    const what = `A passkey called “${row.name}” was added to your account, from ${came.client.address}. It signs in without your password.`;
    await parts.tellOwner(tx, viewer, { subject: 'A passkey was added to your account', what });
    return allowed(viewPasskey(row));
  });
  if (added.ok) {
    parts.log.info({ account: viewer.accountId, passkey: added.value.id }, 'a passkey was added');
  }
  return added;
}

const nameShape = line('a name for this passkey', 60);

const notMade = () =>
  refused(
    'not-made',
    'The device did not make a passkey that can be used here. Try once more, or with another device.',
  );

const taken = () =>
  refused('passkey-taken', 'This passkey opens an account here already. Make a new one, or sign in with it.');

/** Only a signed-in browser has passkeys to add, and visitors of the example have no account to keep. */
function ownBrowser(viewer: Viewer) {
  return viewer.signInId !== null && viewer.organisation.kind === 'own' && !viewer.viewingAs
    ? allowed(true)
    : refused(
        'forbidden',
        'Passkeys are added by a browser that is signed in to an organisation of its own.',
      );
}

/** The account, proven to be at the hands of its owner just now. */
async function proveAgain(
  parts: PasskeyParts,
  viewer: Viewer,
  current: string,
): Result<{ readonly email: string; readonly name: string }> {
  const { db } = parts.store;
  const [found] = await db.select().from(account).where(eq(account.id, viewer.accountId));
  if (found === undefined) return refused('not-found', 'This account is gone.');
  if (found.passwordHash !== null) {
    const known = await checkCurrentPassword(parts, found, current);
    return known.ok ? allowed(found) : known;
  }
  const [fresh] = await db
    .select({ id: signIn.id })
    .from(signIn)
    .where(and(eq(signIn.id, viewer.signInId ?? ''), gt(signIn.createdAt, new Date(parts.now() - freshMs))));
  return fresh !== undefined
    ? allowed(found)
    : refused(
        'stale-sign-in',
        'Sign out and in again, then add the passkey within fifteen minutes: this is how an account without a password is proven to be yours.',
      );
}

/** The account's handle, made with its first passkey. */
async function takeHandle(queries: Queries, accountId: string): Promise<string> {
  const mine = eq(account.id, accountId);
  await queries
    .update(account)
    .set({ passkeyHandle: newSecret() })
    .where(and(mine, isNull(account.passkeyHandle)));
  const [found] = await queries.select({ handle: account.passkeyHandle }).from(account).where(mine);
  if (!found?.handle) throw new Error('The account has no handle for its passkeys.');
  return found.handle;
}
