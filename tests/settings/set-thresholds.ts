import { eq } from 'drizzle-orm';
import type { Viewer } from '../../server/app.ts';
import { organisation } from '../../server/store/schema.ts';
import type { Store } from '../../server/store/store.ts';
import type { StoredThresholds } from '../../src/domain/settings/thresholds.ts';

/** What an organisation's row holds from now on. */
export async function setThresholds(
  store: Store,
  organisationId: string,
  thresholds: StoredThresholds,
): Promise<void> {
  await store.db
    .update(organisation)
    .set({ settings: { thresholds } })
    .where(eq(organisation.id, organisationId));
}

/** Somebody of such an organisation, as the next request finds them. */
export const withThresholds = (viewer: Viewer, thresholds: StoredThresholds): Viewer => ({
  ...viewer,
  organisation: { ...viewer.organisation, thresholds },
});
