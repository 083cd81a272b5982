import { and, eq, lt, or } from 'drizzle-orm';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Client, Passkeys } from '../../app.ts';
import { account, passkey } from '../../store/schema.ts';
import { enter } from '../accounts.ts';
import { network } from '../throttle.ts';
import { attemptMs, beginAttempt, spendAttempt } from './attempts.ts';
import { checkSigned, requestOptions } from './ceremony.ts';
import { findPlace, noAttempt, wrongOrigin, type PasskeyParts } from './parts.ts';
import { readSigned } from './read-response.ts';

/** Challenges one address may have waiting: a page of signing in takes one when it opens, an office opens many. */
const mostWaiting = 300;

/** One answer for a passkey nobody knows, one that was removed, and one that proves nothing. */
const wrongPasskey = () =>
  refused(
    'wrong-passkey',
    'This passkey opens no account here. Choose another one, or sign in with your password.',
  );

/** Signing in by passkey; keeps count of the challenges each address asks for. */
export function makePasskeyDoor(parts: PasskeyParts) {
  const waiting = new RateLimiterMemory({ points: mostWaiting, duration: attemptMs / 1000 });
  return {
    async begin(
      origin: URL,
      { browser, client }: Parameters<Passkeys['beginSignIn']>[1],
    ): ReturnType<Passkeys['beginSignIn']> {
      const place = findPlace(origin);
      if (!place.ok) return place;
      const room = await takeRoom(waiting, client);
      if (!room.ok) return room;
      const begun = await beginAttempt(parts, { for: 'sign-in' }, browser);
      const options = await requestOptions(place.value, begun.challenge);
      return allowed({ options, browser: begun.browser });
    },
    signIn: (origin: URL, came: Parameters<Passkeys['signIn']>[1]) => enterByPasskey(parts, origin, came),
  };
}

async function takeRoom(waiting: RateLimiterMemory, client: Client): Promise<Outcome<true>> {
  try {
    await waiting.consume(network(client.address));
    return allowed(true);
  } catch (fault) {
    if (!(fault instanceof RateLimiterRes)) throw fault;
    return refused(
      'too-many-requests',
      'Too many tries from your network. Wait a few minutes, then try again.',
    );
  }
}

/** Signs in to the account of the passkey that signed. */
async function enterByPasskey(
  parts: PasskeyParts,
  origin: URL,
  { browser, response, client }: Parameters<Passkeys['signIn']>[1],
): ReturnType<Passkeys['signIn']> {
  const place = findPlace(origin);
  if (!place.ok) return place;
  const read = readSigned(response);
  if (read === null) return wrongPasskey();
  const credentialId = read.response.id;
  const tries = `passkey:${credentialId}`;
  const turn = await parts.throttle.takeTry(tries, client.address);
  if (!turn.ok) return turn;
  if (!(await spendAttempt(parts, { for: 'sign-in' }, read.challenge, browser))) return noAttempt();
  if (read.origin !== place.value.origin) return wrongOrigin(place.value);
  const [known] = await parts.store.db
    .select({ passkey, handle: account.passkeyHandle })
    .from(passkey)
    .innerJoin(account, eq(account.id, passkey.accountId))
    .where(eq(passkey.credentialId, credentialId));
  const counted = await checkSigned(place.value, read, known?.passkey.publicKey ?? null);
  // The device says whose it is; one of another account would be a mix-up or a trick (WebAuthn 7.2, step 6).
  if (!known || typeof counted === 'string' || read.response.response.userHandle !== known.handle) {
    const reason = typeof counted === 'string' ? counted : 'another handle';
    parts.log.info({ address: client.address, reason }, 'a passkey let nobody in');
    return wrongPasskey();
  }
  if (!(await countUse(parts, known.passkey.id, counted))) {
    const { id, accountId, counter } = known.passkey;
    parts.log.warn(
      { account: accountId, passkey: id, kept: counter, came: counted },
      'a passkey has signed less often than before: there may be a copy of it',
    );
    return refused(
      'passkey-copied',
      'This passkey counts fewer uses than it had before, as a copy of it would. Sign in another way, remove it under Settings, Your account, and add a new one.',
    );
  }
  await parts.throttle.giveBack(tries, client.address);
  return enter(parts, known.passkey.accountId, client);
}

/** Keeps the new count; false unless it went up. One that is 0 for ever does not count (WebAuthn 6.1.1). */
async function countUse(parts: PasskeyParts, id: string, counted: number): Promise<boolean> {
  const goesUp = lt(passkey.counter, counted);
  const kept = await parts.store.db
    .update(passkey)
    .set({ counter: counted, lastUsedAt: new Date(parts.now()) })
    .where(and(eq(passkey.id, id), counted === 0 ? or(goesUp, eq(passkey.counter, 0)) : goesUp))
    .returning({ id: passkey.id });
  return kept.length > 0;
}
