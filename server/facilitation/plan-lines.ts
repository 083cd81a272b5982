import { eq } from 'drizzle-orm';
import { loadOf } from '#domain/capacity/capacity.ts';
import { loadSentence } from '#domain/capacity/load-sentence.ts';
import { thresholdsOf } from '#domain/settings/thresholds.ts';
import type { RowSource } from '#domain/facilitation/agenda.ts';
import type { Session } from '#domain/facilitation/session.ts';
import type { Plan, PlanProblem } from '#domain/plan/plan.ts';
import type { CommitReview, CommitRow } from '#protocol/views/board.ts';
import type { SessionRow } from '#protocol/views/facilitation.ts';
import type { RitualOffer } from '#protocol/views/rhythm.ts';
import type { Viewer } from '../app.ts';
import { board } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { readTeamCapacity } from '../tracking/team-load.ts';
import type { PlanPort } from './deps.ts';
import { plainRow } from './plain-row.ts';
import { readIds } from './planned-cards.ts';

/** Sections of a plan list what lies on its board. */
const onBoard: readonly RowSource[] = ['drafts', 'room', 'offers', 'rituals'];

/** The board as its plan stands, read before the rows are: a document is not read within a transaction of the store. */
export interface PlanFacts {
  readonly boardId: string;
  /** What the review page ticks. */
  readonly review: CommitReview | null;
  /** As if everything on the board were to be committed: what each draft lacks. */
  readonly whole: CommitReview | null;
  readonly plan: Plan | null;
  readonly offers: readonly RitualOffer[] | null;
  readonly mayWrite: boolean;
}

/** What the sections of a plan need of its board; null where nothing of it is listed, or nobody may see it. */
export async function readPlanFacts(
  planned: PlanPort,
  viewer: Viewer,
  it: Session,
  sources: readonly RowSource[],
): Promise<PlanFacts | null> {
  const boardId = it.board;
  const asked = onBoard.filter((source) => sources.includes(source));
  if (boardId === null || asked.length === 0) return null;
  const right = await planned.right(viewer, boardId);
  if (right === 'none') return null;
  const asks = (...of: readonly RowSource[]): boolean => of.some((source) => asked.includes(source));
  const review = asks('offers') ? await planned.review(viewer, boardId, {}) : null;
  const whole = asks('drafts') ? await planned.review(viewer, boardId, { include: 'all' }) : null;
  const plan = asks('room', 'drafts') ? await planned.plan(viewer, boardId) : null;
  const offers = asks('rituals') ? await planned.offers(viewer, { boardId }) : null;
  return {
    boardId,
    review: review?.ok === true ? review.value : null,
    whole: whole?.ok === true ? whole.value : null,
    plan: plan?.ok === true ? plan.value.plan : null,
    offers: offers?.ok === true ? offers.value : null,
    mayWrite: right === 'write' || right === 'manage',
  };
}

/** Each objective on the board with what it lacks to be promised; those that lack nothing come last. */
export async function readDraftLines(
  queries: Queries,
  viewer: Viewer,
  { boardId, whole, plan }: PlanFacts,
): Promise<readonly SessionRow[]> {
  if (whole === null) return [];
  const planned = new Set(plan?.objectives.filter((it) => it.status === 'in-plan').map(({ key }) => key));
  const ids = await readIds(queries, viewer.organisationId);
  const rows = whole.rows.filter(({ change }) => change !== 'gone' && change !== 'not-doing');
  return rows
    .map((row): SessionRow => {
      const lacks = whole.blocking.filter(({ key }) => key === row.key);
      return {
        ...cardRow('drafts', boardId, row, ids),
        detail: lacks.length === 0 ? 'nothing is missing' : messages(lacks),
        settled: lacks.length === 0,
        status: planned.has(row.key) ? 'in the plan' : 'draft',
      };
    })
    .sort((a, b) => Number(a.settled) - Number(b.settled));
}

