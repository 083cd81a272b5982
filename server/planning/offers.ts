import type { Offer } from '#domain/commitment/command.ts';
import { prefillDoneMeans, type Horizon, type Terms } from '#domain/commitment/terms.ts';
import { depths, type Depth } from '#domain/depth/depth.ts';
import type { LocalDate } from '#domain/time.ts';
import type { PlanDependency, PlanObjective } from '#domain/plan/plan.ts';
import type { PeriodView } from '#protocol/views/organisation.ts';
import type { Names } from './read-plan.ts';

/** What turns an objective into an offer. */
export interface OfferContext {
  readonly boardId: string;
  readonly commitId: string;
  readonly snapshotId: string;
  readonly period: PeriodView | null;
  readonly names: Names;
  /** Leads by team id. */
  readonly leads: ReadonlyMap<string, readonly string[]>;
  /** Who acknowledges what has no other sponsor; only the standard depth asks for one (tracking.md T18). */
  readonly administrator: string | null;
  readonly depth: Depth;
}

/** One offer for each objective: the snapshot's values, as the owner will find them (board.md B5.4). */
export function toOffers(
  objectives: readonly PlanObjective[],
  dependencies: readonly PlanDependency[],
  context: OfferContext,
): readonly Offer[] {
  const teams = new Map(context.names.teams.map(({ key, id }) => [key, id]));
  const people = new Map(context.names.people.map(({ key, id }) => [key, id]));
  const needs = Map.groupBy(dependencies, (it) => it.objective);
  const voices = depths[context.depth];
  return objectives.map((it) => {
    const owner = it.owner === null ? null : (people.get(it.owner) ?? null);
    const team = it.team === null ? null : (teams.get(it.team) ?? null);
    const lead =
      (team === null ? [] : (context.leads.get(team) ?? [])).find((person) => person !== owner) ?? null;
    return {
      source: {
        board: context.boardId,
        key: it.key,
        commit: context.commitId,
        snapshot: context.snapshotId,
        period: context.period?.id ?? null,
      },
      owner,
      team,
      reviewer: voices.reviewer ? lead : null,
      sponsor: voices.sponsor && context.administrator !== owner ? context.administrator : null,
      terms: toTerms(
        it,
        (needs.get(it.key) ?? []).map(({ key }) => key),
        context.period,
      ),
    };
  });
}

/** The terms of an objective; without a date of its own it is due at the end of the board's period. */
function toTerms(it: PlanObjective, needs: readonly string[], period: PeriodView | null): Terms {
  const due: LocalDate | null = it.due ?? period?.end ?? null;
  return {
    statement: it.title,
    why: it.why,
    doneMeans:
      it.doneMeans === '' ? prefillDoneMeans({ statement: it.title, measures: it.measures }) : it.doneMeans,
    due,
    horizon: horizonOf(period),
    promise: it.promise,
    weight: it.weight,
    measures: it.measures,
    curve: { kind: 'linear' },
    effort: it.effort,
    priority: it.priority,
    needs: [...needs].sort(),
  };
}

const horizonOf = (period: PeriodView | null): Horizon => period?.kind ?? 'custom';
