import { and, eq, gt, isNull, lt } from 'drizzle-orm';
import type { AccessDependencies } from '../../organisations/dependencies.ts';
import { passkeyAttempt } from '../../store/schema.ts';
import { hashSecret, newSecret } from '../secrets.ts';

/** So long somebody may take with the device. */
export const attemptMs = 5 * 60_000;

/** What a challenge is for; adding is bound to an account. */
export type PasskeyPurpose =
  { readonly for: 'sign-in' } | { readonly for: 'add'; readonly accountId: string };

const secretShape = /^[\w-]{43}$/;

/**
 * A fresh challenge, and the cookie of the browser it is for. A browser keeps its cookie for all its tabs, so that a second
 * one does not undo the first.
 */
export async function beginAttempt(
  { store, now }: AccessDependencies,
  purpose: PasskeyPurpose,
  cookie: string | undefined,
): Promise<{ readonly challenge: string; readonly browser: string }> {
  const browser = cookie !== undefined && secretShape.test(cookie) ? cookie : newSecret();
  const challenge = newSecret();
  const at = now();
  await store.db.delete(passkeyAttempt).where(lt(passkeyAttempt.expiresAt, new Date(at)));
  await store.db.insert(passkeyAttempt).values({
    challengeHash: hashSecret(challenge),
    browserHash: hashSecret(browser),
    purpose: purpose.for,
    accountId: purpose.for === 'add' ? purpose.accountId : null,
    expiresAt: new Date(at + attemptMs),
  });
  return { challenge, browser };
}

/** Spends a challenge: true for the first answer, in time, of the browser that began it, for what it was begun for. */
export async function spendAttempt(
  { store, now }: AccessDependencies,
  purpose: PasskeyPurpose,
  challenge: string,
  cookie: string | undefined,
): Promise<boolean> {
  if (cookie === undefined) return false;
  const spent = await store.db
    .delete(passkeyAttempt)
    .where(
      and(
        eq(passkeyAttempt.challengeHash, hashSecret(challenge)),
        eq(passkeyAttempt.browserHash, hashSecret(cookie)),
        eq(passkeyAttempt.purpose, purpose.for),
        purpose.for === 'add'
          ? eq(passkeyAttempt.accountId, purpose.accountId)
          : isNull(passkeyAttempt.accountId),
        gt(passkeyAttempt.expiresAt, new Date(now())),
      ),
    )
    .returning({ purpose: passkeyAttempt.purpose });
  return spent.length > 0;
}
