import { and, eq, inArray, sql } from 'drizzle-orm';
import { baselineOf, termsNow, type Commitment } from '#domain/commitment/commitment.ts';
import type { CommitmentEvent } from '#domain/commitment/event.ts';
import { foldAll } from '#domain/commitment/fold.ts';
import { weightShares, worstOf } from '#domain/commitment/roll-up.ts';
import { scoreOf } from '#domain/commitment/scoring.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { addDays, localDateOf } from '#domain/rhythm/local-time.ts';
import type { Instant, TimeZone } from '#domain/time.ts';
import type { TeamPage } from '#protocol/views/insight.ts';
import type { Viewer } from '../app.ts';
import { commitment, period, team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { readStandingAt, viewStanding, type Standing } from '../tracking/as-of/promises-at.ts';
import { readTeamAt } from '../tracking/as-of/team-at.ts';
import { readThresholdsAt } from '../tracking/as-of/thresholds-at.ts';
import { momentOf } from '../tracking/commitment-view.ts';
import { readCommitmentEvents } from '../tracking/read-events.ts';
import { readRuleFacts } from '../tracking/rule-facts.ts';
import { seesPromise } from '../tracking/seen.ts';
import { countKept } from './count-kept.ts';
import { readAdherence } from './read-adherence.ts';
import { readLoadsAt } from './team-loads-at.ts';
import { PERIODS_SHOWN_DAYS } from './team-page.ts';

const noSuchTeam = refused('not-found', 'There is no such team in this organisation.');

/**
 * A team's page as it was: who was in it, what it had promised and could do, how that stood, and what had become of what
 * it promised before. What was warned of is not looked back to; urgent work is the register's to say.
 */
export async function readTeamPageAt(
  queries: Queries,
  viewer: Viewer,
  teamId: string,
  at: Instant,
): Promise<Outcome<TeamPage>> {
  if (!isUuid(teamId)) return noSuchTeam;
  const { organisationId } = viewer;
  const [found] = await queries
    .select({ createdAt: team.createdAt })
    .from(team)
    .where(and(eq(team.id, teamId), eq(team.organisationId, organisationId)));
  if (found === undefined) return noSuchTeam;
  if (found.createdAt.getTime() > at)
    return refused('not-found-then', 'On that day there was no such team yet.');
  const moment = { ...momentOf(viewer), at, settings: await readThresholdsAt(queries, organisationId, at) };
  const factsOf = await readRuleFacts(queries, organisationId);
  const [all, then] = await Promise.all([
    readStandingAt(queries, { ...viewer, hiddenBoards: [] }, { teamId }, moment),
    readTeamAt(queries, { organisationId, teamId }, at),
  ]);
  const standing = all.filter(({ state }) => seesPromise(viewer, state));
  const { zone } = factsOf(teamId);
  const open = standing.filter(({ state }) => ['proposed', 'committed'].includes(state.status));
  const promises = await viewStanding(queries, viewer, open, moment);
  const ids = standing.map(({ id }) => id);
  const those = sql`${commitment.id} in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`;
  return allowed({
    ...{ teamId, promises, interrupts: [], warnings: [], mayEnterCapacity: false },
    members: then.members.map(({ personId, role }) => ({ personId, role })),
    loads: await readLoadsAt(queries, organisationId, {
      ...{ standing: all, team: then },
      ...{ today: localDateOf(at, zone), settings: moment.settings.capacity },
    }),
    shares: weightShares(promises),
    worstId: worstOf(promises)?.id ?? null,
    kept: await readKeptAt(queries, standing, { at, zone }),
    adherence: await readAdherence(queries, and(eq(commitment.organisationId, organisationId), those), at),
  });
}

/** What had become of what was accepted, newest first. */
async function readKeptAt(
  queries: Queries,
  standing: readonly Standing[],
  { at, zone }: { readonly at: Instant; readonly zone: TimeZone },
) {
  const since = addDays(localDateOf(at, zone), -PERIODS_SHOWN_DAYS);
  const counted = standing
    .flatMap((it) => {
      const { due, horizon } = termsNow(it.state);
      return baselineOf(it.state) === null || due === null || due < since ? [] : [{ ...it, due, horizon }];
    })
    .sort((a, b) => b.due.localeCompare(a.due));
  const labels = await readLabels(
    queries,
    counted.flatMap(({ state }) => state.source.period ?? []),
  );
  const met = new Set<string>();
  for (const { id, state } of counted) {
    if (state.status !== 'done') continue;
    if (scoreOf(await withCheckIns(queries, id, state, at), zone)?.kept === true) met.add(id);
  }
  return countKept(
    counted.map(({ id, state, horizon, boardTitle }) => ({
      ...{ id, status: state.status, horizon, board: boardTitle },
      late: state.status === 'done' && state.done.late,
      period: labels.get(state.source.period ?? '') ?? null,
    })),
    met,
  );
}

/** How a promise ended says what it came to, but where a measure had a day of its own before that end. */
async function withCheckIns(
  queries: Queries,
  id: string,
  state: Commitment,
  at: Instant,
): Promise<Commitment> {
  const byDay = (baselineOf(state)?.terms.measures ?? []).some(({ due }) => due !== null);
  if (!byDay) return state;
  const events: readonly CommitmentEvent[] = await readCommitmentEvents(queries, [id], at);
  return foldAll(events) ?? state;
}

async function readLabels(queries: Queries, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await queries
    .select({ id: period.id, label: period.label })
    .from(period)
    .where(inArray(period.id, [...new Set(ids)]));
  return new Map(rows.map(({ id, label }) => [id, label]));
}
