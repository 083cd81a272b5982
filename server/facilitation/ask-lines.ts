import type { SQL } from 'drizzle-orm';
import { isUrgentAsk } from '#domain/dependency/flags.ts';
import type { SessionRow } from '#protocol/views/facilitation.ts';
import type { DependencyRow } from '#protocol/views/tracking.ts';
import type { Viewer } from '../app.ts';
import type { Queries } from '../store/store.ts';
import { momentOf } from '../tracking/commitment-view.ts';
import { isVisible, listDependencies, viewDependency } from '../tracking/dependency-view.ts';
import { actorOf, standingOf } from '../tracking/standing.ts';
import { plainRow } from './plain-row.ts';

/** Asks that are open, with what is late, unanswered or changed in them; the urgent ones first. */
export async function askLines(
  queries: Queries,
  viewer: Viewer,
  source: SessionRow['source'],
  where: SQL | undefined,
): Promise<readonly SessionRow[]> {
  const eyes = { actor: actorOf(viewer), standing: await standingOf(queries, viewer), seer: viewer };
  const moment = momentOf(viewer);
  const found = await listDependencies(queries, where);
  return found
    .filter((each) => isVisible(each, eyes))
    .map((each) => viewDependency(each, moment, eyes))
    .filter(isOpen)
    .map((row) => lineOf(row, source))
    .sort((a, b) => Number(a.settled) - Number(b.settled));
}

const lineOf = (row: DependencyRow, source: SessionRow['source']): SessionRow => ({
  ...plainRow(source, 'dependency', row.id, row.what),
  version: row.version,
  // Before the plan is committed nobody has promised what it is for.
  detail: [
    ...(row.requesterTitle === '' ? [] : [`for ${row.requesterTitle}`]),
    ...row.flags.map((flag) => flag.replaceAll('-', ' ')),
  ].join(', '),
  ...{ href: `/dependencies/${row.id}`, ownerId: row.providerPersonId, teamId: row.providerTeamId },
  ...{ due: row.promisedFor ?? row.neededBy, status: row.word, settled: !isUrgentAsk(row.flags) },
  ...{ moves: row.moves, ask: row, flags: row.flags },
});

const isOpen = (row: DependencyRow): boolean =>
  isUrgentAsk(row.flags) || ['requested', 'countered', 'accepted', 'delivered'].includes(row.status);
