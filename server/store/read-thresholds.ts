import { eq } from 'drizzle-orm';
import { readStored, thresholdsOf, type StoredThresholds } from '#domain/settings/thresholds.ts';
import type { Thresholds } from '#domain/settings/threshold.ts';
import { organisation } from './schema.ts';
import type { Queries } from './store.ts';

type Settings = (typeof organisation.$inferSelect)['settings'];

/** What an organisation set otherwise than the defaults, out of its row. */
export const storedIn = (settings: Settings | undefined): StoredThresholds =>
  readStored(settings?.['thresholds']);

/** The thresholds of an organisation's row. */
export const thresholdsIn = (settings: Settings | undefined): Thresholds =>
  thresholdsOf(settings?.['thresholds']);

/** An organisation's own thresholds, where its row is not at hand. */
export const readThresholds = async (queries: Queries, organisationId: string): Promise<Thresholds> =>
  thresholdsOf(await readStoredThresholds(queries, organisationId));

/** What it set otherwise than the defaults, as it stands now. */
export async function readStoredThresholds(
  queries: Queries,
  organisationId: string,
): Promise<StoredThresholds> {
  const [row] = await queries
    .select({ settings: organisation.settings })
    .from(organisation)
    .where(eq(organisation.id, organisationId));
  return storedIn(row?.settings);
}
