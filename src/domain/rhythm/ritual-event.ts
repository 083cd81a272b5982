import type { DomainEvent } from '../event.ts';
import type { LocalDate } from '../time.ts';
import type { RitualException, RitualTerms } from './ritual.ts';

/** What happens to a ritual (tracking.md I4, T2). */
export type RitualEvent =
  | DomainEvent<
      'booked',
      {
        readonly series: string;
        readonly terms: RitualTerms;
        readonly exceptions: readonly RitualException[];
      }
    >
  /** For all meetings still ahead; `dropped` are the exceptions that have no meeting any more. */
  | DomainEvent<'changed', { readonly terms: RitualTerms; readonly dropped: readonly LocalDate[] }>
  /** Its following meetings are held by another part of the series. */
  | DomainEvent<'cut', { readonly ends: LocalDate; readonly next: string }>
  | DomainEvent<'meeting-skipped', { readonly date: LocalDate }>
  | DomainEvent<
      'meeting-moved',
      { readonly date: LocalDate; readonly to: { readonly date: LocalDate; readonly time: string } }
    >
  | DomainEvent<'meeting-added', { readonly date: LocalDate; readonly time: string }>
  /** A skip, a move or an addition is taken back. */
  | DomainEvent<'meeting-restored', { readonly date: LocalDate }>
  | DomainEvent<'meeting-held', { readonly date: LocalDate }>
  | DomainEvent<'ended', { readonly ends: LocalDate }>;
