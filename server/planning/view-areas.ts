import { isArea } from '#board/schema/records.ts';
import { allowed, type Outcome } from '#domain/outcome.ts';
import type { BoardArea } from '#domain/facilitation/section-tools.ts';
import type { Viewer } from '../app.ts';
import { openBoard } from './board-rows.ts';
import type { PlanningDeps } from './deps.ts';
import { readNames } from './read-plan.ts';

/** The areas of a board by what they are called on it: an area without a title of its own goes by its team's name. */
export async function viewAreas(
  { store, documents }: Pick<PlanningDeps, 'store' | 'documents'>,
  viewer: Viewer,
  boardId: string,
): Promise<Outcome<readonly BoardArea[]>> {
  const opened = await openBoard(store.db, viewer, boardId, 'read');
  if (!opened.ok) return opened;
  const frozen = await documents.read(boardId, opened.value.row);
  if (!frozen.ok) return frozen;
  const { teams } = await readNames(store.db, viewer.organisationId);
  const areas = frozen.value.records.filter(isArea).map(({ id, props }): BoardArea => ({
    id,
    title: props.title || (teams.find(({ key }) => key === props.team)?.name ?? 'Area without a name'),
  }));
  return allowed(areas.toSorted((a, b) => a.title.localeCompare(b.title, 'en')));
}
