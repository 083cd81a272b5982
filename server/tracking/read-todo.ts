import type { Standing } from '#domain/access/standing.ts';
import { termsNow, type Commitment } from '#domain/commitment/commitment.ts';
import { frozenFrom } from '#domain/commitment/freeze.ts';
import { movesFor } from '#domain/commitment/moves.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import type { PeriodFacts } from '#protocol/views/period-choices.ts';
import type { CommitmentDetail } from '#protocol/views/tracking.ts';
import type { Viewer } from '../app.ts';
import type { Queries } from '../store/store.ts';
import { contextOf } from './commitment-context.ts';
import type { LoadedCommitment } from './commitment-rows.ts';
import { asksPeriod, readPeriodChoices } from './period-choices.ts';
import type { PeriodOfDue } from './plan-periods.ts';
import type { FactsOf } from './rule-facts.ts';
import { actorOf } from './standing.ts';

/** What a viewer may do to a commitment now, and what its forms have to know for it. */
export type Todo = Pick<CommitmentDetail, 'moves'> & PeriodFacts;

/** Of a day that is over: nothing. */
export const nothingToDo: Todo = { moves: [], period: null, periods: null, frozenFrom: null };

/** What this viewer may do now, in his own name and, where the owner named him, in the owner's. */
export async function readTodo(
  queries: Queries,
  viewer: Viewer,
  found: LoadedCommitment,
  known: {
    readonly state: Commitment;
    readonly standing: Standing;
    readonly facing: Promise<FactsOf>;
    readonly periodOfDue: Promise<PeriodOfDue>;
  },
): Promise<Todo> {
  const { state, standing, facing } = known;
  const { organisationId, organisation } = viewer;
  const facts = { organisationId, zone: organisation.timezone, depth: organisation.depth };
  const context = await contextOf(queries, facts, found, standing, { known: facing });
  const moves = new Set([
    ...movesFor(state, actorOf(viewer), organisation.now, context),
    ...movesFor(state, actorOf(viewer, state.owner), organisation.now, context),
  ]);
  const asks = moves.has('accept') && asksPeriod(found.row, context.period, facts.depth);
  const today = localDateOf(organisation.now, context.zone);
  return {
    moves: [...moves],
    period: context.period?.label ?? null,
    periods: asks
      ? await readPeriodChoices(queries, organisationId, found.row, today, await known.periodOfDue)
      : null,
    frozenFrom: frozenFrom(termsNow(state), context.period, context.settings),
  };
}
