import { and, eq, inArray, ne } from 'drizzle-orm';
import type { Assumption } from '#domain/assumption/assumption.ts';
import { scopeOf } from '#domain/commitment/commitment.ts';
import { decide } from '#domain/commitment/decide.ts';
import type { Decision } from '#domain/decision/decision.ts';
import type { Actor, DomainEvent } from '#domain/event.ts';
import { decideEntry } from '#domain/register/decide-entry.ts';
import type { Entry, EntryContext } from '#domain/register/entry.ts';
import type { Risk } from '#domain/risk/risk.ts';
import type { Instant } from '#domain/time.ts';
import type { RegisterKind } from '#protocol/views/registers.ts';
import { commitment, objectLink } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { contextOf, type OrganisationFacts } from '../tracking/commitment-context.ts';
import { loadCommitment } from '../tracking/commitment-rows.ts';
import { keepCommitment } from '../tracking/keep-commitment.ts';
import type { LogBook } from '../tracking/recording.ts';
import { columnsOf, keepEntry, loadEntry, readEntries } from './entry-rows.ts';
import { registerParts } from './parts.ts';
import { saidElsewhere } from './said-elsewhere.ts';

/** Somebody, or the clock, at work within a transaction. */
export interface Acting {
  readonly deps: { readonly newId: () => string };
  readonly actor: Actor;
  readonly at: Instant;
  readonly context: EntryContext;
  readonly book: LogBook;
  readonly facts: OrganisationFacts;
}

/** What just happened to one entry. */
export interface Happened {
  readonly kind: RegisterKind;
  readonly id: string;
  readonly before: Entry | null;
  readonly after: Entry;
  readonly events: readonly DomainEvent[];
}

/**
 * What follows elsewhere from what happened to an entry, in the same transaction: a taken decision supersedes the one it
 * replaces, a doubtful assumption becomes a triage item, a failed one breaks the basis of promises, a risk that happened
 * becomes an issue, a new strategy ends the one before it. Returns the boards that show something else now.
 */
export async function followUp(tx: Queries, acting: Acting, it: Happened): Promise<ReadonlySet<string>> {
  const types = new Set(it.events.map(({ type }) => type));
  const touched = new Set([...it.after.affects, ...(it.before?.affects ?? [])]);
  const boards = new Set<string>();
  if (it.after.board !== null) boards.add(it.after.board);
  if (it.kind === 'decision' && types.has('decided')) {
    const { supersedes } = it.after as Decision;
    if (supersedes !== null) {
      for (const id of await actQuietly(tx, acting, 'decision', supersedes, {
        type: 'supersede',
        by: it.id,
      })) {
        touched.add(id);
      }
    }
  }
  if (it.kind === 'strategy-frame' && types.has('framed')) await endOtherFrames(tx, acting, it.id);
  if (it.kind === 'assumption') await followAssumption(tx, acting, it, types);
  if (it.kind === 'risk' && types.has('happened')) {
    const risk = it.after as Risk;
    await raiseItem(tx, acting, it, {
      kind: risk.sign === 'risk' ? 'issue' : 'opportunity',
      origin: 'risk',
      title: risk.title,
      detail: risk.handling?.text ?? '',
    });
  }
  for (const board of await boardsOf(tx, acting, [...touched])) boards.add(board);
  return boards;
}

/** One strategy is current: the one before it ends. */
async function endOtherFrames(tx: Queries, acting: Acting, by: string): Promise<void> {
  const { organisationId } = acting.book;
  const table = columnsOf('strategy-frame');
  const where = and(eq(table.status, 'current'), ne(table.id, by));
  for (const { row } of await readEntries(tx, 'strategy-frame', organisationId, where)) {
    await actQuietly(tx, acting, 'strategy-frame', row.id, { type: 'supersede', by });
  }
}

async function followAssumption(
  tx: Queries,
  acting: Acting,
  it: Happened,
  types: ReadonlySet<string>,
): Promise<void> {
  const assumption = it.after as Assumption;
  const failed = types.has('invalidated');
  if (!failed && !types.has('doubted')) return;
  if (!failed) {
    await raiseItem(tx, acting, it, {
      kind: 'issue',
      origin: 'assumption',
      title: `Doubtful: ${assumption.statement}`.slice(0, 1_000),
      detail: assumption.evidence.findLast(({ answer }) => answer === 'doubtful')?.text ?? '',
    });
  }
  const word = failed ? 'failed' : 'is doubtful';
  const because = {
    words: `The assumption “${assumption.statement}” ${word}.`,
    ...{ instead: `${unseenAssumption} ${word}.`, from: assumption.board },
  };
  for (const id of await decisionsRestingOn(tx, acting, it.id)) await triggerQuietly(tx, acting, id, because);
  if (!failed) return;
  for (const id of assumption.affects) await breakBasis(tx, acting, id, it.id, assumption);
}

