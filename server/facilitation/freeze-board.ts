import type { SessionEvent } from '#domain/facilitation/event.ts';
import type { Viewer } from '../app.ts';
import type { FacilitationDeps } from './deps.ts';
import type { Ran } from './run-command.ts';

/** Which snapshot an act of a session asks for: at its start, at a change of section, at its end, asked about or real (facilitation.md F17, F18). */
export function snapshotFor(events: readonly SessionEvent[]): 'session-start' | 'stage' | 'end' | null {
  if (events.some(({ type }) => type === 'ended')) return 'end';
  // Whether or not it is over: what lies there is kept.
  if (events.some(({ type }) => type === 'end-proposed')) return 'stage';
  if (events.some(({ type }) => type === 'started')) return 'session-start';
  return events.some(({ type }) => type === 'stage-entered') ? 'stage' : null;
}

/**
 * Freezes the board of a session after what happened in it, and gives the snapshot's id. A board that cannot be frozen
 * holds up no meeting: null, and a line in the log.
 */
export async function freezeBoard(
  { takeSnapshot, log }: Pick<FacilitationDeps, 'takeSnapshot' | 'log'>,
  viewer: Viewer,
  { after, events }: Ran,
): Promise<{ readonly why: string; readonly id: string } | null> {
  const why = snapshotFor(events);
  const { board, title, stages, current } = after.state;
  if (why === null || board === null) return null;
  const label = why === 'stage' ? (stages.find(({ id }) => id === current)?.title ?? '') : title;
  const taken = await takeSnapshot(viewer, board, { why, label: label.slice(0, 200) });
  if (taken.ok) return { why, id: taken.value.id };
  log.warn({ board, code: taken.refusal.code }, 'the board of a session could not be frozen');
  return null;
}
