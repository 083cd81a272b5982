import { and, eq, sql } from 'drizzle-orm';
import { board } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/**
 * What is said of something on another board's promise or entry: its own words, but of a narrow board, whose readers are
 * others, only that there is something. What is written there is read by everybody who may look there.
 */
export async function saidElsewhere(
  queries: Queries,
  {
    words,
    instead,
    from,
  }: { readonly words: string; readonly instead: string; readonly from: string | null },
  to: string | null,
): Promise<string> {
  if (from === null || from === to) return words;
  const [narrow] = await queries
    .select({ id: board.id })
    .from(board)
    .where(and(eq(board.id, from), sql`${board.scope} <> 'organisation'`));
  return narrow === undefined ? words : instead;
}
