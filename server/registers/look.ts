import { nobody } from '#domain/access/standing.ts';
import { foldEntry } from '#domain/register/decide-entry.ts';
import type { RegisterSettings } from '#domain/register/entry.ts';
import { thresholdsOf } from '#domain/settings/thresholds.ts';
import type { Instant } from '#domain/time.ts';
import type { RegisterKind } from '#protocol/views/registers.ts';
import type { Viewer } from '../app.ts';
import type { Queries } from '../store/store.ts';
import { readThresholdsAt } from '../tracking/as-of/thresholds-at.ts';
import type { Seer } from '../tracking/seen.ts';
import { contextFor } from './act-on-entry.ts';
import type { LoadedEntry } from './entry-rows.ts';
import { registerParts } from './parts.ts';

/** Where and when it is looked at. */
export interface Look {
  readonly organisationId: string;
  readonly at: Instant;
  readonly zone: string;
  /** The organisation's own thresholds, as they were where it is looked at. */
  readonly settings: RegisterSettings;
  /** Looked back to: shown is what was known then. */
  readonly past?: boolean;
  /** Through whose eyes; absent for the server's own look. */
  readonly seer?: Seer;
}

/** The organisation's now, or a moment before it, read by the thresholds of that moment. */
export async function lookOf(queries: Queries, viewer: Viewer, at?: Instant): Promise<Look> {
  const { organisationId, organisation: it } = viewer;
  const here = { organisationId, zone: it.timezone, seer: viewer };
  if (at === undefined || at >= it.now) {
    return { ...here, at: it.now, settings: thresholdsOf(it.thresholds).registers, past: false };
  }
  const { registers: settings } = await readThresholdsAt(queries, organisationId, at);
  return { ...here, at, settings, past: true };
}

/** The entry with what the clock has done by now folded in, whether or not it is written down yet. */
export function asOf(kind: RegisterKind, it: LoadedEntry, { at, zone, settings }: Look): LoadedEntry {
  const { rules } = registerParts[kind];
  const events = rules.clock(it.state, at, contextFor(nobody, zone, settings));
  return { ...it, state: foldEntry(rules, events, it.state) ?? it.state };
}
