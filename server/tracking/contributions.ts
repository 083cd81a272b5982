import { and, asc, eq, inArray, lte, ne, notInArray, sql } from 'drizzle-orm';
import { rollUp } from '#domain/commitment/contributions.ts';
import { contributesTo } from '#domain/commitment/contribution.ts';
import { allowed, type Outcome } from '#domain/outcome.ts';
import type { ContributionsView, ParentChoice } from '#protocol/views/contributions.ts';
import type { CommitmentRow } from '#protocol/views/tracking.ts';
import type { Viewer } from '../app.ts';
import { commitment } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { noSuchCommitment } from './act-on-commitment.ts';
import { readStandingAt, viewStanding } from './as-of/promises-at.ts';
import { contributesToColumn } from './contribution-facts.ts';
import { listCommitments, momentOf, type Moment } from './commitment-view.ts';
import { seenPromises, seesPromise } from './seen.ts';

/** A list to choose from is looked through, not read: the nearest ones are enough. */
const MOST_CHOICES = 300;

/**
 * What a promise contributes to and what contributes to it, now or as of a moment before. What is hidden from the viewer is
 * counted and weighs nothing: its state is not his to know.
 */
export async function readContributions(
  queries: Queries,
  viewer: Viewer,
  id: string,
  past: Moment | null,
): Promise<Outcome<ContributionsView>> {
  if (!isUuid(id)) return noSuchCommitment;
  const linked =
    past === null ? await readNow(queries, viewer, id) : await readThen(queries, viewer, id, past);
  if (linked === null) return noSuchCommitment;
  const { worst, ...rolled } = rollUp(linked.from);
  return allowed({ ...linked, ...rolled, worstId: worst?.id ?? null });
}

type Linked = Pick<ContributionsView, 'to' | 'toUnseen' | 'toTakeBack' | 'from' | 'fromUnseen'>;

async function readNow(queries: Queries, viewer: Viewer, id: string): Promise<Linked | null> {
  const { organisationId } = viewer;
  const own = eq(commitment.organisationId, organisationId);
  const seen = seenPromises(viewer);
  const [found] = await queries
    .select({ to: contributesToColumn, ownerId: commitment.ownerId })
    .from(commitment)
    .where(and(own, eq(commitment.id, id), seen));
  if (found === undefined) return null;
  const to = found.to ?? [];
  const children = await queries
    .select({ id: commitment.id })
    .from(commitment)
    .where(
      and(
        own,
        sql`${commitment.state}->'contributesTo' @> ${JSON.stringify([id])}::jsonb`,
        lte(commitment.createdAt, new Date(viewer.organisation.now)),
      ),
    );
  const from = children.map((it) => it.id);
  const named = [...to, ...from];
  const rows =
    named.length === 0
      ? []
      : await listCommitments(queries, and(own, inArray(commitment.id, named), seen), momentOf(viewer));
  const linked = sortOut(rows, to, from);
  const mine = found.ownerId === viewer.personId;
  return { ...linked, toTakeBack: mine ? to.filter((it) => !linked.to.some((row) => row.id === it)) : [] };
}

/** As everything stood then: links are folds as all else is. */
async function readThen(queries: Queries, viewer: Viewer, id: string, past: Moment): Promise<Linked | null> {
  const all = await readStandingAt(queries, { ...viewer, hiddenBoards: [] }, {}, past);
  const self = all.find((it) => it.id === id);
  if (self === undefined || !seesPromise(viewer, self.state)) return null;
  const to = contributesTo(self.state);
  const from = all.filter(({ state }) => contributesTo(state).includes(id)).map((it) => it.id);
  const named = all.filter((it) => [...to, ...from].includes(it.id) && seesPromise(viewer, it.state));
  const rows = named.length === 0 ? [] : await viewStanding(queries, viewer, named, past);
  return sortOut(rows, to, from);
}

function sortOut(rows: readonly CommitmentRow[], to: readonly string[], from: readonly string[]): Linked {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const parents = to.flatMap((id) => byId.get(id) ?? []);
  const children = rows.filter(({ id }) => from.includes(id));
  return {
    ...{ to: parents, toUnseen: to.length - parents.length, toTakeBack: [] },
    ...{ from: children, fromUnseen: from.length - children.length },
  };
}

/**
 * What a promise may be said to contribute to: what is offered or runs and may be looked at, those that reach further
 * first.
 */
export async function readParentChoices(
  queries: Queries,
  viewer: Viewer,
  id: string,
): Promise<readonly ParentChoice[]> {
  if (!isUuid(id)) return [];
  const own = eq(commitment.organisationId, viewer.organisationId);
  const reach = sql`array_position(array['year', 'quarter', 'month', 'week'], ${commitment.horizon})`;
  const [self] = await queries
    .select({ to: contributesToColumn, teamId: commitment.teamId })
    .from(commitment)
    .where(and(own, eq(commitment.id, id)));
  const { id: key, statement, horizon, teamId } = commitment;
  return queries
    .select({ id: key, statement, horizon, teamId })
    .from(commitment)
    .where(
      and(
        ...[own, ne(commitment.id, id), inArray(commitment.status, ['proposed', 'committed'])],
        ...[seenPromises(viewer), lte(commitment.createdAt, new Date(viewer.organisation.now))],
        (self?.to ?? []).length === 0 ? undefined : notInArray(commitment.id, [...(self?.to ?? [])]),
      ),
    )
    .orderBy(
      reach,
      sql`${commitment.teamId} is distinct from ${self?.teamId ?? null}::uuid`,
      asc(commitment.statement),
      asc(commitment.id),
    )
    .limit(MOST_CHOICES);
}
