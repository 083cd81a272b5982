import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Standing } from '#domain/access/standing.ts';
import { termsNow, type Commitment } from '#domain/commitment/commitment.ts';
import { missedFrom } from '#domain/commitment/clock.ts';
import type { Offer } from '#domain/commitment/command.ts';
import type { CommitmentContext } from '#domain/commitment/context.ts';
import { decide } from '#domain/commitment/decide.ts';
import type { CommitmentEvent } from '#domain/commitment/event.ts';
import { foldAll } from '#domain/commitment/fold.ts';
import { commitment, team, teamMember } from '../store/schema.ts';
import type { Queries, Transaction } from '../store/store.ts';
import { readClose } from './commitment-context.ts';
import {
  stateOf,
  toRow,
  withHistory,
  type CommitmentTableRow,
  type LoadedCommitment,
} from './commitment-rows.ts';
import { keepCommitment } from './keep-commitment.ts';
import { insertRows } from './insert-rows.ts';
import { readCadence } from './keep-slots.ts';
import { planSlots } from './plan-slots.ts';
import type { CommitProposals } from './port.ts';
import { appendEvents, type NewEvents } from './recording.ts';
import { readRuleFacts, type RuleFacts } from './rule-facts.ts';
import { readWorkingDays } from './working-days.ts';
import { withdrawOpenAsks } from './withdraw-asks.ts';

/**
 * Offers each objective to its owner, for a whole board with one statement a table (board.md B5.4, B5.9): a new
 * commitment in `proposed`, other terms for one not accepted yet, a pending change for one accepted; nothing where
 * nothing differs. Returns ids by object key, of all offers.
 */
export async function proposeFromCommit(
  tx: Transaction,
  input: CommitProposals,
  newId: () => string,
): Promise<ReadonlyMap<string, string>> {
  const { organisationId, boardId, zone, recordedAt, at } = input;
  const rows = await tx
    .select()
    .from(commitment)
    .where(eq(commitment.boardId, boardId))
    .orderBy(asc(commitment.id))
    .for('update');
  const known = new Map(rows.map((row) => [row.objectKey, row]));
  const factsOf = await readRuleFacts(tx, organisationId);
  const surroundings = await contextOf(tx, input);
  const home = await readHomeTeams(tx, organisationId);
  const ids = new Map<string, string>();
  const log: NewEvents[] = [];
  const fresh: (typeof commitment.$inferInsert)[] = [];
  const overdue: { row: CommitmentTableRow; offer: Offer }[] = [];
  for (const given of input.offers) {
    const offer = { ...given, team: given.team ?? home(given.owner) };
    const row = known.get(offer.source.key);
    const context = { ...surroundings, ...factsOf(row?.teamId ?? offer.team) };
    if (row !== undefined && isOverdue(stateOf(row), at, context)) {
      overdue.push({ row, offer });
      ids.set(offer.source.key, row.id);
      continue;
    }
    const id = row?.id ?? newId();
    ids.set(offer.source.key, id);
    const before = row === undefined ? null : stateOf(row);
    const events = decideOffer(before, offer, input, context);
    const after = foldAll(events, before);
    if (events.length === 0 || after === null) continue;
    const version = row?.version ?? 0;
    log.push({ objectKind: 'commitment', objectId: id, boardId, version, events });
    const identity = { id, organisationId, createdAt: row?.createdAt ?? new Date(at) };
    fresh.push(keepProjection(toRow(identity, version + events.length, after), row));
  }
  const parked = input.notDoing
    .flatMap((key) => known.get(key) ?? [])
    .filter(({ status }) => status === 'proposed');
  for (const row of parked) {
    const events = [park(input)];
    const after = foldAll(events, stateOf(row));
    if (after === null) continue;
    log.push({ objectKind: 'commitment', objectId: row.id, boardId, version: row.version, events });
    fresh.push(toRow(row, row.version + 1, after));
  }
  const book = { organisationId, recordedAt, zone };
  await appendEvents(tx, book, log);
  await insertRows(tx, commitment, fresh, { overwriteBy: 'id' });
  await catchUp(tx, input, overdue, (team) => ({ ...surroundings, ...factsOf(team) }), newId);
  await followRhythm(tx, input, rows, newId);
  await withdrawOpenAsks(tx, input);
  return ids;
}

