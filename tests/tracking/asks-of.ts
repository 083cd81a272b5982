import type { SaveDependencyInput } from '../../server/app-tracking.ts';
import type { Plan } from '../../src/domain/plan/plan.ts';
import type { Name, TrackingWorld } from './server-world.ts';

const objective = (key: string, team: string, owner: string): Plan['objectives'][number] => ({
  ...{ key, title: `About ${key}`, summary: '', why: '', team, owner, contributors: [], priority: null },
  ...{
    status: 'in-plan',
    promise: 'firm',
    flagship: false,
    due: null,
    dueText: null,
    weight: 3,
    effort: null,
  },
  ...{ businessValue: null, doneMeans: '', link: null, measures: [] },
});
/** What stands on the board. */
export const plan: Plan = {
  ...{ title: '', period: null, teams: [], people: [], priorities: [], dependencies: [] },
  objectives: [objective('sign-ups', 'red', 'ben'), objective('interface', 'blue', 'dan')],
};
/** An arrow as the board draws it. */
export const arrow = (objectKey: string, more: Partial<SaveDependencyInput> = {}): SaveDependencyInput => ({
  ...{
    objectKey,
    requesterKey: 'sign-ups',
    requesterTeam: 'red',
    providerTeam: 'blue',
    servedBy: 'interface',
  },
  ...{ what: 'an interface', neededBy: '2026-05-29', hardness: 'hard', size: 'medium' },
  ...more,
});

/** A board on which *Sign-ups* of Red (Ben) needs an interface of Blue (Dan), and the moves of that handshake. */
export function asksOf(world: TrackingWorld) {
  world.setPlan(plan);
  return {
    save: (name: Name, key: string, more: Partial<SaveDependencyInput> = {}) =>
      world.tracking.saveDependency(world.viewer(name), world.boardId, arrow(key, more)),
    move: (name: Name, id: string, command: string, input: Record<string, unknown> = {}) =>
      world.tracking.actOnDependency(world.viewer(name), id, command, input),
  };
}
