import type { DomainEvent } from '#domain/event.ts';
import type { Entry, EntryContext, EntryRules } from '#domain/register/entry.ts';
import type { MetricRule } from '#domain/register/metric-rule.ts';
import type { Instant, LocalDate } from '#domain/time.ts';
import type { RegisterFact, RegisterKind } from '#protocol/views/registers.ts';
import { dayWords } from '../tracking/day-words.ts';
import type {
  assumption,
  decision,
  interrupt,
  learning,
  outsideSignal,
  risk,
  strategyFrame,
  triageItem,
} from '../store/schema.ts';

export type RegisterTable =
  | typeof decision
  | typeof assumption
  | typeof risk
  | typeof triageItem
  | typeof interrupt
  | typeof learning
  | typeof outsideSignal
  | typeof strategyFrame;

/** A link that follows from the state. */
export interface StateLink {
  readonly relation: string;
  readonly kind: 'commitment' | 'check-in' | RegisterKind;
  readonly id: string;
}

/** What words need to know. */
export interface Words {
  person(id: string | null): string;
  team(id: string | null): string;
  commitment(id: string | null): string;
  /** A measure of a commitment. */
  measure(commitment: string, key: string): string;
}

/**
 * What one kind adds to the path that all kinds share: load, decide, keep, show. Methods, so that the path can hold
 * every kind without knowing it.
 */
export interface RegisterPart<S extends Entry = Entry, E extends DomainEvent = DomainEvent> {
  readonly kind: RegisterKind;
  readonly table: RegisterTable;
  readonly rules: EntryRules<S, { readonly type: string }, E>;
  /** Columns of its own table beside the common ones. */
  columns(state: S): Readonly<Record<string, unknown>>;
  links(state: S): readonly StateLink[];
  flags(state: S, at: Instant, context: Pick<EntryContext, 'zone' | 'settings'>): readonly string[];
  /** Fields of its row in a list beside the common ones; `weight` is the largest it touches. */
  row(state: S, weight: number, words: Words): Readonly<Record<string, unknown>>;
  facts(state: S, words: Words): readonly RegisterFact[];
  sentence(event: E, words: Words): string;
}

/** A fact, or nothing when there is nothing to say. */
export function fact(name: string, label: string, text: string | null): readonly RegisterFact[] {
  return text === null || text.trim() === '' ? [] : [{ name, label, text }];
}

export const percent = (value: number | null): string | null => (value === null ? null : `${value} %`);

/** A day in words. */
export const day = (date: LocalDate | null): string | null => (date === null ? null : dayWords(date));

export const affecting = (relation: string, ids: readonly string[]): readonly StateLink[] =>
  ids.map((id) => ({ relation, kind: 'commitment', id }));

/** A rule of a measure: what must be so that all stays as it is. */
export function metricWords(rule: MetricRule | null, words: Words): string | null {
  if (rule === null) return null;
  const { commitment, measure, holdsWhile, value } = rule;
  const least = holdsWhile === 'at-least' ? 'at least' : 'at most';
  return `“${words.measure(commitment, measure)}” of “${words.commitment(commitment)}” is ${least} ${value}.`;
}
