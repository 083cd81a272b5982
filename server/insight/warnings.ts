import { and, eq, isNull } from 'drizzle-orm';
import type { Depth } from '#domain/commitment/settings.ts';
import { rank } from '#domain/signal/rank.ts';
import { isMuted } from '#domain/signal/said-before.ts';
import { defaultSignalSettings as settings, type Signal } from '#domain/signal/signal.ts';
import { tooMuchForTeam } from '#domain/signal/w11-overload.ts';
import { decisionOverdue } from '#domain/signal/w7-decision-overdue.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import type { WarningView } from '#protocol/views/insight.ts';
import type { Viewer } from '../app.ts';
import { commitment, period, signal, team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { standingOf } from '../tracking/standing.ts';
import { readTeamLoad } from '../tracking/team-load.ts';
import { readOpenDecisions } from './decisions-owed.ts';
import { readNeedSignals } from './need-signals.ts';
import { readPromiseSignals } from './promise-signals.ts';
import { readRitualSignals } from './ritual-signals.ts';
import type { Scope } from './scope.ts';

/** Every warning that holds now within a scope, ranked (tracking.md T11). */
export async function readSignals(queries: Queries, scope: Scope, depth: Depth): Promise<readonly Signal[]> {
  const found = [
    ...(await readPromiseSignals(queries, scope, settings)),
    ...(await readNeedSignals(queries, scope, settings)),
    ...(await readDecisionSignals(queries, scope)),
  ];
  if (depth === 'light') return rank(found, depth);
  return rank(
    [
      ...found,
      ...(await readRitualSignals(queries, scope, settings)),
      ...(await readTeamSignals(queries, scope)),
    ],
    depth,
  );
}

/** W7: of who decides, of the team it belongs to, and of whoever waits for it. */
async function readDecisionSignals(queries: Queries, scope: Scope): Promise<readonly Signal[]> {
  const open = await readOpenDecisions(queries, scope.organisationId);
  const { of } = scope;
  return open
    .filter((it) => {
      if (of === null) return true;
      const people = [it.decider, ...it.blockedOwners];
      const teams = [it.team, ...it.blockedTeams];
      return people.includes(of.person ?? '') || teams.some((id) => id !== null && of.teams.includes(id));
    })
    .flatMap((it) => decisionOverdue(it, scope.at, scope.zone, settings) ?? []);
}

/** W11 of the scope's teams, in the periods that run. */
async function readTeamSignals(queries: Queries, scope: Scope): Promise<readonly Signal[]> {
  const { organisationId, of, at, zone } = scope;
  const today = localDateOf(at, zone);
  const pairs = await queries
    .selectDistinct({
      ...{ teamId: commitment.teamId, name: team.name, periodId: commitment.periodId },
      ...{ start: period.start, end: period.end },
    })
    .from(commitment)
    .innerJoin(team, eq(team.id, commitment.teamId))
    .innerJoin(period, eq(period.id, commitment.periodId))
    .where(and(eq(commitment.organisationId, organisationId), isNull(team.archivedAt)));
  const signals: Signal[] = [];
  for (const { teamId, name, periodId, start, end } of pairs) {
    if (teamId === null || periodId === null || start > today || end < today) continue;
    if (of !== null && !of.teams.includes(teamId)) continue;
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
): Promise<readonly WarningView[]> {
  if (signals.length === 0) return [];
  const { organisationId, organisation } = viewer;
  const standing = await standingOf(queries, viewer);
  const speaksFor = [
    ...standing.leadOf,
    ...standing.memberOf.filter((id) => standing.leaderless.includes(id)),
  ];
  const said = await readSaid(queries, organisationId);
  const views = signals.map((it): WarningView => {
    const mutedUntil = said.get(keyOf(it.rule, it.subject.id))?.mutedUntil?.getTime() ?? null;
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
  const allowed = views.filter(({ subjectKind, forMe }) => subjectKind !== 'person' || forMe);
  return [
    ...allowed.filter(({ mutedUntil }) => mutedUntil === null),
    ...allowed.filter(({ mutedUntil }) => mutedUntil !== null),
  ];
}

export const keyOf = (rule: string, subjectId: string): string => `${rule} ${subjectId}`;

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
