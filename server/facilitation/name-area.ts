import type { SessionCommand } from '#domain/facilitation/command.ts';
import type { Session } from '#domain/facilitation/session.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Viewer } from '../app.ts';
import type { PlanPort } from './deps.ts';

const gone = refused('invalid', 'There is no such area on the board of this session. Choose another one.', {
  path: 'area',
});

/** An area that a command speaks of is one of the session's board, and is called what it is called there. */
export async function nameArea(
  planned: Pick<PlanPort, 'areas'>,
  viewer: Viewer,
  { board }: Session,
  command: SessionCommand,
): Promise<Outcome<SessionCommand>> {
  if (command.type !== 'brief-stage' && command.type !== 'show-area') return allowed(command);
  const asked = command.area ?? null;
  if (asked === null || board === null) return allowed(command);
  const areas = await planned.areas(viewer, board);
  if (!areas.ok) return areas;
  const area = areas.value.find(({ id }) => id === asked.id);
  return area === undefined ? gone : allowed({ ...command, area });
}
