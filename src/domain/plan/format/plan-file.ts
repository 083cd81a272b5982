import type { LocalDate } from '../../time.ts';
import type { Plan, PlanProblem } from '../plan.ts';
import type { Json, JsonObject } from './json.ts';

export const PLAN_FORMAT = 'throughline-plan/1';

/** A file of the open format, read whole (board.md B3). */
export interface PlanFile {
  readonly plan: Plan;
  /** What the format carries beside the plan, and fields it does not know: kept for re-export. */
  readonly rest: PlanFileRest;
  readonly given: GivenFields;
  /** What was understood in another way than written, such as a due that is no date. Never a reason to refuse. */
  readonly warnings: readonly PlanProblem[];
}

/**
 * Everything a file holds that a board does not; plain JSON, so that it can be stored beside the board and handed to
 * `writePlanFile`.
 */
export interface PlanFileRest {
  /** Origin and licence of the data. */
  readonly source: Json;
  /** Name of the organisation. */
  readonly organisation: string | null;
  readonly updates: readonly PlanUpdate[];
  readonly risks: readonly JsonObject[];
  readonly decisions: readonly JsonObject[];
  readonly assumptions: readonly JsonObject[];
  /** Fields the format does not know, by object key; measures under `objective key` then `measure key`. */
  readonly unknown: {
    readonly file: JsonObject;
    readonly organisation: JsonObject;
    readonly period: JsonObject;
    readonly teams: Readonly<Record<string, JsonObject>>;
    readonly people: Readonly<Record<string, JsonObject>>;
    readonly priorities: Readonly<Record<string, JsonObject>>;
    readonly objectives: Readonly<Record<string, JsonObject>>;
    readonly measures: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
    readonly dependencies: Readonly<Record<string, JsonObject>>;
  };
}

/**
 * Which fields the file really says something about, by object key: those that are neither absent, null, empty text nor
 * an empty list. Only these overwrite what a board holds already.
 */
export interface GivenFields {
  readonly priorities: ReadonlyMap<string, ReadonlySet<string>>;
  readonly objectives: ReadonlyMap<string, ReadonlySet<string>>;
  /** By `measureId(objective, measure)`. */
  readonly measures: ReadonlyMap<string, ReadonlySet<string>>;
  readonly dependencies: ReadonlyMap<string, ReadonlySet<string>>;
}

/** One id for a measure within a whole file. */
export const measureId = (objective: string, measure: string): string => `${objective}\n${measure}`;

export type UpdateKind = 'comment' | 'summary' | 'no-update' | 'final';
export type UpdateOutcome = 'done' | 'missed' | 'carried' | 'dropped';

/** One report about an objective, taken over as check-in history. */
export interface PlanUpdate {
  /** Key of the objective. */
  readonly objective: string;
  readonly date: LocalDate;
  /** Month it reports about, `YYYY-MM`. */
  readonly period: string | null;
  /** Person key. */
  readonly author: string | null;
  readonly kind: UpdateKind;
  readonly outcome: UpdateOutcome | null;
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly text: string;
  readonly link: string | null;
  /** Fields the format does not know. */
  readonly unknown: JsonObject;
}

/** Limits of a file. */
export const planFileLimits = {
  /** UTF-8 bytes. */
  bytes: 25 * 1024 * 1024,
  /** Characters of a title or name. */
  title: 1_000,
  /** Characters of any other text. */
  text: 20_000,
  key: 200,
  measures: 100,
  /** Records a board holds; a dependency counts three. */
  records: 25_000,
  /** Faults listed by path; the rest is counted. */
  faults: 1_000,
} as const;
