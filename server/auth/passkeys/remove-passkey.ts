import { and, eq } from 'drizzle-orm';
import { allowed, refused } from '#domain/outcome.ts';
import type { Client, Result, Viewer } from '../../app.ts';
import { passkey } from '../../store/schema.ts';
import { isUuid } from '../../store/uuid.ts';
import { holdWaysIn, mayLoseOne } from '../ways-in.ts';
import type { PasskeyParts } from './parts.ts';

/**
 * Removes one of the viewer's own, and ends all other sign-ins: whoever removes a passkey may have lost it, and what it
 * opened must not stay open. The last way in stays.
 */
export async function removePasskey(
  parts: PasskeyParts,
  viewer: Viewer,
  id: string,
  client: Client,
): Result<true> {
  const none = refused('not-found', 'Your account has no such passkey.');
  if (!isUuid(id)) return none;
  const removed = await parts.store.transaction(async (tx) => {
    const ways = await holdWaysIn(tx, viewer.accountId);
    const mine = and(eq(passkey.id, id), eq(passkey.accountId, viewer.accountId));
    const [found] = await tx.select({ name: passkey.name }).from(passkey).where(mine);
    if (found === undefined) return none;
    if (!mayLoseOne(ways)) {
      return refused(
        'last-way-in',
        'Your account has no password and is linked with no identity provider: without this passkey nobody could sign in to it any more. Add another passkey first.',
      );
    }
    await tx.delete(passkey).where(mine);
    const what = `The passkey called “${found.name}” was removed from your account, from ${client.address}. All other browsers were signed out.`;
    await parts.tellOwner(tx, viewer, { subject: 'A passkey was removed from your account', what });
    return allowed(true as const);
  });
  if (!removed.ok) return removed;
  await parts.signIns.endOthers(viewer.accountId, viewer.signInId);
  parts.log.info({ account: viewer.accountId, passkey: id }, 'a passkey was removed');
  return removed;
}
