import { eq } from 'drizzle-orm';
import { allowed, type Outcome } from '#domain/outcome.ts';
import {
  decideThresholds,
  type StoredThresholds,
  type ThresholdChange,
} from '#domain/settings/thresholds.ts';
import type { Viewer } from '../app.ts';
import { differences, logChange } from '../store/log-change.ts';
import { storedIn } from '../store/read-thresholds.ts';
import { organisation } from '../store/schema.ts';
import type { AccessDependencies } from './dependencies.ts';
import { mayAdminister } from './rights.ts';

/**
 * Sets thresholds of the organisation, or puts them back (null): all of a change or none of it, with a line in the log
 * (tracking.md I9). What has happened stays as it was: only what is derived from now on follows the new numbers.
 */
export async function changeThresholds(
  { store, now }: AccessDependencies,
  viewer: Viewer,
  change: ThresholdChange,
): Promise<Outcome<StoredThresholds>> {
  const may = mayAdminister(viewer);
  if (!may.ok) return may;
  const here = eq(organisation.id, viewer.organisationId);
  return store.transaction(async (tx) => {
    const [row] = await tx
      .select({ settings: organisation.settings })
      .from(organisation)
      .where(here)
      .for('no key update');
    const before = storedIn(row?.settings);
    const decided = decideThresholds(before, change);
    if (!decided.ok) return decided;
    const after = decided.value;
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const of = (it: StoredThresholds) => Object.fromEntries(keys.map((key) => [key, it[key] ?? null]));
    const data = differences(of(before), of(after));
    if (data === null) return allowed(after);
    await tx
      .update(organisation)
      .set({ settings: { ...row?.settings, thresholds: after } })
      .where(here);
    const changed = { kind: 'organisation', id: viewer.organisationId, type: 'thresholds-changed' } as const;
    await logChange(tx, viewer, { ...changed, data }, now());
    return allowed(after);
  });
}
