import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Standing } from '#domain/access/standing.ts';
import type { Actor, DomainEvent } from '#domain/event.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { decideEntry, foldEntry } from '#domain/register/decide-entry.ts';
import type { Entry, EntryContext, RegisterSettings } from '#domain/register/entry.ts';
import { thresholdsOf } from '#domain/settings/thresholds.ts';
import { registerShapes } from '#protocol/register-commands.ts';
import type { RegisterKind } from '#protocol/views/registers.ts';
import type { Within } from '../app-registers.ts';
import type { Viewer } from '../app.ts';
import { commitment, objectLink, triageItem } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { changedMeanwhile } from '../tracking/act-on-commitment.ts';
import { readInput } from '../tracking/read-input.ts';
import { actorOf, standingOf } from '../tracking/standing.ts';
import type { RegistersDeps } from './deps.ts';
import { followUp, type Acting } from './effects.ts';
import { refuseStrangers } from './entry-references.ts';
import { keepEntry, loadEntry } from './entry-rows.ts';
import { seesEntry } from './sees-entry.ts';
import { inheritedBoard } from './inherited-board.ts';
import { registerParts } from './parts.ts';
import { refuseReplacing } from './replaced-decision.ts';
import { unseenKept } from './unseen-kept.ts';

type Input = Readonly<Record<string, unknown>>;
export const noSuchEntry = refused('not-found', 'There is no such entry in this organisation.');
export const notThen = refused('not-found-then', 'On that day it was not there yet.');

/** Opens an entry, in one transaction. Returns its id and the boards that show something else now. */
export async function createEntry(
  deps: RegistersDeps,
  viewer: Viewer,
  kind: RegisterKind,
  input: Input,
  within: Within = {},
): Promise<Outcome<{ readonly id: string; readonly boards: ReadonlySet<string> }>> {
  const shape = registerShapes[kind];
  const read = readInput(shape.create.body, input);
  if (!read.ok) return read;
  const { board } = read.value as { readonly board?: unknown };
  if (typeof board === 'string' && viewer.hiddenBoards.includes(board)) {
    return refused('not-found', 'There is no such board in this organisation.', { path: 'board' });
  }
  return deps.store.transaction(async (tx) => {
    const acting = await actingAs(deps, tx, viewer, within);
    const stranger = await refuseStrangers(tx, viewer, read.value);
    if (stranger !== null) return stranger;
    const from = await inheritedBoard(tx, viewer.organisationId, read.value, within.sessionId);
    const ranked = kind === 'triage-item' ? { rank: await lastRank(tx, viewer, read.value) } : {};
    const placed = kind === 'interrupt' ? await teamOfDisplaced(tx, viewer, read.value) : {};
    const given = { ...withoutUndefined(read.value), ...placed, ...ranked };
    const command = { ...given, ...(from === null ? {} : { board: from }), type: shape.opens };
    const { actor, context } = acting;
    const decided = decideEntry(registerParts[kind].rules, null, { command, actor, at: acting.at, context });
    if (!decided.ok) return decided;
    const stopped = await refuseFollowing(tx, acting, kind, null, decided.value);
    if (stopped !== null) return stopped;
    const id = deps.newId();
    const after = await keepEntry(tx, acting.book, kind, { id, version: 0, before: null }, decided.value);
    await noteSession(tx, acting, { kind, id, relation: 'raised-in' }, within);
    const boards = await followUp(tx, acting, { kind, id, before: null, after, events: decided.value });
    return allowed({ id, boards });
  });
}

/** One command on an entry, in one transaction. */
export async function actOnEntry(
  deps: RegistersDeps,
  viewer: Viewer,
  kind: RegisterKind,
  { id, name, input, within = {} }: { id: string; name: string; input: Input; within?: Within | undefined },
): Promise<Outcome<{ readonly boards: ReadonlySet<string> }>> {
  if (!isUuid(id)) return noSuchEntry;
  const shapes = registerShapes[kind].acts;
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (shape === undefined) return refused('unknown-command', `There is no act called "${name}".`);
  const read = readInput(shape.body, input);
  if (!read.ok) return read;
  const { version, ...given } = read.value as Input & { readonly version?: number };
  return deps.store.transaction(async (tx) => {
    const loaded = await loadEntry(tx, kind, viewer.organisationId, id, { lock: true });
    if (loaded === null || !seesEntry({ seer: viewer }, loaded.state)) return noSuchEntry;
    const { row, state } = loaded;
    if (row.createdAt.getTime() > viewer.organisation.now) return notThen;
    if (version !== undefined && version !== row.version) return changedMeanwhile;
    const acting = await actingAs(deps, tx, viewer, within);
    const stranger = await refuseStrangers(tx, viewer, given, state as unknown as Input);
    if (stranger !== null) return stranger;
    const kept = await unseenKept(tx, viewer, state, given);
    const ranked = name === 'rank' ? { rank: await rankBefore(tx, row, given['before']) } : {};
    const command = { ...withoutUndefined(given), ...kept, ...ranked, type: name };
    const { actor, at, context } = acting;
    const decided = decideEntry(registerParts[kind].rules, state, { command, actor, at, context });
    if (!decided.ok) return decided;
    const stopped = await refuseFollowing(tx, acting, kind, state, decided.value);
    if (stopped !== null) return stopped;
    const entry = { id, version: row.version, before: state };
    const after = await keepEntry(tx, acting.book, kind, entry, decided.value);
    await noteSession(tx, acting, { kind, id, relation: 'acted-in' }, within);
    const boards = await followUp(tx, acting, { kind, id, before: state, after, events: decided.value });
    return allowed({ boards });
  });
}

