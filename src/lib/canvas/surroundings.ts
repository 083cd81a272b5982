import { createContext, useContext } from 'react';
import { atom, computed, type Atom, type Computed } from 'tldraw';
import { openGuard, type BoardGuard } from '#domain/access/guard.ts';
import type { PersonView, TeamView } from '#protocol/views/organisation.ts';
import type { BoardTruth, CommitmentTruth, DependencyTruth } from '#protocol/views/tracking.ts';
import type { Instant, LocalDate } from '#domain/time.ts';
import type { CanvasInput, CanvasState } from './contract.ts';

/** What shapes know of the world beside the document, as signals: a card redraws when what it reads changes. */
export interface Surroundings {
  readonly input: CanvasInput;
  readonly state: Atom<CanvasState>;
  readonly people: Computed<ReadonlyMap<string, PersonView>>;
  readonly teams: Computed<ReadonlyMap<string, TeamView>>;
  readonly today: Computed<LocalDate>;
  /** When what the server knows was true. */
  readonly now: Computed<Instant>;
  /** Areas with a level, and locks. */
  readonly guard: Computed<BoardGuard>;
  /** Answers each team owes, by team id. */
  readonly owed: Computed<ReadonlyMap<string, number>>;
  /** What the server knows of a card, by plan key; null while the plan alone is looked at. */
  commitment(key: string): CommitmentTruth | null;
  dependency(key: string): DependencyTruth | null;
}

/** What the canvas itself adds to its surroundings once store and document are bound. */
export interface Bound {
  undo(): void;
  redo(): void;
  /** Ends a step of undo with all that was done so far. */
  step(): void;
  /** Between the two a gesture is under way: one step, however long the hand rests in it. */
  hold(): void;
  release(): void;
  flush(): void;
}

export function surround(input: CanvasInput, first: CanvasState): Surroundings {
  const state = atom('state', first);
  // One signal a field: a new state with the same people redraws nobody's avatar.
  const truth = computed('truth', () => state.get().truth);
  const people = computed('all people', () => state.get().people);
  const teams = computed('all teams', () => state.get().teams);
  const view = computed('view', () => state.get().view);
  return {
    input,
    state,
    people: computed('people', () => new Map(people.get().map((person) => [person.key, person]))),
    today: computed('today', () => state.get().today),
    now: computed('now', () => truth.get()?.at ?? 0),
    guard: computed('guard', () => state.get().guarded?.guard ?? openGuard),
    owed: computed('owed', () => countOwed(truth.get())),
    teams: computed('teams', () => new Map(teams.get().map((team) => [team.key, team]))),
    commitment: (key) => (view.get() === 'plan' ? null : (truth.get()?.commitments[key] ?? null)),
    dependency: (key) => truth.get()?.dependencies[key] ?? null,
  };
}

function countOwed(truth: BoardTruth | null): ReadonlyMap<string, number> {
  const owed = new Map<string, number>();
  for (const { status, providerTeamId } of Object.values(truth?.dependencies ?? {})) {
    if (status === 'requested' && providerTeamId !== null)
      owed.set(providerTeamId, (owed.get(providerTeamId) ?? 0) + 1);
  }
  return owed;
}

export const SurroundingsContext = createContext<Surroundings | null>(null);

export function useSurroundings(): Surroundings {
  const found = useContext(SurroundingsContext);
  if (!found) throw new Error('A shape was drawn outside of the board editor.');
  return found;
}
