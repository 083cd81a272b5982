import { and, asc, eq, gte, inArray, isNull, ne } from 'drizzle-orm';
import { speaksFor } from '#domain/access/standing.ts';
import { loadSentence } from '#domain/capacity/load-sentence.ts';
import type { Session } from '#domain/facilitation/session.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import { thresholdsOf } from '#domain/settings/thresholds.ts';
import type { SessionRow } from '#protocol/views/facilitation.ts';
import type { Viewer } from '../app.ts';
import { commitment, period, team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { standingOf } from '../tracking/standing.ts';
import { readTeamLoads } from '../tracking/team-loads.ts';
import { plainRow } from './plain-row.ts';
import { teamsOf } from './scope.ts';

/** A room of the whole organisation looks at so many teams; the rest have their pages. */
const MOST_TEAMS = 40;

/**
 * Each team of the room with what it took on against what it can do (tracking.md T16), in the first period that runs or is
 * ahead in which it promised something; those that took on too much come first.
 */
export async function readLoadLines(
  queries: Queries,
  viewer: Viewer,
  it: Session,
): Promise<readonly SessionRow[]> {
  const { organisationId, organisation } = viewer;
  const today = localDateOf(organisation.now, organisation.timezone);
  const standing = await standingOf(queries, viewer);
  const { capacity: settings } = thresholdsOf(organisation.thresholds);
  const lines: SessionRow[] = [];
  for (const { id, name } of await readTeams(queries, organisationId, await teamsOf(queries, it), today)) {
    const [load] = await readTeamLoads(queries, organisationId, id, today);
    if (load === undefined) continue;
    lines.push({
      ...plainRow('loads', 'team', id, name),
      ...{ teamId: id, href: `/teams/${id}`, periodId: load.periodId },
      detail: `${load.period}: ${loadSentence(load, settings)}`,
      ...{ status: load.verdict, settled: load.verdict !== 'exceeds' },
      moves: speaksFor(standing, id) || viewer.role === 'administrator' ? ['set-room'] : [],
    });
  }
  return lines.sort((a, b) => Number(a.settled) - Number(b.settled));
}

/** Teams that promised something in a period that has not ended, by name. */
async function readTeams(
  queries: Queries,
  organisationId: string,
  among: readonly string[] | null,
  today: string,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return queries
    .selectDistinct({ id: team.id, name: team.name })
    .from(team)
    .innerJoin(commitment, eq(commitment.teamId, team.id))
    .innerJoin(period, eq(period.id, commitment.periodId))
    .where(
      and(
        ...[eq(team.organisationId, organisationId), isNull(team.archivedAt)],
        ...[ne(commitment.horizon, 'week'), gte(period.end, today)],
        among === null ? undefined : inArray(team.id, [...among]),
      ),
    )
    .orderBy(asc(team.name), asc(team.id))
    .limit(MOST_TEAMS);
}
