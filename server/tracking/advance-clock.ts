import { and, eq, gt, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { nobody } from '#domain/access/standing.ts';
import { decide } from '#domain/commitment/decide.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import type { Instant } from '#domain/time.ts';
import { board, commitment, dependency, organisation, slot } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { contextOf } from './commitment-context.ts';
import { loadCommitment } from './commitment-rows.ts';
import { keepCommitment } from './keep-commitment.ts';

const clock = { person: null, via: 'clock' } as const;

/**
 * Lets the clock do what is due in every organisation with the real time: slots whose grace has passed become missed,
 * promises past due and grace are missed, offers nobody accepted by the close of their period are declined. Safe to run
 * twice or on two nodes at once: each object is locked, and decides for itself whether anything is left to do. An
 * example's clock stands still between its moments, and replay does this when it is moved. Returns boards whose truth
 * has changed since `last`, by an act of the clock or because time passed.
 */
export async function advanceClock(
  store: Store,
  newId: () => string,
  { at, last }: { readonly at: Instant; readonly last: Instant },
): Promise<ReadonlySet<string>> {
  const changed = new Set(await passedBoards(store, at, last));
  const organisations = await store.db
    .select({ id: organisation.id, zone: organisation.timezone, depth: organisation.depth })
    .from(organisation)
    .where(isNull(organisation.clockNow));
  for (const { id, zone, depth } of organisations) {
    await store.db
      .update(slot)
      .set({ outcome: sql`'missed'` })
      .where(and(eq(slot.organisationId, id), isNull(slot.outcome), lte(slot.graceEndsAt, new Date(at))));
    const today = localDateOf(at, zone);
    const candidates = await store.db
      .select({ id: commitment.id })
      .from(commitment)
      // Left: a promise for a week is on no board and is missed all the same.
      .leftJoin(board, eq(board.id, commitment.boardId))
      .where(
        and(
          eq(commitment.organisationId, id),
          or(
            and(eq(commitment.status, 'committed'), lt(commitment.due, today)),
            and(eq(commitment.status, 'proposed'), sql`${board.rhythm}->>'closeOn' < ${today}`),
          ),
        ),
      );
    for (const candidate of candidates) {
      const facts = { organisationId: id, zone, depth };
      const touched = await store.transaction(async (tx) => {
        const loaded = await loadCommitment(tx, id, candidate.id, { lock: true });
        if (loaded === null) return null;
        const context = await contextOf(tx, facts, loaded, nobody);
        const decided = decide(loaded.state, { type: 'tick' }, clock, at, context);
        if (!decided.ok || decided.value.length === 0) return null;
        const book = { organisationId: id, recordedAt: at, zone };
        await keepCommitment(tx, book, loaded, decided.value, newId);
        return loaded.row.boardId;
      });
      if (touched !== null) changed.add(touched);
    }
  }
  return changed;
}

/** Boards on which something opened, fell silent, went unanswered or late since the last time. */
async function passedBoards(store: Store, at: Instant, last: Instant): Promise<readonly string[]> {
  const [from, to] = [new Date(last), new Date(at)];
  const slots = await store.db
    .selectDistinct({ boardId: commitment.boardId })
    .from(slot)
    .innerJoin(commitment, eq(commitment.id, slot.commitmentId))
    .where(
      and(
        eq(commitment.status, 'committed'),
        isNull(slot.outcome),
        or(
          and(gt(slot.opensAt, from), lte(slot.opensAt, to)),
          and(gt(slot.graceEndsAt, from), lte(slot.graceEndsAt, to)),
        ),
      ),
    );
  const asks = await store.db
    .selectDistinct({ boardId: dependency.boardId })
    .from(dependency)
    .where(and(gt(dependency.respondBy, from), lte(dependency.respondBy, to)));
  const lately = new Date(last - 2 * 86_400_000).toISOString().slice(0, 10);
  const late = await store.db
    .selectDistinct({ boardId: dependency.boardId })
    .from(dependency)
    .where(
      and(
        inArray(dependency.status, ['requested', 'countered', 'accepted']),
        sql`coalesce(${dependency.promisedFor}, ${dependency.neededBy}) between ${lately} and ${to.toISOString().slice(0, 10)}`,
      ),
    );
  // Days turn at another hour in every zone: looking two days back once an hour is cheaper than knowing each midnight.
  const turned = Math.floor(last / 3_600_000) !== Math.floor(at / 3_600_000);
  return [...slots, ...asks, ...(turned ? late : [])].flatMap(({ boardId }) =>
    boardId === null ? [] : [boardId],
  );
}
