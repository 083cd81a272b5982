import { and, eq, inArray, or, type SQL } from 'drizzle-orm';
import { thresholdsOf } from '#domain/settings/thresholds.ts';
import type { SignalSettings } from '#domain/signal/signal.ts';
import type { Instant, TimeZone } from '#domain/time.ts';
import type { Viewer } from '../app.ts';
import { commitment } from '../store/schema.ts';

/** Of whom warnings are read: everybody, or a person and some teams. */
export interface Scope {
  readonly organisationId: string;
  readonly at: Instant;
  readonly zone: TimeZone;
  /** The organisation's own thresholds. */
  readonly settings: SignalSettings;
  /** null = everybody. */
  readonly of: { readonly person: string | null; readonly teams: readonly string[] } | null;
}

/** When, where and by which thresholds this viewer's organisation is watched. */
export const watched = ({
  organisation,
}: Pick<Viewer, 'organisation'>): Omit<Scope, 'organisationId' | 'of'> => ({
  ...{ at: organisation.now, zone: organisation.timezone },
  settings: thresholdsOf(organisation.thresholds).signals,
});

/** Commitments within a scope: owned by the person, or of one of the teams. */
export function ofScope({ organisationId, of }: Scope): SQL | undefined {
  const own = eq(commitment.organisationId, organisationId);
  if (of === null) return own;
  return and(
    own,
    or(
      of.person === null ? undefined : eq(commitment.ownerId, of.person),
      of.teams.length === 0 ? undefined : inArray(commitment.teamId, [...of.teams]),
    ),
  );
}

export const isEmpty = ({ of }: Scope): boolean => of !== null && of.person === null && of.teams.length === 0;
