import { createHash } from 'node:crypto';
import { count, eq } from 'drizzle-orm';
import { board, dependency, period, person, team } from '../../server/store/schema.ts';
import type { World } from './world.ts';

/** Everything an import could touch, to see that a refused one touched nothing. */
export async function everything(world: World, id: string): Promise<unknown> {
  const { db } = world.store;
  const [teams] = await db.select({ n: count() }).from(team);
  const [people] = await db.select({ n: count() }).from(person);
  const [periods] = await db.select({ n: count() }).from(period);
  const [asks] = await db.select({ n: count() }).from(dependency);
  const [row] = await db.select().from(board).where(eq(board.id, id));
  const { bytes, seq } = await world.sync.snapshotBytes(id);
  const hash = (of: string | Uint8Array) => createHash('sha256').update(of).digest('hex');
  return { teams, people, periods, asks, row: hash(JSON.stringify(row)), seq, bytes: hash(bytes) };
}
