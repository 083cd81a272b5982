import { eq, sql } from 'drizzle-orm';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Viewer } from '../app.ts';
import { organisation, person } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { createBoard } from './create-board.ts';
import type { PlanningDeps } from './deps.ts';
import { exampleCalendar, moments, readExamplePlan } from './example-facts.ts';
import { playHistory } from './example-history.ts';
import { importPlan } from './import-plan.ts';

/** Where the example is. */
export interface ExamplePlace {
  readonly organisationId: string;
  readonly boardId: string;
  readonly url: string;
}

const name = 'The Rust Project (example)';
const sourceKey = 'rust-project-goals';
/** Key of the advisory lock under which the example is begun; any constant of our own. */
const lockKey = 7_240_617;
/** A process that has not finished the example by then has died over it. */
const makingMs = 120_000;

/** The example, when it is complete. */
export async function findExample(queries: Queries): Promise<ExamplePlace | null> {
  const rows = await queries.select().from(organisation).where(eq(organisation.kind, 'example'));
  for (const { id, settings } of rows) {
    if (typeof settings.exampleBoard !== 'string') continue;
    return { organisationId: id, boardId: settings.exampleBoard, url: `/board/${settings.exampleBoard}` };
  }
  return null;
}

/**
 * Makes the example by the ordinary importer (tracking.md T19): organisation with its own clock, board, commit as of the
 * plan's first day, history up to *now*. It counts as there only when all of it is; a broken-off one is made anew.
 */
export async function makeExample(deps: PlanningDeps): Promise<Outcome<ExamplePlace>> {
  const { store } = deps;
  const { text, file } = await readExamplePlan();
  const begun = await begin(deps);
  if (!begun.ok) return begun;
  const source = begun.value;
  const { organisationId } = source;
  const giveUp = async <T>(outcome: Outcome<T>): Promise<Outcome<T>> => {
    await store.db.delete(organisation).where(eq(organisation.id, organisationId));
    return outcome;
  };
  // Before the plan comes: it then finds its half-year among the calendar's own.
  const calendar = await deps.rhythm.beginCalendar(source, exampleCalendar);
  if (!calendar.ok) return giveUp(calendar);
  const board = await createBoard(deps, source, { title: file.plan.title, template: 'blank' });
  if (!board.ok) return giveUp(board);
  const boardId = board.value.id;
  const imported = await importPlan(deps, source, boardId, text);
  if (!imported.ok) return giveUp(imported);
  const played = await playHistory(deps, source, boardId, file);
  if (!played.ok) return giveUp(played);
  await store.db
    .update(organisation)
    .set({ settings: sql`${organisation.settings} || ${JSON.stringify({ exampleBoard: boardId })}::jsonb` })
    .where(eq(organisation.id, organisationId));
  return allowed({ organisationId, boardId, url: `/board/${boardId}` });
}

/** Makes the organisation and the person its source speaks as, unless somebody else is at it. */
async function begin({ store, newId, now }: PlanningDeps): Promise<Outcome<Viewer>> {
  const at = now();
  const organisationId = newId();
  return store.transaction(async (tx): Promise<Outcome<Viewer>> => {
    await tx.execute(sql`select pg_advisory_xact_lock(${lockKey})`);
    const others = await tx.select().from(organisation).where(eq(organisation.kind, 'example'));
    if (others.some(({ createdAt }) => at - createdAt.getTime() < makingMs)) {
      return refused(
        'example-being-made',
        'The example is being made at this moment. Try again in a few seconds.',
      );
    }
    await tx.delete(organisation).where(eq(organisation.kind, 'example'));
    await tx.insert(organisation).values({
      id: organisationId,
      name,
      kind: 'example',
      timezone: 'UTC',
      clockNow: new Date(moments['planning-day']),
      createdAt: new Date(at),
    });
    return allowed(await addSource(tx, organisationId, newId(), at));
  });
}

/** The source as a person without account, and as the viewer on whose behalf the example is made. */
async function addSource(queries: Queries, organisationId: string, id: string, at: number): Promise<Viewer> {
  await queries
    .insert(person)
    .values({
      id,
      organisationId,
      key: sourceKey,
      name: 'Rust project goals (source)',
      colour: 1,
      createdAt: new Date(at),
    })
    .onConflictDoNothing();
  return sourceViewer(organisationId, id);
}

const sourceViewer = (organisationId: string, personId: string): Viewer => ({
  accountId: '',
  organisationId,
  memberId: '',
  personId,
  personKey: sourceKey,
  name: 'Rust project goals (source)',
  colour: 1,
  role: 'administrator',
  roleVersion: 1,
  teams: [],
  via: 'import',
  signInId: null,
  scope: 'write',
  viewingAs: false,
  hiddenBoards: [],
  organisation: {
    id: organisationId,
    name,
    kind: 'example',
    timezone: 'UTC',
    weekStart: 1,
    fiscalStartMonth: 1,
    depth: 'light',
    thresholds: {},
    now: moments['planning-day'],
  },
});
