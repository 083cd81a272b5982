import type { PersonId, TeamId } from '../access/standing.ts';
import type { LocalDate } from '../time.ts';
import type { Ask, ChoiceKind, Requester } from './dependency.ts';

export interface DraftDependency {
  readonly board: string;
  readonly key: string;
  readonly ask: Ask;
  readonly requester: Requester;
  readonly providerTeam: TeamId | null;
  readonly servedBy: string | null;
}

/** Everything that can be asked of a dependency (tracking.md T5). */
export type DependencyCommand =
  /** The arrow's facts, saved before or after it was sent; after an agreement a change reopens it. */
  | ({ readonly type: 'save' } & DraftDependency)
  /** `acceptanceTest`: how the asking side will know that it has it. */
  | { readonly type: 'send'; readonly acceptanceTest?: string }
  | {
      readonly type: 'accept';
      readonly person: PersonId;
      readonly date: LocalDate;
      readonly servedBy?: string | null;
      readonly confidence?: number | null;
    }
  | {
      readonly type: 'counter';
      readonly date: LocalDate | null;
      readonly scope: string;
      readonly person?: PersonId | null;
      /** Needed once the rounds are used up. */
      readonly decisionId?: string | null;
    }
  | { readonly type: 'accept-counter'; readonly person?: PersonId; readonly servedBy?: string | null }
  | { readonly type: 'decline'; readonly reason: string }
  | { readonly type: 'withdraw'; readonly reason?: string }
  | { readonly type: 'flag'; readonly date: LocalDate | null; readonly why: string }
  | { readonly type: 'unflag'; readonly why: string }
  | { readonly type: 'deliver'; readonly evidence: string }
  | { readonly type: 'confirm' }
  | { readonly type: 'reject'; readonly reason: string }
  | { readonly type: 'renege'; readonly reason: string }
  | { readonly type: 'release'; readonly reason?: string }
  | { readonly type: 'renegotiate'; readonly date: LocalDate | null; readonly scope: string }
  | {
      readonly type: 'choose';
      readonly choice: ChoiceKind;
      readonly text: string;
      readonly owner?: PersonId | null;
      readonly decisionId?: string | null;
    }
  /** A hard need nobody agreed to yet, taken as a risk by a named owner (board.md B3). */
  | { readonly type: 'own-as-risk'; readonly owner: PersonId; readonly text: string }
  | { readonly type: 'say-yes-aloud' }
  | { readonly type: 'serve-by'; readonly servedBy: string | null }
  /** Imported: what the source says of it; starts no clock. */
  | ({ readonly type: 'import'; readonly state: ImportedState } & DraftDependency);

/** States a plan file may give (board.md B3). */
export const importedStates = [
  'draft',
  'requested',
  'accepted',
  'countered',
  'declined',
  'delivered',
  'confirmed',
  'withdrawn',
  'revoked',
] as const;
export type ImportedState = (typeof importedStates)[number];

export type DependencyCommandType = DependencyCommand['type'];
