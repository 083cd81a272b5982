import { and, eq } from 'drizzle-orm';
import type { Ritual } from '#domain/rhythm/ritual.ts';
import { ritual, ritualTeam } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

export type RitualRow = typeof ritual.$inferSelect;

/** A ritual with its place in the log. */
export interface LoadedRitual {
  readonly row: RitualRow;
  readonly state: Ritual;
}

/** The state as it was folded. */
export const toState = (row: Pick<RitualRow, 'state'>): Ritual => row.state as Ritual;

/** One ritual of an organisation; `lock` keeps others from changing it until the transaction ends. */
export async function loadRitual(
  queries: Queries,
  organisationId: string,
  id: string,
  { lock = false } = {},
): Promise<LoadedRitual | null> {
  const query = queries
    .select()
    .from(ritual)
    .where(and(eq(ritual.id, id), eq(ritual.organisationId, organisationId)));
  const [row] = lock ? await query.for('update') : await query;
  return row === undefined ? null : { row, state: toState(row) };
}

/** Writes a ritual's state, whole, and whose it is. */
export async function writeRitual(
  tx: Queries,
  identity: { readonly id: string; readonly organisationId: string; readonly createdAt: Date },
  version: number,
  state: Ritual,
): Promise<void> {
  const values = {
    seriesId: state.series,
    kind: state.kind,
    title: state.title,
    boardId: state.board,
    version,
    state,
    starts: state.starts,
    ends: state.ends,
    endedAt: state.endedAt === null ? null : new Date(state.endedAt),
  };
  await tx
    .insert(ritual)
    .values({ ...identity, ...values })
    .onConflictDoUpdate({ target: ritual.id, set: values });
  await tx.delete(ritualTeam).where(eq(ritualTeam.ritualId, identity.id));
  const teams = state.teams.map((teamId) => ({ ritualId: identity.id, teamId }));
  if (teams.length > 0) await tx.insert(ritualTeam).values(teams);
}
