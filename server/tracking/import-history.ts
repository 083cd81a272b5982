import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Commitment } from '#domain/commitment/commitment.ts';
import { foldAll } from '#domain/commitment/fold.ts';
import { startOfDay } from '#domain/rhythm/local-time.ts';
import { checkIn, commitment, organisation, person, slot, teamMember } from '../store/schema.ts';
import type { Transaction } from '../store/store.ts';
import { checkInEffects, type CheckInInsert } from './check-in-rows.ts';
import { stateOf, toRow, type CommitmentTableRow } from './commitment-rows.ts';
import { historyOfObjective } from './history-of-objective.ts';
import { insertRows } from './insert-rows.ts';
import type { ImportedHistory } from './port.ts';
import { appendEvents, type NewEvents } from './recording.ts';
import { readRuleFacts } from './rule-facts.ts';
import { replayOrganisation } from './replay.ts';
import { sourceSlots } from './source-slots.ts';

/**
 * Takes a file's updates over as the history of what its plan proposed (tracking.md T19): for the example only, whose
 * commitments count as accepted "per source". History may lie ahead of the example's clock; it shows when the clock gets
 * there. Returns how many updates were taken over.
 */
export async function importHistory(
  tx: Transaction,
  input: ImportedHistory,
  newId: () => string,
): Promise<number> {
  const { organisationId, boardId, zone, recordedAt, file, closesAt } = input;
  const { updates } = file.rest;
  await insistOnExample(tx, organisationId);
  const rows = await tx
    .select()
    .from(commitment)
    .where(and(eq(commitment.boardId, boardId), eq(commitment.status, 'proposed')))
    .orderBy(asc(commitment.objectKey))
    .for('update');
  const people = await readPeople(tx, organisationId);
  const updatesOf = Map.groupBy(updates, ({ objective }) => objective);
  const everybody = (await readRuleFacts(tx, organisationId))(null);
  const planned = sourceSlots(updates, zone);
  const start = file.plan.period === null ? input.at : startOfDay(file.plan.period.start, zone);
  const log: NewEvents[] = [];
  const changed: (typeof commitment.$inferInsert)[] = [];
  const slots: (typeof slot.$inferInsert)[] = [];
  const said: CheckInInsert[] = [];
  let taken = 0;
  for (const row of rows) {
    const before: Commitment = { ...stateOf(row), closesAt };
    const mine = planned.map(({ key, excused: _, ...it }) => ({ id: newId(), key, ...it }));
    const { events, taken: count } = historyOfObjective(before, {
      updates: updatesOf.get(row.objectKey) ?? [],
      acceptedAt: Math.max(start, before.offeredAt),
      slots: new Map(mine.map(({ key, id }) => [key, id])),
      ...{ facts: { ...everybody, zone }, people, newId },
    });
    taken += count;
    const effects = checkInEffects(before, events, {
      organisationId,
      commitmentId: row.id,
      recordedAt,
      // One event stands before these: the offer with the source's close.
      version: row.version + 1,
    });
    said.push(...effects.said);
    slots.push(...mine.map((it) => slotRow(it, row, effects.fills)));
    // The close date of the source is part of the offer it made: it stands in the log before what followed from it.
    const all = [reoffer(row, closesAt, input), ...events];
    log.push({ objectKind: 'commitment', objectId: row.id, boardId, version: row.version, events: all });
    changed.push(toRow(row, row.version + all.length, foldAll(events, before) ?? before));
  }
  await appendEvents(tx, { organisationId, recordedAt, zone }, log);
  await insertRows(tx, commitment, changed, { overwriteBy: 'id' });
  await insertRows(tx, slot, slots);
  await insertRows(tx, checkIn, said);
  await joinTeams(tx, organisationId, rows);
  const now = await readClock(tx, organisationId);
  if (now !== null) await replayOrganisation(tx, { organisationId, recordedAt, zone }, now);
  return taken;
}

/** The same offer once more, with the close of its source; dated as the first. */
function reoffer(row: CommitmentTableRow, closesAt: number, { actor }: ImportedHistory) {
  const state = stateOf(row);
  const { source, owner, team, reviewer, sponsor, offered: terms, offeredAt: at } = state;
  const data = { source, owner, team, reviewer, sponsor, terms, closesAt };
  return { type: 'offered', data, at, actor: { ...actor, via: 'import' } } as const;
}

function slotRow(
  it: { id: string; number: number; label: string; opensAt: number; dueAt: number; graceEndsAt: number },
  row: CommitmentTableRow,
  fills: ReturnType<typeof checkInEffects>['fills'],
): typeof slot.$inferInsert {
  const fill = fills.get(it.id) ?? null;
  return {
    id: it.id,
    organisationId: row.organisationId,
    commitmentId: row.id,
    number: it.number,
    label: it.label,
    opensAt: new Date(it.opensAt),
    dueAt: new Date(it.dueAt),
    graceEndsAt: new Date(it.graceEndsAt),
    outcome: fill === null ? null : 'filled',
    filled: fill?.filled ?? null,
    filledAt: fill === null ? null : new Date(fill.at),
  };
}

async function readPeople(tx: Transaction, organisationId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .select({ id: person.id, key: person.key })
    .from(person)
    .where(eq(person.organisationId, organisationId));
  return new Map(rows.map(({ key, id }) => [key, id]));
}

/** A plan file knows no members. Who owns an objective works in its team: somebody must be able to answer its asks. */
async function joinTeams(
  tx: Transaction,
  organisationId: string,
  rows: readonly CommitmentTableRow[],
): Promise<void> {
  const pairs = new Map<string, { teamId: string; personId: string }>();
  for (const { ownerId: personId, teamId } of rows) {
    if (personId !== null && teamId !== null) pairs.set(`${teamId} ${personId}`, { teamId, personId });
  }
  const members = [...pairs.values()];
  if (members.length === 0) return;
  const known = await tx
    .select({ teamId: teamMember.teamId, personId: teamMember.personId })
    .from(teamMember)
    .where(inArray(teamMember.teamId, [...new Set(members.map(({ teamId }) => teamId))]));
  const isKnown = (it: { teamId: string; personId: string }): boolean =>
    known.some(({ teamId, personId }) => teamId === it.teamId && personId === it.personId);
  const fresh = members.filter((it) => !isKnown(it));
  await insertRows(
    tx,
    teamMember,
    fresh.map((it) => ({ organisationId, ...it, role: 'member' as const, share: 1 })),
  );
}

/** Only an example may hold promises nobody here has made. */
async function insistOnExample(tx: Transaction, organisationId: string): Promise<void> {
  const [row] = await tx
    .select({ kind: organisation.kind })
    .from(organisation)
    .where(eq(organisation.id, organisationId));
  if (row?.kind !== 'example') throw new Error('history is imported into an example only');
}

async function readClock(tx: Transaction, organisationId: string): Promise<number | null> {
  const [row] = await tx
    .select({ clockNow: organisation.clockNow })
    .from(organisation)
    .where(eq(organisation.id, organisationId));
  return row?.clockNow?.getTime() ?? null;
}
