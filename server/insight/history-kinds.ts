import { and, eq, inArray } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import * as schema from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

interface Kind {
  readonly table: PgTable & { readonly id: PgColumn };
  /** The column that says whose it is. */
  readonly of: PgColumn;
  readonly title: PgColumn;
  /** The field of its events that says what it is called. */
  readonly called: string;
}

/** Every kind of object that has a history of events, with the table its title stands in. */
const kinds: Readonly<Record<string, Kind>> = {
  commitment: {
    table: schema.commitment,
    of: schema.commitment.organisationId,
    title: schema.commitment.statement,
    called: 'statement',
  },
  dependency: {
    table: schema.dependency,
    of: schema.dependency.organisationId,
    title: schema.dependency.what,
    called: 'what',
  },
  decision: {
    table: schema.decision,
    of: schema.decision.organisationId,
    title: schema.decision.title,
    called: 'question',
  },
  assumption: {
    table: schema.assumption,
    of: schema.assumption.organisationId,
    title: schema.assumption.title,
    called: 'statement',
  },
  risk: { table: schema.risk, of: schema.risk.organisationId, title: schema.risk.title, called: 'title' },
  'triage-item': {
    table: schema.triageItem,
    of: schema.triageItem.organisationId,
    title: schema.triageItem.title,
    called: 'title',
  },
  interrupt: {
    table: schema.interrupt,
    of: schema.interrupt.organisationId,
    title: schema.interrupt.title,
    called: 'what',
  },
  learning: {
    table: schema.learning,
    of: schema.learning.organisationId,
    title: schema.learning.title,
    called: 'sentence',
  },
  'outside-signal': {
    table: schema.outsideSignal,
    of: schema.outsideSignal.organisationId,
    title: schema.outsideSignal.title,
    called: 'text',
  },
  'strategy-frame': {
    table: schema.strategyFrame,
    of: schema.strategyFrame.organisationId,
    title: schema.strategyFrame.title,
    called: 'title',
  },
  ritual: {
    table: schema.ritual,
    of: schema.ritual.organisationId,
    title: schema.ritual.title,
    called: 'title',
  },
  board: { table: schema.board, of: schema.board.organisationId, title: schema.board.title, called: 'title' },
  team: { table: schema.team, of: schema.team.organisationId, title: schema.team.name, called: 'name' },
  person: {
    table: schema.person,
    of: schema.person.organisationId,
    title: schema.person.name,
    called: 'name',
  },
  organisation: {
    table: schema.organisation,
    of: schema.organisation.id,
    title: schema.organisation.name,
    called: 'name',
  },
  session: {
    table: schema.session,
    of: schema.session.organisationId,
    title: schema.session.title,
    called: 'title',
  },
};

/** Where a kind of object stands; undefined for what has no history of events. */
export const kindOf = (kind: string): Kind | undefined =>
  Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;

/** What objects are called now, by id, whatever their kind. */
export async function readTitles(
  queries: Queries,
  organisationId: string,
  objects: readonly { readonly objectKind: string; readonly objectId: string }[],
): Promise<ReadonlyMap<string, string>> {
  const byKind = Map.groupBy(objects, ({ objectKind }) => objectKind);
  const found = await Promise.all(
    [...byKind].map(async ([name, its]): Promise<readonly (readonly [string, string])[]> => {
      const kind = kindOf(name);
      if (kind === undefined) return [];
      const ids = [...new Set(its.map(({ objectId }) => objectId))];
      const rows = await queries
        .select({ id: kind.table.id, title: kind.title })
        .from(kind.table)
        .where(and(inArray(kind.table.id, ids), eq(kind.of, organisationId)));
      return rows.map((row) => [String(row.id), String(row.title)] as const);
    }),
  );
  return new Map(found.flat());
}

/** `servedBy` and `check-in-undone` as words. */
export function inWords(name: string): string {
  const words = name.replaceAll('-', ' ').replace(/([a-z])([A-Z])/g, '$1 $2');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}
