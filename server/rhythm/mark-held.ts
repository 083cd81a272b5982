import { and, eq } from 'drizzle-orm';
import { mayWrite } from '#domain/access/standing.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Instant } from '#domain/time.ts';
import type { Viewer } from '../app.ts';
import { occurrence, ritual } from '../store/schema.ts';
import { isUuid } from '../store/uuid.ts';
import { appendEvents } from '../tracking/recording.ts';
import { actorOf, standingOf } from '../tracking/standing.ts';
import { bookOf } from './arrange-rituals.ts';
import type { RhythmDeps } from './deps.ts';
import { noSuchMeeting } from './occurrences.ts';
import { loadRitual } from './ritual-rows.ts';

/** Writes down that a meeting took place, once. A skipped one that was held after all counts as held. */
export async function markHeld(
  deps: RhythmDeps,
  viewer: Viewer,
  occurrenceId: string,
  at: Instant,
): Promise<Outcome<true>> {
  if (!isUuid(occurrenceId)) return noSuchMeeting;
  const { organisationId } = viewer;
  return deps.store.transaction(async (tx): Promise<Outcome<true>> => {
    if (!mayWrite(await standingOf(tx, viewer))) {
      return refused('forbidden', 'Observers can look, but not say that a meeting took place.');
    }
    const [found] = await tx
      .select()
      .from(occurrence)
      .where(and(eq(occurrence.id, occurrenceId), eq(occurrence.organisationId, organisationId)))
      .for('update');
    if (!found) return noSuchMeeting;
    if (found.status === 'held') return allowed(true);
    const loaded = await loadRitual(tx, organisationId, found.ritualId, { lock: true });
    if (loaded === null) return noSuchMeeting;
    const { row, state } = loaded;
    const event = {
      ...({ type: 'meeting-held', data: { date: found.originalDate } } as const),
      ...{ at, actor: actorOf(viewer) },
    };
    await appendEvents(tx, bookOf(deps, viewer), [
      { objectKind: 'ritual', objectId: row.id, boardId: state.board, version: row.version, events: [event] },
    ]);
    await tx
      .update(ritual)
      .set({ version: row.version + 1 })
      .where(and(eq(ritual.id, row.id), eq(ritual.organisationId, organisationId)));
    await tx
      .update(occurrence)
      .set({ status: 'held', sequence: found.sequence + 1, changedAt: new Date(at) })
      .where(and(eq(occurrence.id, occurrenceId), eq(occurrence.organisationId, organisationId)));
    return allowed(true);
  });
}
