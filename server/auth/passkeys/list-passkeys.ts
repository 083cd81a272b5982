import { asc, eq } from 'drizzle-orm';
import type { PasskeyView } from '#protocol/views/passkeys.ts';
import type { Viewer } from '../../app.ts';
import { passkey } from '../../store/schema.ts';
import type { Queries } from '../../store/store.ts';

/** What opens the viewer's account without a password, oldest first. */
export async function listPasskeys(queries: Queries, viewer: Viewer): Promise<readonly PasskeyView[]> {
  const rows = await queries
    .select()
    .from(passkey)
    .where(eq(passkey.accountId, viewer.accountId))
    .orderBy(asc(passkey.createdAt), asc(passkey.id));
  return rows.map(viewPasskey);
}

export const viewPasskey = (row: typeof passkey.$inferSelect): PasskeyView => ({
  id: row.id,
  name: row.name,
  createdAt: row.createdAt.getTime(),
  lastUsedAt: row.lastUsedAt?.getTime() ?? null,
});
