import type { LocalDate } from '../../domain/time.ts';

/** Plan periods a yes may name, and the likely one. */
export interface PeriodChoices {
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  readonly suggested: string | null;
}

/** What plan period a promise is about, as its page shows it. */
export interface PeriodFacts {
  /** The period it serves; null where neither the offer nor its board names one. */
  readonly period: string | null;
  /** What a yes of this viewer has to choose from, because none is named; else null. */
  readonly periods: PeriodChoices | null;
  /** From this day on every change needs a decision; null where its period has no freeze. */
  readonly frozenFrom: LocalDate | null;
}
