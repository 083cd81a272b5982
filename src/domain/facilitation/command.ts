import type { PersonId } from '../access/standing.ts';
import type { Instant } from '../time.ts';
import type { MeetingKind, OutputKind, PlannedStage } from './agenda.ts';
import type { BallotReveal, BallotScale } from './ballot.ts';
import type { BoardArea, BoardEdits, Input, InputAllowed } from './section-tools.ts';
import type { ObjectRef, ParkedEnding, SessionPlace, Task } from './session.ts';

/** How a move between stages treats what is going on. */
export interface MoveChoice {
  /** Leaves the timer as it is; otherwise the next section's own time starts. */
  readonly keepTimer?: boolean;
  /** What happens to an open vote; must be said when there is one. */
  readonly vote?: 'close' | 'keep' | 'discard';
}

/** What a section is prepared with. */
export interface StageBrief {
  readonly presenter: PersonId | null;
  readonly link: string | null;
  readonly note: string;
  readonly closesAtZero?: boolean;
  /** Of these, what is left out stays as it is. */
  readonly area?: BoardArea | null;
  readonly allows?: InputAllowed;
  readonly edits?: BoardEdits;
  readonly reveal?: BallotReveal;
  readonly scale?: BallotScale | null;
  readonly question?: string;
}

/** Everything that can be asked of a session (facilitation.md F0-F2, F4, F9, F17). */
export type SessionCommand =
  | ({
      readonly type: 'plan';
      readonly kind: MeetingKind;
      readonly title: string;
      readonly stages: readonly PlannedStage[];
      readonly plannedAt: Instant | null;
      /** Whose turn it is to lead; without one whoever plans it does. */
      readonly leader?: PersonId | null;
      /** Hours it is open for, when everybody goes through it in their own time. */
      readonly window?: number | null;
    } & SessionPlace)
  | { readonly type: 'start' }
  | { readonly type: 'arrive' }
  /** Says that it is not over, where that was asked. */
  | { readonly type: 'go-on' }
  | ({ readonly type: 'next' } & MoveChoice)
  | ({ readonly type: 'previous' } & MoveChoice)
  | ({ readonly type: 'jump'; readonly stage: string } & MoveChoice)
  | ({ readonly type: 'skip'; readonly stage: string } & MoveChoice)
  | { readonly type: 'insert'; readonly stage: PlannedStage; readonly before: string | null }
  | { readonly type: 'reorder'; readonly order: readonly string[] }
  | { readonly type: 'plan-stage'; readonly stage: string; readonly minutes: number }
  | ({ readonly type: 'brief-stage'; readonly stage: string } & StageBrief)
  | { readonly type: 'remove'; readonly stage: string }
  | { readonly type: 'start-timer'; readonly ms: number; readonly label: string }
  | { readonly type: 'pause-timer' }
  | { readonly type: 'resume-timer' }
  | { readonly type: 'add-time'; readonly ms: number }
  | { readonly type: 'stop-timer' }
  | { readonly type: 'park'; readonly id: string; readonly title: string; readonly origin?: ObjectRef | null }
  | { readonly type: 'settle-parked'; readonly id: string; readonly how: ParkedEnding; readonly text: string }
  | {
      readonly type: 'produce';
      readonly stage: string | null;
      readonly output: OutputKind | null;
      readonly text: string;
      readonly ref?: ObjectRef | null;
      readonly task?: Task;
      /** What it is asked for as, before an act on an object is done; left out: a line is written. */
      readonly input?: Input;
    }
  | {
      readonly type: 'tick-none';
      readonly stage: string;
      readonly output: OutputKind;
      readonly none: boolean;
    }
  | {
      readonly type: 'open-ballot';
      readonly id: string;
      readonly items: readonly {
        readonly id: string;
        readonly title: string;
        readonly owner: PersonId | null;
      }[];
      /** A show of hands: the only way with fewer than three voters. */
      readonly openVote?: boolean;
      /** Left out: as the section the room is in was prepared. */
      readonly reveal?: BallotReveal;
      readonly scale?: BallotScale;
    }
  | { readonly type: 'vote'; readonly item: string; readonly value: number }
  | { readonly type: 'reveal'; readonly item: string }
  | { readonly type: 'agree-score'; readonly item: string; readonly value: number }
  | { readonly type: 'close-ballot'; readonly discard?: boolean }
  /** Shows the board to everybody in the session: one holder, and the area the room looks at. */
  | { readonly type: 'take-spotlight' }
  | { readonly type: 'give-spotlight'; readonly person: PersonId }
  | { readonly type: 'show-area'; readonly area: BoardArea }
  | { readonly type: 'end-spotlight' }
  | { readonly type: 'rate'; readonly value: number }
  | { readonly type: 'add-facilitator'; readonly person: PersonId }
  | { readonly type: 'remove-facilitator'; readonly person: PersonId }
  | { readonly type: 'take-over' }
  /** Opens the door to guests; when it is open already, with a new code. */
  | { readonly type: 'let-guests-in' }
  | { readonly type: 'shut-guests-out' }
  | { readonly type: 'send-guest-away'; readonly guest: PersonId }
  /** The server's own: somebody brought the code. */
  | { readonly type: 'join-as-guest'; readonly guest: PersonId; readonly name: string }
  | {
      readonly type: 'end';
      readonly leaveOpen: boolean;
      /** The board stays as the meeting left it, until somebody who manages it lets it go on. */
      readonly pauseBoard?: boolean;
    }
  /** It will not take place: before it has begun. */
  | { readonly type: 'call-off' }
  | { readonly type: 'correct'; readonly text: string }
  /** The server's own: a frozen board. */
  | { readonly type: 'note-snapshot'; readonly why: string; readonly id: string }
  /** Let the clock do what is due: time-up, who has left, a meeting nobody is in any more. */
  | { readonly type: 'tick' };

export type SessionCommandType = SessionCommand['type'];

/** A command with its identity and the state it was decided on (facilitation.md F0.1). */
export interface SessionAsk {
  readonly command: SessionCommand;
  readonly commandId: string;
  /** What the sender saw; null for acts that do not depend on it (see `freeCommands`). */
  readonly expectedRev: number | null;
  /** True when this command was carried out already: it then changes nothing. */
  readonly seen: boolean;
}

/** Acts of many people at once that cannot contradict each other: they need not know the newest state. */
export const freeCommands: readonly SessionCommandType[] = [
  'plan',
  'arrive',
  'go-on',
  'park',
  'produce',
  'vote',
  'rate',
  'correct',
  'note-snapshot',
  'join-as-guest',
  'tick',
];