const unseenAssumption = 'An assumption on a board that not everybody sees';

/** A decision is up for another look, because of something that may stand on another board. */
export async function triggerQuietly(
  tx: Queries,
  acting: Acting,
  id: string,
  said: Parameters<typeof saidElsewhere>[1],
): Promise<void> {
  const resting = await loadEntry(tx, 'decision', acting.book.organisationId, id);
  if (resting === null) return;
  const because = await saidElsewhere(tx, said, resting.state.board);
  await actQuietly(tx, acting, 'decision', id, { type: 'trigger', because });
}

/** The promise shows it and its owner has to answer (tracking.md T7). */
async function breakBasis(
  tx: Queries,
  { actor, at, context, book, facts, deps }: Acting,
  id: string,
  assumption: string,
  { statement: words, board: from }: Pick<Assumption, 'statement' | 'board'>,
): Promise<void> {
  const loaded = await loadCommitment(tx, book.organisationId, id, { lock: true });
  if (loaded === null) return;
  const surroundings = await contextOf(tx, facts, loaded, context.standing);
  const said = { words, instead: unseenAssumption, from };
  const statement = await saidElsewhere(tx, said, scopeOf(loaded.state.source));
  const command = { type: 'break-basis', assumption, statement } as const;
  const decided = decide(loaded.state, command, actor, at, surroundings);
  // What has ended meanwhile rests on nothing any more.
  if (decided.ok) await keepCommitment(tx, book, loaded, decided.value, deps.newId);
}

/** An issue or opportunity that follows from something, with its team, board and promises. */
export async function raiseItem(
  tx: Queries,
  acting: Acting,
  { id, after }: { readonly id: string; readonly after: Pick<Entry, 'team' | 'board' | 'affects'> },
  item: {
    readonly kind: string;
    readonly origin: string;
    readonly title: string;
    readonly detail: string;
    readonly weight?: number;
  },
): Promise<void> {
  const { team, board, affects } = after;
  // Ahead of the list: its team looks at what is new first.
  const command = { type: 'raise', ...item, originId: id, team, board, affects, rank: 0 };
  const { actor, at, context, book, deps } = acting;
  const decided = decideEntry(registerParts['triage-item'].rules, null, { command, actor, at, context });
  if (!decided.ok) throw new Error(`an item that follows from ${id} was refused: ${decided.refusal.code}`);
  await keepEntry(tx, book, 'triage-item', { id: deps.newId(), version: 0, before: null }, decided.value);
}

/** An act that follows by itself; where it does not fit nothing happens. Returns the commitments it touches. */
export async function actQuietly(
  tx: Queries,
  { actor, at, context, book }: Acting,
  kind: RegisterKind,
  id: string,
  command: { readonly type: string } & Readonly<Record<string, unknown>>,
): Promise<readonly string[]> {
  const loaded = await loadEntry(tx, kind, book.organisationId, id, { lock: true });
  if (loaded === null) return [];
  const { row, state } = loaded;
  const decided = decideEntry(registerParts[kind].rules, state, { command, actor, at, context });
  if (!decided.ok || decided.value.length === 0) return [];
  const after = await keepEntry(tx, book, kind, { id, version: row.version, before: state }, decided.value);
  return after.affects;
}

async function decisionsRestingOn(
  tx: Queries,
  { book }: Acting,
  assumption: string,
): Promise<readonly string[]> {
  const rows = await tx
    .select({ id: objectLink.fromId })
    .from(objectLink)
    .where(
      and(
        eq(objectLink.organisationId, book.organisationId),
        eq(objectLink.relation, 'rests-on'),
        eq(objectLink.toId, assumption),
      ),
    );
  return rows.map(({ id }) => id);
}

async function boardsOf(tx: Queries, { book }: Acting, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectDistinct({ boardId: commitment.boardId })
    .from(commitment)
    .where(and(eq(commitment.organisationId, book.organisationId), inArray(commitment.id, [...ids])));
  return rows.flatMap(({ boardId }) => (boardId === null ? [] : [boardId]));
}
