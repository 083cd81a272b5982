import { and, eq, gt, gte, inArray, isNull, lte } from 'drizzle-orm';
import type { Standing } from '#domain/access/standing.ts';
import { depths, type Depth } from '#domain/depth/depth.ts';
import { rank } from '#domain/signal/rank.ts';
import { isMuted } from '#domain/signal/said-before.ts';
import type { Signal } from '#domain/signal/signal.ts';
import { tooMuchForTeam } from '#domain/signal/w11-overload.ts';
import { decisionOverdue } from '#domain/signal/w7-decision-overdue.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import type { Instant } from '#domain/time.ts';
import type { WarningView } from '#protocol/views/insight.ts';
import type { Viewer } from '../app.ts';
import { commitment, period, signal, team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { speaksForTeams } from '../tracking/inbox.ts';
import { readTeamLoad } from '../tracking/team-load.ts';
import { unseenSubjects } from '../tracking/unseen-subjects.ts';
import { readOpenDecisions } from './decisions-owed.ts';
import { readNeedSignals } from './need-signals.ts';
import { readPromiseSignals } from './promise-signals.ts';
import { readRitualSignals } from './ritual-signals.ts';
import type { Scope } from './scope.ts';

/** Every warning that holds now within a scope, ranked (tracking.md T11). */
export async function readSignals(queries: Queries, scope: Scope, depth: Depth): Promise<readonly Signal[]> {
  const { warnings } = depths[depth];
  // These take reading what a lighter depth never tells.
  const tellsOfTeams = warnings.includes('W10') || warnings.includes('W11');
  const found = await Promise.all([
    readPromiseSignals(queries, scope),
    readNeedSignals(queries, scope),
    readDecisionSignals(queries, scope),
    ...(tellsOfTeams ? [readRitualSignals(queries, scope), readTeamSignals(queries, scope)] : []),
  ]);
  return rank(found.flat(), depth);
}

/** W7: of who decides, of the team it belongs to, and of whoever waits for it. */
async function readDecisionSignals(queries: Queries, scope: Scope): Promise<readonly Signal[]> {
  const open = await readOpenDecisions(queries, scope.organisationId, scope.of);
  return open.flatMap((it) => decisionOverdue(it, scope.at, scope.zone, scope.settings) ?? []);
}

/** W11 of the scope's teams, in the periods that run. */
async function readTeamSignals(queries: Queries, scope: Scope): Promise<readonly Signal[]> {
  const { organisationId, of, at, zone, settings } = scope;
  if (of !== null && of.teams.length === 0) return [];
  const today = localDateOf(at, zone);
  const pairs = await queries
    .selectDistinct({ teamId: team.id, name: team.name, periodId: period.id })
    .from(commitment)
    .innerJoin(team, eq(team.id, commitment.teamId))
    .innerJoin(period, eq(period.id, commitment.periodId))
    .where(
      and(
        eq(commitment.organisationId, organisationId),
        of === null ? undefined : inArray(commitment.teamId, [...of.teams]),
        isNull(team.archivedAt),
        lte(period.start, today),
        gte(period.end, today),
      ),
    );
  const signals: Signal[] = [];
  for (const { teamId, name, periodId } of pairs) {
    const load = await readTeamLoad(queries, { organisationId, teamId, periodId });
    if (load === null) continue;
    const told = tooMuchForTeam({
      ...{ team: teamId, name, verdict: load.verdict, share: load.share, since: at },
      weight: settings.heavyFrom,
    });
    if (told !== null) signals.push(told);
  }
  return signals;
}

/** Warnings as this viewer reads them: whose they are, and which were muted. What concerns one person's load stays with that person and the lead. */
export async function viewWarnings(
  queries: Queries,
  viewer: Viewer,
  signals: readonly Signal[],
  standing: Standing,
): Promise<readonly WarningView[]> {
  if (signals.length === 0) return [];
  const { organisationId, organisation } = viewer;
  const speaksFor = speaksForTeams(standing);
  const muted = await readMuted(queries, organisationId, organisation.now);
  const views = signals.map((it): WarningView => {
    const mutedUntil = muted.get(keyOf(it.rule, it.subject.id)) ?? null;
    return {
      ...{ rule: it.rule, subjectKind: it.subject.kind, subjectId: it.subject.id, title: it.title },
      ...{ link: linkOf(it), weight: it.weight, evidence: it.evidence, ask: it.ask, since: it.since },
      audience: it.audience.map(({ as, person, team: ofTeam }) => ({ as, personId: person, teamId: ofTeam })),
      forMe: it.audience.some(({ person, team: ofTeam }) =>
        person === null ? speaksFor.includes(ofTeam ?? '') : person === viewer.personId,
      ),
      mutedUntil: isMuted({ mutedUntil }, organisation.now) ? mutedUntil : null,
    };
  });
  // What is meant for somebody may stand where he may not look: a question that his promise waits for.
  const subjects = signals.map(({ subject }) => subject);
  const unseen = await unseenSubjects(queries, viewer, subjects);
  const allowed = views.filter(
    ({ subjectKind, subjectId, forMe }) => !unseen.has(subjectId) && (forMe || subjectKind !== 'person'),
  );
  return [
    ...allowed.filter(({ mutedUntil }) => mutedUntil === null),
    ...allowed.filter(({ mutedUntil }) => mutedUntil !== null),
  ];
}

export const keyOf = (rule: string, subjectId: string): string => `${rule} ${subjectId}`;

/** Until when what is muted now is not told, by rule and subject. */
export async function readMuted(
  queries: Queries,
  organisationId: string,
  at: Instant,
): Promise<ReadonlyMap<string, Instant>> {
  const rows = await queries
    .select({ rule: signal.rule, subjectId: signal.subjectId, mutedUntil: signal.mutedUntil })
    .from(signal)
    .where(and(eq(signal.organisationId, organisationId), gt(signal.mutedUntil, new Date(at))));
  return new Map(
    rows.flatMap(({ rule, subjectId, mutedUntil }) =>
      mutedUntil === null ? [] : [[keyOf(rule, subjectId), mutedUntil.getTime()] as const],
    ),
  );
}

/** What was warned of so far, by rule and subject. */
export async function readSaid(queries: Queries, organisationId: string) {
  const rows = await queries.select().from(signal).where(eq(signal.organisationId, organisationId));
  return new Map(rows.map((row) => [keyOf(row.rule, row.subjectId), row] as const));
}

export function linkOf({ subject }: Pick<Signal, 'subject'>): string {
  switch (subject.kind) {
    case 'commitment':
      return `/commitments/${subject.id}`;
    case 'dependency':
      return `/dependencies/${subject.id}`;
    case 'decision':
      return `/decisions/${subject.id}`;
    case 'ritual':
      return `/rhythm/${subject.id}`;
    case 'team':
      return `/teams/${subject.id}`;
    case 'person':
      return '/commitments';
  }
}
