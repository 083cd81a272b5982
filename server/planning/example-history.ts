import { eq } from 'drizzle-orm';
import { allowed, type Outcome } from '#domain/outcome.ts';
import type { PlanFile } from '#domain/plan/format/plan-file.ts';
import type { Viewer } from '../app.ts';
import { organisation } from '../store/schema.ts';
import { commitBoard } from './commit-board.ts';
import type { PlanningDeps } from './deps.ts';
import {
  closesAt,
  exampleClose,
  exampleRhythm,
  exampleRituals,
  moments,
  overrideReason,
} from './example-facts.ts';

/**
 * Commits the imported plan as of its first day, which is the source's clock, then takes its updates over and puts the
 * clock to *now*: what the source reported later shows when the clock gets there.
 */
export async function playHistory(
  deps: PlanningDeps,
  source: Viewer,
  boardId: string,
  file: PlanFile,
): Promise<Outcome<number>> {
  const { store, tracking, now } = deps;
  const committed = await commitBoard(deps, source, boardId, {
    include: 'committed',
    overrides: { reason: overrideReason },
    rhythm: exampleRhythm,
    rituals: exampleRituals,
  });
  if (!committed.ok) return committed;
  const moved = await moveClose(deps, source, boardId);
  if (!moved.ok) return moved;
  const { organisationId } = source;
  const taken = await store.transaction(async (tx) => {
    await tx
      .update(organisation)
      .set({ clockNow: new Date(moments.now) })
      .where(eq(organisation.id, organisationId));
    return tracking.importHistory(tx, {
      organisationId,
      boardId,
      actor: { person: null, via: 'import' },
      at: moments['planning-day'],
      recordedAt: now(),
      zone: source.organisation.timezone,
      file,
      closesAt,
    });
  });
  return allowed(taken);
}

/** The source closed its half-year later than five business days after its end. */
async function moveClose(
  { rhythm }: PlanningDeps,
  source: Viewer,
  boardId: string,
): Promise<Outcome<unknown>> {
  const booked = await rhythm.rituals(source, { boardId });
  const close = booked.find(({ kind }) => kind === 'quarterly-close');
  if (close === undefined) throw new Error('the close of the example was not booked');
  const { date, to, reason } = exampleClose;
  return rhythm.actOnRitual(source, close.id, 'move', { date, ...to, reason });
}
