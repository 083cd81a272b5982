import { and, eq } from 'drizzle-orm';
import type { BoardTruth, CommitmentTruth } from '#protocol/views/tracking.ts';
import { thresholdsIn } from '../store/read-thresholds.ts';
import { commitment, dependency, organisation } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { listCommitments } from './commitment-view.ts';
import { listDependencies, truthOf } from './dependency-view.ts';
import { readPeopleNames } from './names.ts';

/**
 * What the server knows of a board's objects, by plan key: the same for everybody who looks, never a word of the Yjs
 * document. Asks that were not sent are left out: only their own side knows of them.
 */
export async function readTruth(
  queries: Queries,
  organisationId: string,
  boardId: string,
  realNow: number,
): Promise<BoardTruth> {
  const [row] = await queries
    .select({ zone: organisation.timezone, clockNow: organisation.clockNow, settings: organisation.settings })
    .from(organisation)
    .where(eq(organisation.id, organisationId));
  const moment = {
    ...{ at: row?.clockNow?.getTime() ?? realNow, zone: row?.zone ?? 'UTC' },
    settings: thresholdsIn(row?.settings),
    eyes: { board: boardId },
  };
  const [promises, asks] = await Promise.all([
    listCommitments(
      queries,
      and(eq(commitment.organisationId, organisationId), eq(commitment.boardId, boardId)),
      moment,
    ),
    listDependencies(
      queries,
      and(eq(dependency.organisationId, organisationId), eq(dependency.boardId, boardId)),
    ),
  ]);
  const asked = promises.filter(({ status }) => status !== 'declined' && status !== 'parked');
  const open = asked.filter(({ status }) => status === 'proposed');
  const names =
    open.length === 0 ? new Map<string, string>() : await readPeopleNames(queries, organisationId);
  const waitingFor = open.map(({ ownerId }) => names.get(ownerId ?? '') ?? 'nobody yet');
  return {
    commitments: Object.fromEntries(
      promises.map((it): [string, CommitmentTruth] => [
        it.objectKey,
        {
          id: it.id,
          status: it.status,
          display: it.display,
          ownerId: it.ownerId,
          statement: it.statement,
          due: it.due,
          progress: it.progress,
          confidence: it.confidence,
          lastCheckInAt: it.lastCheckInAt,
          checkInOpen: it.slot !== null,
          version: it.version,
          waitingOn: [
            ...new Set(it.waitingOn.filter(({ overdue }) => overdue).map(({ question }) => question)),
          ],
          basis: it.basis,
        },
      ]),
    ),
    dependencies: Object.fromEntries(
      asks
        .filter(({ state }) => state.status !== 'draft')
        .map((it) => [it.row.objectKey, truthOf(it, moment)]),
    ),
    accepted: {
      yes: asked.length - open.length,
      of: asked.length,
      waitingFor: [...new Set(waitingFor)].sort(),
    },
    at: moment.at,
  };
}