/** Refuses what may be said of the entry itself, but not of what follows from it elsewhere. */
async function refuseFollowing(
  tx: Queries,
  acting: Acting,
  kind: RegisterKind,
  before: Entry | null,
  events: readonly DomainEvent[],
): Promise<Extract<Outcome<never>, { ok: false }> | null> {
  const after = foldEntry(registerParts[kind].rules, events, before);
  if (kind !== 'decision' || after === null) return null;
  return refuseReplacing(tx, acting, before, { after, events });
}

/** Who acts, when, and by which rules. An act within a session says so. */
export async function actingAs(
  deps: RegistersDeps,
  queries: Queries,
  viewer: Viewer,
  within: Within = {},
): Promise<Acting> {
  const { organisationId, organisation } = viewer;
  const own = actorOf(viewer);
  const inSession = within.sessionId !== undefined && within.sessionId !== null;
  const actor: Actor = inSession ? { ...own, via: 'session' } : own;
  return {
    deps,
    actor,
    at: organisation.now,
    context: contextFor(
      await standingOf(queries, viewer),
      organisation.timezone,
      thresholdsOf(organisation.thresholds).registers,
    ),
    book: { organisationId, recordedAt: deps.now(), zone: organisation.timezone },
    facts: { organisationId, zone: organisation.timezone, depth: organisation.depth },
  };
}

/** Rules' surroundings for somebody, or for the clock. */
export function contextFor(standing: Standing, zone: string, settings: RegisterSettings): EntryContext {
  return { standing, zone, settings };
}

/** Keeps which meeting it was said in, so that its minutes can list it. */
async function noteSession(
  tx: Queries,
  { book, at }: Acting,
  { kind, id, relation }: { kind: RegisterKind; id: string; relation: string },
  { sessionId }: Within,
): Promise<void> {
  if (sessionId === undefined || sessionId === null || !isUuid(sessionId)) return;
  await tx
    .insert(objectLink)
    .values({
      ...{ organisationId: book.organisationId, fromKind: kind, fromId: id, relation },
      ...{ toKind: 'session', toId: sessionId, createdAt: new Date(at) },
    })
    .onConflictDoNothing();
}

/** The state's own rank: the column is for sorting only, and too coarse to be halved often. */
const rank = sql`(${triageItem.state}->>'rank')::float8`;

/** Urgent work hits the team whose promise it displaces, unless another one is named. */
async function teamOfDisplaced(tx: Queries, { organisationId }: Viewer, { team, displaced }: Input) {
  if (typeof team === 'string' || typeof displaced !== 'string' || !isUuid(displaced)) return {};
  const [hit] = await tx
    .select({ team: commitment.teamId })
    .from(commitment)
    .where(and(eq(commitment.id, displaced), eq(commitment.organisationId, organisationId)));
  return hit === undefined ? {} : { team: hit.team };
}

/** New items come last. */
async function lastRank(tx: Queries, { organisationId }: Viewer, input: Input): Promise<number> {
  const team = input['team'];
  const [row] = await tx
    .select({ last: sql<number | null>`max(${rank})` })
    .from(triageItem)
    .where(
      and(
        eq(triageItem.organisationId, organisationId),
        typeof team === 'string' ? eq(triageItem.teamId, team) : isNull(triageItem.teamId),
      ),
    );
  return Number(row?.last ?? 0) + 1;
}

/** Halfway between the one it is put before and the one before that; at the end without one. */
async function rankBefore(
  tx: Queries,
  { id, organisationId, teamId }: { id: string; organisationId: string; teamId: string | null },
  before: unknown,
): Promise<number> {
  const others = await tx
    .select({ id: triageItem.id, rank: rank.mapWith(Number) })
    .from(triageItem)
    .where(
      and(
        eq(triageItem.organisationId, organisationId),
        teamId === null ? isNull(triageItem.teamId) : eq(triageItem.teamId, teamId),
        isNull(triageItem.closedAt),
        ne(triageItem.id, id),
      ),
    )
    .orderBy(rank, triageItem.createdAt);
  const at = others.findIndex((it) => it.id === before);
  const last = others.at(-1);
  if (at === -1) return last === undefined ? 1 : last.rank + 1;
  const next = others[at]?.rank ?? 0;
  const previous = others[at - 1]?.rank;
  return previous === undefined ? next - 1 : (previous + next) / 2;
}

function withoutUndefined(it: object): Input {
  return Object.fromEntries(Object.entries(it).filter(([, value]) => value !== undefined));
}
