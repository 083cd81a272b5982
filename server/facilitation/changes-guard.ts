import type { SessionEvent, SessionEventType } from '#domain/facilitation/event.ts';
import type { Session } from '#domain/facilitation/session.ts';

/** After these somebody else may lead the board, or nobody, or the section leaves less to change on it. */
const leading: ReadonlySet<SessionEventType> = new Set([
  'started',
  'ended',
  'facilitator-added',
  'facilitator-removed',
  'taken-over',
  'end-proposed',
  'went-on',
]);

/** True after the room moved, or a section was prepared, where sections say what is changed on the board. */
const mayHold = ({ stages }: Session, { type, data }: SessionEvent): boolean =>
  type === 'stage-briefed'
    ? data.edits !== undefined || data.area !== undefined
    : type === 'stage-entered' && stages.some(({ edits = 'everything' }) => edits !== 'everything');

/** True when somebody else may change something else on the board after it. */
export const changesGuard = (after: Session, event: SessionEvent): boolean =>
  leading.has(event.type) || mayHold(after, event);
