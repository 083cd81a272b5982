/** Every threshold of commitments and dependencies (tracking.md I9). Business days unless the name says otherwise. */
export interface TrackingSettings {
  /** After the due day, until the clock calls it missed. */
  readonly graceBusinessDays: number;
  /** An offer unanswered for longer shows *not accepted*. */
  readonly acceptWithinBusinessDays: number;
  /** Easing a target by more than this share of the way needs a decision. */
  readonly easeNeedsDecisionAbove: number;
  /** Moving the due later by more than this many calendar days needs a decision. */
  readonly slipNeedsDecisionAboveDays: number;
  /** Once so much of the plan period has passed every re-scope needs a decision; 1 = no freeze. */
  readonly freezeAfterShare: number;
  readonly rejectWithinDays: number;
  readonly reopenWithinDays: number;
  readonly causeWithinDays: number;
  readonly undoCheckInWithinMinutes: number;
  /** Carried this often, the next carry must split or change the owner, or it is dropped. */
  readonly carriesBeforeChoice: number;
  readonly respondWithinBusinessDays: number;
  /** Counter-offers until a joint decision is needed. */
  readonly roundsBeforeEscalation: number;
  /** To answer when an assumption under the promise failed. */
  readonly answerBasisWithinBusinessDays: number;
  /** Delivered and unconfirmed for longer: remind, never confirm by itself. */
  readonly confirmReminderDays: number;
  /** Share of check-ins on time from which a rhythm counts as kept, when a period is closed. */
  readonly rhythmKeptFrom: number;
  /** Score from which a result counts as reached there. */
  readonly resultReachedFrom: number;
}

export const defaultSettings: TrackingSettings = {
  graceBusinessDays: 2,
  acceptWithinBusinessDays: 5,
  easeNeedsDecisionAbove: 0.1,
  slipNeedsDecisionAboveDays: 7,
  freezeAfterShare: 1,
  rejectWithinDays: 7,
  reopenWithinDays: 14,
  causeWithinDays: 5,
  undoCheckInWithinMinutes: 10,
  carriesBeforeChoice: 2,
  respondWithinBusinessDays: 5,
  roundsBeforeEscalation: 3,
  answerBasisWithinBusinessDays: 10,
  confirmReminderDays: 5,
  rhythmKeptFrom: 0.7,
  resultReachedFrom: 0.7,
};
