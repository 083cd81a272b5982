import { createContext, useContext } from 'react';
import { atom, computed, type Atom, type Computed } from 'tldraw';
import type { PersonView, TeamView } from '#protocol/views/organisation.ts';
import type { CommitmentTruth, DependencyTruth } from '#protocol/views/tracking.ts';
import type { CanvasInput, CanvasState } from './contract.ts';

/** What shapes know of the world beside the document, as signals: a card redraws when what it reads changes. */
export interface Surroundings {
  readonly input: CanvasInput;
  readonly state: Atom<CanvasState>;
  readonly people: Computed<ReadonlyMap<string, PersonView>>;
  readonly teams: Computed<ReadonlyMap<string, TeamView>>;
  /** What the server knows of a card, by plan key; null while the plan alone is looked at. */
  commitment(key: string): CommitmentTruth | null;
  dependency(key: string): DependencyTruth | null;
}

/** What the canvas itself adds to its surroundings once store and document are bound. */
export interface Bound {
  undo(): void;
  redo(): void;
  flush(): void;
}

export function surround(input: CanvasInput, first: CanvasState): Surroundings {
  const state = atom('state', first);
  const truth = computed('truth', () => state.get().truth);
  return {
    input,
    state,
    people: computed('people', () => new Map(state.get().people.map((person) => [person.key, person]))),
    teams: computed('teams', () => new Map(state.get().teams.map((team) => [team.key, team]))),
    commitment: (key) => (state.get().view === 'plan' ? null : (truth.get()?.commitments[key] ?? null)),
    dependency: (key) => truth.get()?.dependencies[key] ?? null,
  };
}

export const SurroundingsContext = createContext<Surroundings | null>(null);

export function useSurroundings(): Surroundings {
  const found = useContext(SurroundingsContext);
  if (!found) throw new Error('A shape was drawn outside of the board editor.');
  return found;
}
