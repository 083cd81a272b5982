import type { PersonId } from '../access/standing.ts';
import type { ReportedStatus } from '../commitment/check-in.ts';
import type { DisplayState } from '../commitment/display.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { ObjectRef } from './session.ts';

/** What a line of the record is about, and where that lies on the session's board. */
interface Line {
  /** null: a card of the plan that nobody was asked to promise yet. */
  readonly ref: ObjectRef | null;
  readonly title: string;
  /** Key of its card on the session's board; null when it has none there. */
  readonly card: string | null;
}

/** An objective of the plan the session was about. */
export interface ObjectiveLine extends Line {
  readonly owner: PersonId | null;
  readonly team: string | null;
  /** What lists showed of it; a card in the plan without a promise is a draft. */
  readonly state: DisplayState | 'draft';
  readonly due: LocalDate | null;
  /** 1-10. */
  readonly weight: number;
  /** 1-10, as planned on its card; null = nobody said. */
  readonly value: number | null;
  /** 0-100. */
  readonly confidence: number | null;
  /** The last check-in: what it said, and when. */
  readonly status: ReportedStatus | null;
  readonly saidAt: Instant | null;
}

/** States of an ask as minutes group them, in the order in which they want somebody. */
export const needGroups = [
  ...(['late', 'asked', 'counter-offer', 'changed, reconfirm', 'agreed', 'delivered', 'done'] as const),
  ...(['declined', 'taken back', 'owned as a risk', 'withdrawn'] as const),
] as const;
export type NeedGroup = (typeof needGroups)[number];

/** What one team needs of another. */
export interface NeedLine extends Line {
  readonly group: NeedGroup;
  /** The objective that needs it. */
  readonly objective: string;
  readonly needer: string | null;
  readonly giver: string | null;
  /** Who answers for it on the giving side, by name; null: the team does. */
  readonly person: PersonId | null;
  readonly neededBy: LocalDate | null;
  readonly promisedFor: LocalDate | null;
  readonly riskOwner: PersonId | null;
  /** Still to be answered, or still to be given. */
  readonly open: boolean;
}

/** What was done about a risk (facilitation.md F16, F19), in the order minutes list it. */
export const riskGroups = ['new', 'owned', 'accepted', 'mitigated', 'resolved', 'happened'] as const;
export type RiskGroup = (typeof riskGroups)[number];

export interface RiskLine extends Line {
  readonly group: RiskGroup;
  readonly sign: 'risk' | 'opportunity';
  /** Who owns it; of an accepted one who accepted it. */
  readonly owner: PersonId | null;
  /** When somebody looks again. */
  readonly followUp: LocalDate | null;
  readonly reason: string;
}

/** A decision that was opened, taken or changed while the session ran. */
export interface DecisionLine extends Line {
  readonly open: boolean;
  readonly status: string;
  readonly chosen: string;
  readonly decider: PersonId | null;
  readonly decidedAt: Instant | null;
  readonly neededBy: LocalDate | null;
  /** What was weighed and not chosen. */
  readonly alternatives: readonly string[];
  readonly why: string;
}

/** A commitment that was made or changed while the session ran. */
export interface PromiseLine extends Line {
  readonly owner: PersonId | null;
  readonly due: LocalDate | null;
  /** "accepted", "changed, 7 days later" */
  readonly change: string;
  /** Asked for or promised, and not over. */
  readonly open: boolean;
}

/** How things stood when a meeting was over (facilitation.md F17): noted then, the same for ever. */
export interface MeetingRecord {
  readonly objectives: readonly ObjectiveLine[];
  readonly needs: readonly NeedLine[];
  readonly risks: readonly RiskLine[];
  readonly decisions: readonly DecisionLine[];
  readonly promises: readonly PromiseLine[];
}

/** Where a record comes from: noted at the end; of a session that goes on, from now; else from the log of the objects. */
export type RecordFrom = 'end' | 'now' | 'log';

/** Everything a record names. */
export const linesOf = (it: MeetingRecord): readonly Line[] => [
  ...it.decisions,
  ...it.promises,
  ...it.objectives,
  ...it.needs,
  ...it.risks,
];
