import type { LocalDate } from '#domain/time.ts';
import type { Viewer } from '../app.ts';
import { logChange } from '../store/log-change.ts';
import type { Queries } from '../store/store.ts';

/** Days somebody wrote down or took away, as the log tells them. */
interface Days {
  readonly kind: string;
  /** Null for everybody. */
  readonly teamId: string | null;
  readonly days: readonly { readonly start: LocalDate; readonly end: LocalDate; readonly label: string }[];
}

/** Holidays and freezes stand in the log of the team they are for, or of the organisation. */
export async function logDaysOff(
  tx: Queries,
  viewer: Viewer,
  type: 'days-off-written' | 'days-off-taken-away',
  { kind, teamId, days }: Days,
  recordedAt: number,
): Promise<void> {
  if (days.length === 0) return;
  const of =
    teamId === null
      ? ({ kind: 'organisation', id: viewer.organisationId } as const)
      : ({ kind: 'team', id: teamId } as const);
  const plain = days.map(({ start, end, label }) => ({ start, end, label }));
  await logChange(tx, viewer, { ...of, type, data: { off: kind, days: plain } }, recordedAt);
}

/** A leave stands in the log of the person who is away. */
export const logLeave = (
  tx: Queries,
  viewer: Viewer,
  type: 'leave-written' | 'leave-taken-back',
  leave: { personId: string; delegateId: string | null; start: LocalDate; end: LocalDate },
  recordedAt: number,
): Promise<void> => {
  const { personId: id, delegateId: delegate, start: firstDay, end: lastDay } = leave;
  return logChange(
    tx,
    viewer,
    { kind: 'person', id, type, data: { firstDay, lastDay, delegate } },
    recordedAt,
  );
};
