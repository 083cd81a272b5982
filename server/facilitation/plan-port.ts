import type { Insight } from '../app-insight.ts';
import type { Rhythm } from '../app-rhythm.ts';
import type { Planning } from '../app.ts';
import type { PlanPort } from './deps.ts';
import type { FacilitationPart } from './facilitation.ts';

/** The board a session plans, through the parts that hold it. `insight` is made after sessions are, which it lists. */
export function makePlanPort(planning: Planning, rhythm: Rhythm, insight: () => Insight): PlanPort {
  const { areas, mayPause, leavePaused, board, plan, review, right, putAside, commit } = planning;
  return {
    ...{ areas, mayPause, leavePaused, board, plan, review, right, putAside, commit },
    ...{ offers: rhythm.offers, book: rhythm.book },
    setCapacity: (viewer, team, input) => insight().setCapacity(viewer, team, input),
  };
}

/** Planning whose commits stand in the minutes of the session on that board, wherever they were pressed. */
export function toldToSessions(planning: Planning, sessions: Pick<FacilitationPart, 'committed'>): Planning {
  return {
    ...planning,
    commit: async (viewer, boardId, input) => {
      const done = await planning.commit(viewer, boardId, input);
      if (done.ok) await sessions.committed(viewer, boardId, done.value, input.overrides?.reason ?? '');
      return done;
    },
  };
}