/** Each team with its room and, below it, its objectives, lightest first: what is cut is put aside with its reason. */
export async function readRoomLines(
  queries: Queries,
  viewer: Viewer,
  { boardId, plan, mayWrite }: PlanFacts,
): Promise<readonly SessionRow[]> {
  if (plan === null) return [];
  const ids = await readIds(queries, viewer.organisationId);
  const [on] = await queries.select({ period: board.periodId }).from(board).where(eq(board.id, boardId));
  const wanted = plan.objectives.filter(({ status }) => status !== 'not-doing');
  const { capacity: settings } = thresholdsOf(viewer.organisation.thresholds);
  const lines: SessionRow[] = [];
  for (const { key, name } of plan.teams) {
    const objectives = wanted
      .filter((it) => it.team === key)
      .sort((a, b) => a.weight - b.weight || a.title.localeCompare(b.title, 'en'));
    const teamId = ids.teams.get(key) ?? null;
    const of = { organisationId: viewer.organisationId, teamId: teamId ?? '', periodId: on?.period ?? '' };
    const can = teamId === null || on?.period == null ? null : await readTeamCapacity(queries, of);
    const nobody = { personWeeks: null, from: 'nobody' } as const;
    const load = loadOf(
      objectives.map(({ effort }) => effort),
      can?.capacity ?? nobody,
      settings,
    );
    const leads = viewer.teams.some((it) => it.teamId === teamId && it.role === 'lead');
    lines.push({
      ...plainRow('room', 'team', teamId ?? key, name),
      ...{ teamId, href: teamId === null ? null : `/teams/${teamId}` },
      detail:
        on?.period == null
          ? 'The board has no period yet: nobody can say what fits.'
          : loadSentence(
              { ...load, capacity: load.capacity.personWeeks, from: load.capacity.from },
              settings,
            ),
      ...{ status: load.verdict, settled: load.verdict !== 'exceeds' },
      moves: can !== null && (leads || viewer.role === 'administrator') ? ['set-room'] : [],
    });
    for (const it of objectives) {
      lines.push({
        ...cardRow('room', boardId, it, ids),
        detail: `weight ${it.weight}, ${it.effort === null ? 'no size yet' : `${it.effort} person-weeks`}`,
        moves: mayWrite ? ['put-aside'] : [],
      });
    }
  }
  return lines;
}

/** The commit itself: what it would ask of whom, and what stands in its way. */
export function commitLine({ boardId, review }: PlanFacts): readonly SessionRow[] {
  if (review === null) return [];
  return [
    {
      ...plainRow('offers', 'board', boardId, review.sentence),
      href: `/board/${boardId}/commit`,
      ...{ version: review.seq, flags: review.blocking.map(({ message }) => message) },
      settled: review.blocking.length === 0,
      moves: review.mayPress && review.rows.some(asksAnew) ? ['commit'] : [],
    },
  ];
}

/** There is something to ask of somebody that was not asked before. */
const asksAnew = ({ ticked, change }: CommitRow): boolean => ticked && change !== 'unchanged';

/** The meetings a board's rhythm is made of, booked and to be booked. */
export function ritualLines({ offers, mayWrite }: PlanFacts): readonly SessionRow[] {
  return (offers ?? []).map(({ terms, words, booked }) => ({
    ...plainRow('rituals', 'ritual', terms.kind, terms.title),
    ...{ detail: words, status: booked ? 'booked' : '', settled: booked },
    href: booked ? '/rhythm' : null,
    moves: booked || !mayWrite ? [] : ['book'],
  }));
}

function cardRow(
  source: RowSource,
  boardId: string,
  it: Pick<CommitRow, 'key' | 'title' | 'team' | 'owner' | 'due'>,
  ids: Awaited<ReturnType<typeof readIds>>,
): SessionRow {
  return {
    ...plainRow(source, 'objective', it.key, it.title),
    href: `/board/${boardId}?view=canvas&card=${encodeURIComponent(it.key)}`,
    ownerId: it.owner === null ? null : (ids.people.get(it.owner) ?? null),
    teamId: it.team === null ? null : (ids.teams.get(it.team) ?? null),
    due: it.due,
  };
}

const messages = (problems: readonly PlanProblem[]): string =>
  problems.map(({ message }) => message).join(' ');
