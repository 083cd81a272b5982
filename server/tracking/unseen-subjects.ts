import { and, eq, inArray, notInArray, or, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import * as schema from '../store/schema.ts';
import { onSeenBoards } from '../store/seen-boards.ts';
import { seenRituals } from '../store/seen-rituals.ts';
import type { Queries } from '../store/store.ts';
import { seenEntries, type EntryColumns } from './seen-entries.ts';
import { scopeColumn, seenAsks, seenPromises, type Seer } from './seen.ts';

/** Something that is spoken of somewhere else: in a message, a warning, the minutes. */
export interface Subject {
  readonly kind: string;
  readonly id: string;
}

type Table = PgTable & { readonly id: PgColumn; readonly organisationId: PgColumn };
type Seen = (queries: Queries, seer: Seer) => SQL | undefined;

const entries = (table: Table & EntryColumns): readonly [Table, Seen] => [
  table,
  (_, seer) => seenEntries(table, seer),
];

/** Kinds of objects that stand on boards, and what of them somebody sees. All else is everybody's. */
const kinds: Readonly<Record<string, readonly [Table, Seen]>> = {
  commitment: [schema.commitment, (_, seer) => seenPromises(seer)],
  dependency: [schema.dependency, (_, seer) => seenAsks(seer)],
  ritual: [schema.ritual, seenRituals],
  board: [schema.board, (_, { hiddenBoards }) => notInArray(schema.board.id, [...hiddenBoards])],
  decision: entries(schema.decision),
  assumption: entries(schema.assumption),
  risk: entries(schema.risk),
  'triage-item': entries(schema.triageItem),
  interrupt: entries(schema.interrupt),
  learning: entries(schema.learning),
  'outside-signal': entries(schema.outsideSignal),
  'strategy-frame': entries(schema.strategyFrame),
};

/** What a message is about besides: a session on a board hidden from somebody is theirs when they took part. */
const spokenOf: typeof kinds = {
  ...kinds,
  session: [
    schema.session,
    (_, { hiddenBoards, personId }) => {
      const open = onSeenBoards(schema.session.boardId, hiddenBoards);
      return open && or(open, sql`${schema.session.state}->'people' ? ${personId}`);
    },
  ],
};

/** Which of these are hidden from somebody, by id; nearly always none, and then nothing is asked. */
export async function unseenSubjects(
  queries: Queries,
  seer: Seer & { readonly organisationId: string },
  subjects: readonly Subject[],
): Promise<ReadonlySet<string>> {
  if (seer.hiddenBoards.length === 0) return new Set();
  const unseen = new Set<string>();
  for (const [kind, its] of Map.groupBy(subjects, (it) => it.kind)) {
    const found = Object.hasOwn(spokenOf, kind) ? spokenOf[kind] : undefined;
    if (found === undefined) continue;
    const [table, seenBy] = found;
    const ids = [...new Set(its.map(({ id }) => id))];
    const rows = await queries
      .select({ id: table.id })
      .from(table)
      .where(
        and(eq(table.organisationId, seer.organisationId), inArray(table.id, ids), seenBy(queries, seer)),
      );
    const seen = new Set(rows.map(({ id }) => String(id)));
    for (const id of ids) if (!seen.has(id)) unseen.add(id);
  }
  return unseen;
}

/** Of every kind that stands on boards, the ids of what somebody sees: for conditions over what names objects of many kinds. */
export const seenByKind = (queries: Queries, seer: Seer & { readonly organisationId: string }) =>
  Object.entries(kinds).map(([kind, [table, seenBy]]) => ({
    kind,
    ids: queries
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.organisationId, seer.organisationId), seenBy(queries, seer))),
  }));

/** The same of ids of whatever kind. */
export async function unseenAmong(
  queries: Queries,
  seer: Seer & { readonly organisationId: string },
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (seer.hiddenBoards.length === 0 || ids.length === 0) return new Set();
  const unseen = new Set<string>();
  for (const [table, seenBy] of Object.values(kinds)) {
    const isOne = and(eq(table.organisationId, seer.organisationId), inArray(table.id, [...ids]));
    const rows = await queries
      .select({ id: table.id, seen: sql<boolean>`coalesce(${seenBy(queries, seer) ?? sql`true`}, false)` })
      .from(table)
      .where(isOne);
    for (const { id, seen } of rows) if (!seen) unseen.add(String(id));
  }
  return unseen;
}

/** The board that says who may look at something; null: everybody, or there is no such thing. */
export async function scopeBoardOf(queries: Queries, { kind, id }: Subject): Promise<string | null> {
  const table = Object.hasOwn(kinds, kind) ? kinds[kind]?.[0] : undefined;
  if (table === undefined) return null;
  const boardId =
    kind === 'commitment'
      ? scopeColumn
      : kind === 'board'
        ? sql`${table.id}`
        : sql`${Reflect.get(table, 'boardId')}`;
  const [row] = await queries
    .select({ boardId: sql<string | null>`${boardId}` })
    .from(table)
    .where(eq(table.id, id));
  return row?.boardId ?? null;
}
