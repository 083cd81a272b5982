import { createHash } from 'node:crypto';
import { lt } from 'drizzle-orm';
import { usedAssertion } from '../../store/schema.ts';
import type { Queries } from '../../store/store.ts';

/** Takes an assertion for good, on all nodes; false when it was taken before. Kept until it would not be good any more. */
export async function takeAssertion(
  queries: Queries,
  of: { readonly issuer: string; readonly id: string; readonly goodUntil: number },
): Promise<boolean> {
  const idHash = createHash('sha256').update(`${of.issuer}\n${of.id}`).digest();
  const taken = await queries
    .insert(usedAssertion)
    .values({ idHash, goodUntil: new Date(of.goodUntil) })
    .onConflictDoNothing()
    .returning({ idHash: usedAssertion.idHash });
  return taken.length > 0;
}

/** Forgets those that their own time ends by now. */
export async function forgetAssertions(queries: Queries, now: number): Promise<void> {
  await queries.delete(usedAssertion).where(lt(usedAssertion.goodUntil, new Date(now)));
}
