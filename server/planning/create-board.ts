import { and, asc, eq, gte, inArray, isNull } from 'drizzle-orm';
import { createBoard as fillDocument } from '#board/document.ts';
import { blankBoard, quarterlyPlanningBoard } from '#board/template/quarterly-planning.ts';
import { isShown } from '#domain/depth/depth.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { daysBetween, localDateOf } from '#domain/rhythm/local-time.ts';
import type { BoardView } from '#protocol/views/board.ts';
import type { Planning, Viewer } from '../app.ts';
import { board, period, team } from '../store/schema.ts';
import { logChange } from '../store/log-change.ts';
import type { Queries } from '../store/store.ts';
import { addTeams, openBoard } from './board-rows.ts';
import { checkBoardInput } from './change-board.ts';
import type { PlanningDeps } from './deps.ts';

type Input = Parameters<Planning['createBoard']>[1];
type TeamRow = typeof team.$inferSelect;
type PeriodRow = typeof period.$inferSelect;

/** With fewer days left the coming quarter is the one to plan. */
const daysWorthPlanning = 14;

/**
 * Makes a board and fills its document on the server, so that nobody ever sees one without a page. Without a period the
 * quarterly template takes the running quarter, or the next one when that is nearly over; without teams it takes all;
 * where nobody says, it has month columns if this organisation's depth shows them, or somebody here has begun to use them.
 */
export async function createBoard(
  deps: PlanningDeps,
  viewer: Viewer,
  input: Input,
): Promise<Outcome<BoardView>> {
  if (viewer.role === 'observer' || viewer.scope === 'read') {
    return refused('read-only', 'Only members make boards. Ask an administrator to make you a member.');
  }
  const { store, documents, newId } = deps;
  const checked = await checkBoardInput(store.db, viewer, input);
  if (!checked.ok) return checked;
  const quarterly = input.template === 'quarterly-planning';
  const teams = await readTeams(store.db, viewer, input.teamIds ?? (quarterly ? null : []));
  const of = await readPeriod(
    store.db,
    viewer,
    input.periodId === undefined && quarterly ? 'current' : (input.periodId ?? null),
  );
  const columns =
    quarterly &&
    of !== null &&
    (input.columns ??
      isShown(viewer.organisation.depth, 'columns', await areColumnsInUse(store.db, viewer.organisationId)));
  const id = newId();
  await store.transaction(async (tx) => {
    await tx.insert(board).values({
      id,
      organisationId: viewer.organisationId,
      title: input.title.trim(),
      periodId: of?.id ?? null,
      createdBy: viewer.personId,
      createdAt: new Date(viewer.organisation.now),
      columns,
      ...(input.scope === undefined ? {} : { scope: input.scope }),
    });
    await addTeams(
      tx,
      id,
      teams.map((it) => it.id),
    );
    const made = { title: input.title.trim(), scope: input.scope ?? 'organisation' };
    await logChange(tx, viewer, { kind: 'board', id, type: 'made', data: made }, deps.now());
  });
  const seed = quarterly
    ? quarterlyPlanningBoard({ teams, period: of, columns, ...(of ? { monthNames: monthNames(of) } : {}) })
    : blankBoard();
  const filled = await documents.edit(id, viewer.personId, 'create', (doc) => fillDocument(doc, seed));
  if (!filled.ok) {
    await store.db.delete(board).where(eq(board.id, id));
    return filled;
  }
  const made = await openBoard(store.db, viewer, id, 'read');
  return made.ok ? allowed(made.value.view) : made;
}

/** True once a board of the organisation was made with month columns under its areas. */
async function areColumnsInUse(queries: Queries, organisationId: string): Promise<boolean> {
  const [found] = await queries
    .select({ id: board.id })
    .from(board)
    .where(and(eq(board.organisationId, organisationId), eq(board.columns, true)))
    .limit(1);
  return found !== undefined;
}

/** The chosen teams in the order given, or all of the organisation by name. */
async function readTeams(
  queries: Queries,
  viewer: Viewer,
  ids: readonly string[] | null,
): Promise<readonly TeamRow[]> {
  const mine = and(eq(team.organisationId, viewer.organisationId), isNull(team.archivedAt));
  if (ids === null) return queries.select().from(team).where(mine).orderBy(asc(team.name));
  if (ids.length === 0) return [];
  const rows = await queries
    .select()
    .from(team)
    .where(and(mine, inArray(team.id, [...ids])));
  return [...new Set(ids)].flatMap((id) => rows.find((row) => row.id === id) ?? []);
}

async function readPeriod(
  queries: Queries,
  viewer: Viewer,
  wanted: string | null,
): Promise<PeriodRow | null> {
  if (wanted === null) return null;
  const { organisationId, organisation } = viewer;
  if (wanted !== 'current') {
    const [row] = await queries
      .select()
      .from(period)
      .where(and(eq(period.id, wanted), eq(period.organisationId, organisationId)));
    return row ?? null;
  }
  const today = localDateOf(organisation.now, organisation.timezone);
  const quarters = await queries
    .select()
    .from(period)
    .where(and(eq(period.organisationId, organisationId), eq(period.kind, 'quarter'), gte(period.end, today)))
    .orderBy(asc(period.start));
  const [first, second] = quarters;
  if (first && second && daysBetween(today, first.end) < daysWorthPlanning) return second;
  return first ?? null;
}

/** Column titles of a period's months: January 2027. */
function monthNames({ start, end }: PeriodRow): Readonly<Record<string, string>> {
  const words = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const names: Record<string, string> = {};
  for (let month = start.slice(0, 7); month <= end.slice(0, 7); month = nextMonth(month)) {
    names[month] = words.format(new Date(`${month}-01T00:00Z`));
  }
  return names;
}

const nextMonth = (month: string): string => {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
};
