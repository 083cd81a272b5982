import { asc, eq, type SQL } from 'drizzle-orm';
import { belongsTo, type Standing } from '#domain/access/standing.ts';
import { flagsOf, promisedFor, slipDays, timingOf } from '#domain/dependency/flags.ts';
import { movesFor } from '#domain/dependency/moves.ts';
import { wordFor } from '#domain/dependency/words.ts';
import type { Actor } from '#domain/event.ts';
import type { DependencyRow, DependencyTruth } from '#protocol/views/tracking.ts';
import { board, commitment, dependency } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { Moment } from './commitment-view.ts';
import { seesAsk, type Seer } from './seen.ts';
import { requesterJoin, withRequester, type LoadedDependency } from './dependency-rows.ts';

/** Through whose eyes: moves are offered only to their actor, and a draft is seen by its own side only. */
export interface Eyes {
  readonly actor: Actor;
  readonly standing: Standing;
  readonly seer: Seer;
}

/** An ask with what lists need beside it. */
export interface ListedDependency extends LoadedDependency {
  readonly boardTitle: string;
}

/** Asks that meet a condition, by need and text. */
export async function listDependencies(
  queries: Queries,
  where: SQL | undefined,
): Promise<readonly ListedDependency[]> {
  const rows = await queries
    .select({
      row: dependency,
      owner: commitment.ownerId,
      title: commitment.statement,
      boardTitle: board.title,
    })
    .from(dependency)
    .innerJoin(board, eq(board.id, dependency.boardId))
    .leftJoin(commitment, requesterJoin)
    .where(where)
    .orderBy(asc(dependency.neededBy), asc(dependency.what), asc(dependency.id));
  return rows.map((found) => ({ ...withRequester(found), boardTitle: found.boardTitle }));
}

/** True when this viewer may see it: neither on a board hidden from him, nor the other side's ask that was not sent. */
export function isVisible({ state }: LoadedDependency, { actor, standing, seer }: Eyes): boolean {
  if (!seesAsk(seer, state)) return false;
  if (state.status !== 'draft') return true;
  return belongsTo(standing, state.requester.team) || actor.person === state.requester.owner;
}

export function viewDependency(it: ListedDependency, moment: Moment, eyes: Eyes): DependencyRow {
  const { row, state } = it;
  return {
    id: row.id,
    boardId: row.boardId,
    boardTitle: eyes.seer.hiddenBoards.includes(row.boardId) ? null : it.boardTitle,
    objectKey: row.objectKey,
    what: state.ask.what,
    ...statusOf(it, moment),
    hard: row.hard,
    size: state.ask.size,
    requesterKey: row.requesterKey,
    requesterTitle: it.requesterTitle,
    requesterTeamId: row.requesterTeamId,
    requesterOwnerId: state.requester.owner,
    providerTeamId: row.providerTeamId,
    providerPersonId: row.providerPersonId,
    servedBy: row.servedBy,
    neededBy: state.ask.neededBy,
    promisedFor: promisedFor(state),
    respondBy: state.respondBy,
    slipDays: slipDays(state, moment.at, moment.zone),
    rounds: state.rounds,
    version: row.version,
    moves: movesFor(state, eyes.actor, eyes.standing),
  };
}

/** The same for everybody who looks at the board. */
export function truthOf(it: LoadedDependency, moment: Moment): DependencyTruth {
  const { row, state } = it;
  return {
    id: row.id,
    ...statusOf(it, moment),
    promisedFor: promisedFor(state),
    neededBy: state.ask.neededBy,
    requesterTeamId: row.requesterTeamId,
    providerTeamId: row.providerTeamId,
    providerPersonId: row.providerPersonId,
    respondBy: state.respondBy,
    version: row.version,
  };
}

function statusOf(
  { state }: LoadedDependency,
  { at, zone, settings }: Moment,
): Pick<DependencyRow, 'status' | 'word' | 'flags' | 'timing'> {
  return {
    status: state.status,
    word: wordFor(state),
    flags: flagsOf(state, at, { zone, settings: settings.tracking }),
    timing: timingOf(state, at, zone),
  };
}
