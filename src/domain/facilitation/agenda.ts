import type { PersonId } from '../access/standing.ts';
import type { BallotReveal, BallotScale } from './ballot.ts';
import type { BoardArea, BoardEdits, InputAllowed } from './section-tools.ts';
import type { Instant } from '../time.ts';

/** Kinds of meetings (tracking.md T14). All run on one machine: a kind is only the agenda it starts with. */
export const meetingKinds = [
  'weekly',
  'monthly',
  'quarterly-close',
  'quarterly-plan',
  'annual',
  'custom',
] as const;
export type MeetingKind = (typeof meetingKinds)[number];

/** What a section lists: real rows, gathered by the server. */
export const rowSources = [
  'needs-you',
  'left-parked',
  'last-promises',
  'check-ins',
  'priorities',
  'dependencies',
  'decisions',
  'assumptions',
  'triage',
  'new-promises',
  'scoring',
  'stories',
  'causes',
  'rhythm-result',
  'loads',
  'previous-close',
  'not-doing',
  'rituals',
  'drafts',
  'room',
  'offers',
  'signals',
  'frame',
] as const;
export type RowSource = (typeof rowSources)[number];

/** What a meeting leaves behind. A section names those it may not end without, or "none" is ticked. */
export const outputKinds = [
  'promises',
  'decisions',
  'triage',
  'message',
  'rescopes',
  'capacity',
  'escalations',
  'scores',
  'causes',
  'carried',
  'learnings',
  'keep-change-stop',
  'plan',
  'needs',
  'confidence',
  'bookings',
  'frame',
  'outcomes',
  'not-doing',
  'rating',
] as const;
export type OutputKind = (typeof outputKinds)[number];

/** One part of a meeting as it is planned. */
export interface PlannedStage {
  readonly id: string;
  readonly title: string;
  /** What it is for, in one sentence. */
  readonly purpose: string;
  readonly minutes: number;
  readonly rows: readonly RowSource[];
  /** Not ended without, or "none" ticked. */
  readonly outputs: readonly OutputKind[];
  /** Of the rows, those of which each one has to be dealt with before the end. */
  readonly settles: readonly RowSource[];
  /** Who speaks in it, when that is not who leads. */
  readonly presenter?: PersonId | null;
  /** What is looked at meanwhile: an address. */
  readonly link?: string | null;
  /** For who leads alone: it is sent to nobody else, and stands in no minutes. */
  readonly note?: string;
  /** Nothing is written into it any more once its time is up; absent: it stays open. */
  readonly closesAtZero?: boolean;
  /** Where on the meeting's board it takes place; null or absent: nowhere in particular. */
  readonly area?: BoardArea | null;
  /** What those who do not lead may write while the room is in it; absent: everything. */
  readonly allows?: InputAllowed;
  /** What those who do not lead may change on the board meanwhile; absent: what they may otherwise. */
  readonly edits?: BoardEdits;
  /** How votes opened in it come to light; absent: hidden, then without names. */
  readonly reveal?: BallotReveal;
  /** Which vote it opens; null or absent: none of its own, where promises are scored that one. */
  readonly scale?: BallotScale | null;
  /** What that vote is about; empty or absent: each row the section lists. */
  readonly question?: string;
}

/** A stretch of time spent in a stage; `to` is null while it is on. */
export interface Run {
  readonly from: Instant;
  readonly to: Instant | null;
}

export interface Stage extends PlannedStage {
  readonly runs: readonly Run[];
  readonly skipped: boolean;
}

/** A stage nobody has been in yet. */
export const freshStage = (planned: PlannedStage): Stage => ({ ...planned, runs: [], skipped: false });

export const stageMinutes = { least: 1, most: 480 } as const;
