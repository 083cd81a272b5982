import type { Standing } from '#domain/access/standing.ts';
import type { Offer } from '#domain/commitment/command.ts';
import type { Depth } from '#domain/depth/depth.ts';
import type { DraftDependency, ImportedState } from '#domain/dependency/command.ts';
import type { Actor } from '#domain/event.ts';
import type { PlanUpdate } from '#domain/plan/format/plan-file.ts';
import type { Refusal } from '#domain/outcome.ts';
import type { Instant, LocalDate, TimeZone } from '#domain/time.ts';
import type { Viewer } from '../app.ts';
import type { Queries } from '../store/store.ts';
import type { Seer } from './seen.ts';

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

/** What promises ask of the registers beside them, within their own transaction. */
export interface RegisterPort {
  /** Refuses a decision that is not of this organisation, or not taken. */
  checkDecision(
    tx: Queries,
    viewer: Seer & Pick<Viewer, 'organisationId'>,
    decisionId: string,
  ): Promise<Refusal | null>;
  /** Writes down a decision that its actor has taken about a commitment; returns its id. */
  writeDecision(tx: Queries, input: DecisionWritten): Promise<string>;
  /** Asks for a decision nobody has taken yet; returns its id. */
  askDecision(tx: Queries, input: DecisionAsked): Promise<string>;
  /** Told of new values of a commitment's measures: an assumption that watches one may be doubtful now. */
  measured(
    tx: Queries,
    input: Omit<DecisionWritten, 'question' | 'chosen' | 'rationale' | 'team' | 'boardId'>,
  ): Promise<void>;
  /** Puts all registers to an instant, as an example's clock is moved (tracking.md T19). */
  replay(
    tx: Queries,
    input: Pick<RecordingContext, 'organisationId' | 'at' | 'recordedAt' | 'zone'>,
  ): Promise<void>;
  /** A promise was carried: it comes back as an issue to rank (tracking.md T9). */
  carried(tx: Queries, input: PromiseCarried): Promise<void>;
}

/** A promise that was carried into the next period. */
export interface PromiseCarried extends Omit<DecisionWritten, 'question' | 'chosen' | 'rationale'> {
  readonly statement: string;
  readonly weight: number;
  readonly successors: readonly string[];
}

/** A question two teams cannot settle between them. */
export interface DecisionAsked extends Omit<DecisionWritten, 'chosen' | 'rationale' | 'commitmentId'> {
  readonly decider: string;
  readonly neededBy: LocalDate | null;
  /** Promises that wait for it. */
  readonly affects: readonly string[];
}

export interface DecisionWritten {
  readonly organisationId: string;
  readonly zone: TimeZone;
  readonly depth: Depth;
  readonly actor: Actor;
  readonly standing: Standing;
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly commitmentId: string;
  readonly boardId: string | null;
  readonly team: string | null;
  readonly question: string;
  readonly chosen: string;
  readonly rationale: string;
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
