import type { LocalDate } from '../time.ts';
import type { LocalTime } from './local-time.ts';
import type { RitualTerms } from './ritual.ts';

/** What somebody asks of a ritual. `date` names a meeting by its original day. */
export type RitualCommand =
  /** For all meetings still ahead. */
  | { readonly type: 'change'; readonly terms: RitualTerms }
  | { readonly type: 'skip'; readonly date: LocalDate; readonly reason: string }
  | {
      readonly type: 'move';
      readonly date: LocalDate;
      readonly to: { readonly date: LocalDate; readonly time: LocalTime };
      readonly reason: string;
    }
  | { readonly type: 'add'; readonly date: LocalDate; readonly time: LocalTime; readonly reason: string }
  | { readonly type: 'restore'; readonly date: LocalDate }
  | { readonly type: 'end'; readonly reason: string };
