import { count, eq } from 'drizzle-orm';
import { applyChanges, readRecords, writeRecord } from '../../src/board/document.ts';
import { isObjective } from '../../src/board/schema/records.ts';
import { board, boardCommit, commitment, event, notDoing, snapshot } from '../../server/store/schema.ts';
import { asText, smallPlan, type FileLike } from './plan-files.ts';
import { value, type World } from './world.ts';

/** Before anything in the small plan is due. */
export const planningDay = Date.parse('2026-04-02T10:00Z');

/** What people do at a board, on a whole world. The board they are at is `id`. */
export function boardActs(world: () => World, id: () => string) {
  const edit = (change: Parameters<World['sync']['edit']>[2]) =>
    world().sync.edit(id(), { person: null, why: 'test' }, change);
  return {
    /** A board of Ana's with this plan; returns its id. */
    async boardWith(change: Partial<FileLike> = {}): Promise<string> {
      const { planning, ana } = world();
      const made = value(await planning.createBoard(ana, { title: 'Plan', template: 'blank' }));
      value(await planning.importFile(ana, made.id, asText(smallPlan(change))));
      return made.id;
    },
    /** Changes the card of an objective, as somebody at the board would. */
    changeCard: (key: string, props: object) =>
      edit((doc) => {
        const card = readRecords(doc).records.find((it) => isObjective(it) && it.meta.key === key);
        if (card && isObjective(card)) writeRecord(doc, { ...card, props: { ...card.props, ...props } });
      }),
    removeCard: (key: string) =>
      edit((doc) => {
        const card = readRecords(doc).records.find((it) => isObjective(it) && it.meta.key === key);
        if (card) applyChanges(doc, { put: [], remove: [card.id] });
      }),
    commit: (input: Parameters<World['planning']['commit']>[2] = {}, viewer = world().ana) =>
      world().planning.commit(viewer, id(), input),
    review: (input: Parameters<World['planning']['review']>[2] = {}, viewer = world().ana) =>
      world().planning.review(viewer, id(), input),
    /** Life-cycle words by objective key. */
    async statuses(): Promise<Record<string, string>> {
      const rows = await world().tracking.commitments(world().ana, { boardId: id() });
      return Object.fromEntries(rows.map(({ objectKey, status }) => [objectKey, status]));
    },
    /** All that a commit writes, to see that nothing was written. */
    async written(): Promise<Record<string, unknown>> {
      const { db } = world().store;
      const counted = async (table: Counted) => {
        const [row] = await db.select({ n: count() }).from(table).where(eq(table.boardId, id()));
        return row?.n ?? 0;
      };
      const [row] = await db.select({ rhythm: board.rhythm }).from(board).where(eq(board.id, id()));
      return {
        commitments: await counted(commitment),
        events: await counted(event),
        snapshots: await counted(snapshot),
        commits: await counted(boardCommit),
        notDoing: await counted(notDoing),
        rhythm: row?.rhythm ?? null,
      };
    },
  };
}

type Counted = typeof commitment | typeof event | typeof snapshot | typeof boardCommit | typeof notDoing;
