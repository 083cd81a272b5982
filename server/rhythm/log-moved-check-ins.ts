import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { CommitmentEventData } from '#domain/commitment/event.ts';
import type { Viewer } from '../app.ts';
import { commitment } from '../store/schema.ts';
import { logChange } from '../store/log-change.ts';
import type { Queries } from '../store/store.ts';
import { appendEvents } from '../tracking/recording.ts';
import { actorOf } from '../tracking/standing.ts';

/**
 * Says in the log of a board, and of each promise that runs on it, that its check-ins are due otherwise from now on
 * (tracking.md I4): whoever looks at either later sees who moved them, when, and from where to where.
 */
export async function logMovedCheckIns(
  tx: Queries,
  viewer: Viewer,
  boardId: string,
  moved: CommitmentEventData['check-ins-moved'],
  { recordedAt, reason }: { readonly recordedAt: number; readonly reason: string | null },
): Promise<void> {
  const { organisationId, organisation } = viewer;
  const data = { ...moved, reason };
  await logChange(tx, viewer, { kind: 'board', id: boardId, type: 'check-ins-moved', data }, recordedAt);
  const running = await tx
    .select({ id: commitment.id, version: commitment.version })
    .from(commitment)
    .where(
      and(
        eq(commitment.organisationId, organisationId),
        eq(commitment.boardId, boardId),
        eq(commitment.status, 'committed'),
        // Imported promises keep the check-ins of their source.
        sql`not coalesce((${commitment.state}->>'acceptedPerSource')::boolean, false)`,
      ),
    )
    .orderBy(asc(commitment.id))
    .for('update');
  if (running.length === 0) return;
  const event = {
    ...{ type: 'check-ins-moved', data: moved, at: organisation.now, actor: actorOf(viewer) },
    ...(reason === null ? {} : { reason }),
  };
  const book = { organisationId, recordedAt, zone: organisation.timezone };
  await appendEvents(
    tx,
    book,
    running.map(({ id, version }) => ({
      ...{ objectKind: 'commitment', objectId: id, boardId, version, events: [event] },
    })),
  );
  const ids = running.map(({ id }) => id);
  await tx
    .update(commitment)
    .set({ version: sql`${commitment.version} + 1` })
    .where(and(eq(commitment.organisationId, organisationId), inArray(commitment.id, ids)));
}