/** A commit may choose another rhythm: promises that run are asked by it from now on. */
async function followRhythm(
  tx: Transaction,
  { organisationId, boardId, at }: CommitProposals,
  rows: readonly CommitmentTableRow[],
  newId: () => string,
): Promise<void> {
  const running = rows.flatMap((row) => {
    const state = stateOf(row);
    const { due } = termsNow(state);
    if (state.status !== 'committed' || state.acceptedPerSource || due === null) return [];
    return [{ commitmentId: row.id, until: due, owner: state.owner, team: state.team, board: boardId }];
  });
  const cadence = running.length === 0 ? null : await readCadence(tx, boardId);
  if (cadence === null) return;
  const days = await readWorkingDays(tx, organisationId);
  await planSlots(tx, { organisationId, days, cadence, from: at, newId }, running);
}

function decideOffer(
  before: Commitment | null,
  offer: Offer,
  { actor, at }: CommitProposals,
  context: CommitmentContext,
): readonly CommitmentEvent[] {
  const decided = decide(before, { type: 'offer', ...offer }, actor, at, context);
  // Planning has checked the plan: an objective without a title is a problem of the review, not of one row here.
  return decided.ok ? decided.value : [];
}

/** Stored states carry no check-ins; what was projected from them stays as it was. */
function keepProjection(
  fresh: typeof commitment.$inferInsert,
  row: CommitmentTableRow | undefined,
): typeof commitment.$inferInsert {
  if (row === undefined || row.status !== 'committed') return fresh;
  const { progress, reportedStatus, confidence, lastCheckInAt } = row;
  return { ...fresh, progress, reportedStatus, confidence, lastCheckInAt };
}

/** Those the clock has ended and nobody has written down: rare, and they need their check-ins. */
async function catchUp(
  tx: Transaction,
  input: CommitProposals,
  overdue: readonly { row: CommitmentTableRow; offer: Offer }[],
  contextFor: (team: string | null) => CommitmentContext,
  newId: () => string,
): Promise<void> {
  const { organisationId, recordedAt, zone } = input;
  const loaded = await withHistory(
    tx,
    overdue.map(({ row }) => row),
  );
  for (const it of loaded) {
    const offer = overdue.find(({ row }) => row.id === it.row.id)?.offer;
    if (offer === undefined) continue;
    const events = decideOffer(it.state, offer, input, {
      ...contextFor(it.row.teamId),
      slots: it.slots,
    });
    await keepCommitment(
      tx,
      { organisationId, recordedAt, zone },
      it satisfies LoadedCommitment,
      events,
      newId,
    );
  }
}

const isOverdue = (state: Commitment, at: number, context: CommitmentContext): boolean =>
  state.status === 'committed' && at >= (missedFrom(state, context) ?? Number.POSITIVE_INFINITY);

function park({ actor, at }: CommitProposals): CommitmentEvent {
  const reason = 'not being done, says the plan';
  return { type: 'parked', data: { reason }, at, actor, reason };
}

/** Planning has settled who may press; to the rules the presser is a member like any other. */
async function contextOf(
  tx: Transaction,
  { boardId, zone, actor }: CommitProposals,
): Promise<Omit<CommitmentContext, keyof RuleFacts>> {
  const standing: Standing = {
    ...{ person: actor.person, role: 'member', leadOf: [], memberOf: [], leaderless: [] },
  };
  return {
    standing,
    ...{ depth: 'light', slots: [], needs: [], capacity: 'unknown', period: null, inCloseSession: false },
    periodClosesAt: await readClose(tx, boardId, zone),
    importing: actor.via === 'import',
  };
}

/**
 * Every promise has a team (tracking.md I5). A card that lies in no team's area belongs to the team its owner gives most
 * of his time; without one, to the team called `everyone`.
 */
export async function readHomeTeams(
  tx: Queries,
  organisationId: string,
): Promise<(owner: string | null) => string | null> {
  const shares = await tx
    .select({ teamId: teamMember.teamId, personId: teamMember.personId, share: teamMember.share })
    .from(teamMember)
    .where(eq(teamMember.organisationId, organisationId));
  const [everyone] = await tx
    .select({ id: team.id })
    .from(team)
    .where(and(eq(team.organisationId, organisationId), inArray(team.key, ['everyone'])));
  return (owner) => {
    const own = shares.filter(({ personId }) => personId === owner);
    const home = own.reduce<(typeof own)[number] | null>(
      (most, it) => (most === null || it.share > most.share ? it : most),
      null,
    );
    return home?.teamId ?? everyone?.id ?? null;
  };
}
