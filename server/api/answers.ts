import { and, eq, isNull, lt, or } from 'drizzle-orm';
import { idempotentAnswer } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { Answers, Place } from './idempotency.ts';

const keptMs = 24 * 3_600_000;
/** A request that has not answered by then died with its process; its place is free again. */
const workedOnMs = 10 * 60_000;

/** Answers in the table `idempotent_answer`, so that a repeat is harmless on any node and after a restart. */
export function createAnswers(store: Store, now: () => number): Answers {
  const at = ({ scope, key }: Place) => and(eq(idempotentAnswer.scope, scope), eq(idempotentAnswer.key, key));
  return {
    async claim(place) {
      const time = now();
      await store.db
        .delete(idempotentAnswer)
        .where(
          or(
            lt(idempotentAnswer.createdAt, new Date(time - keptMs)),
            and(isNull(idempotentAnswer.status), lt(idempotentAnswer.createdAt, new Date(time - workedOnMs))),
          ),
        );
      const [mine] = await store.db
        .insert(idempotentAnswer)
        .values({ ...place, createdAt: new Date(time) })
        .onConflictDoNothing()
        .returning({ key: idempotentAnswer.key });
      if (mine) return { kind: 'claimed' };
      const [taken] = await store.db.select().from(idempotentAnswer).where(at(place));
      // Freed between the two statements: ask again.
      if (!taken) return this.claim(place);
      const { bodyHash, status, body } = taken;
      return {
        kind: 'taken',
        bodyHash,
        answer: status === null || typeof body !== 'string' ? null : { status, sealed: body },
      };
    },
    async keep(place, { status, sealed }) {
      await store.db.update(idempotentAnswer).set({ status, body: sealed }).where(at(place));
    },
    async release(place) {
      await store.db.delete(idempotentAnswer).where(at(place));
    },
  };
}
