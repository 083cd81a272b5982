import type { Offer } from '#domain/commitment/command.ts';
import type { DraftDependency, ImportedState } from '#domain/dependency/command.ts';
import type { Actor } from '#domain/event.ts';
import type { PlanUpdate } from '#domain/plan/format/plan-file.ts';
import type { Instant, LocalDate, TimeZone } from '#domain/time.ts';

/** Who, where and when, of everything that planning asks to be recorded within its own transaction. */
export interface RecordingContext {
  readonly organisationId: string;
  readonly boardId: string;
  readonly actor: Actor;
  /** When it happened, by the organisation's own clock. */
  readonly at: Instant;
  /** When it was written down, by the real one. */
  readonly recordedAt: Instant;
  readonly zone: TimeZone;
}

export interface CommitProposals extends RecordingContext {
  readonly offers: readonly Offer[];
  /** Keys of objectives that are not being done: their open asks are withdrawn, open offers parked. */
  readonly notDoing: readonly string[];
}

export interface ImportedDependencies extends RecordingContext {
  readonly dependencies: readonly (DraftDependency & { readonly state: ImportedState })[];
}

export interface ImportedHistory extends RecordingContext {
  readonly file: {
    readonly plan: { readonly period: { readonly start: LocalDate; readonly end: LocalDate } | null };
    readonly rest: { readonly updates: readonly PlanUpdate[] };
  };
  /** When the clock closes what has no outcome. */
  readonly closesAt: Instant;
}
