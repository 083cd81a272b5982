import { eq, gt, lte, or } from 'drizzle-orm';
import type { Instant } from '#domain/time.ts';
import { choreLease } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

/** Who wants to do a chore, and for how long nobody else should. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  readonly at: Instant;
  readonly forMs: number;
}

/**
 * Runs a chore when no other node holds it, with the time up to which it was done last; null before the first time. The
 * time is moved on only when it was done: a node that dies leaves the same stretch to the next one. Answers whether it
 * ran.
 */
export async function onLease(
  store: Store,
  { name, holder, at, forMs }: Lease,
  run: (last: Instant | null) => Promise<void>,
): Promise<boolean> {
  const until = new Date(at + forMs);
  const free = or(
    eq(choreLease.holder, holder),
    lte(choreLease.until, new Date(at)),
    // Nobody holds it that long: it was taken by a clock that had gone ahead and was put right since.
    gt(choreLease.until, new Date(at + 10 * forMs)),
  );
  const [held] = await store.db
    .insert(choreLease)
    .values({ name, holder, until })
    .onConflictDoUpdate({ target: choreLease.name, set: { holder, until }, ...(free && { setWhere: free }) })
    .returning({ ranAt: choreLease.ranAt });
  if (held === undefined) return false;
  await run(held.ranAt === null ? null : Math.min(held.ranAt.getTime(), at));
  await store.db
    .update(choreLease)
    .set({ ranAt: new Date(at) })
    .where(eq(choreLease.name, name));
  return true;
}
