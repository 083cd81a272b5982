import { and, eq, inArray } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import * as schema from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

interface Kind {
  readonly table: PgTable & { readonly id: PgColumn; readonly organisationId: PgColumn };
  readonly title: PgColumn;
}

/** Every kind of object that has a history of events, with the table its title stands in. */
const kinds: Readonly<Record<string, Kind>> = {
  commitment: { table: schema.commitment, title: schema.commitment.statement },
  dependency: { table: schema.dependency, title: schema.dependency.what },
  decision: { table: schema.decision, title: schema.decision.title },
  assumption: { table: schema.assumption, title: schema.assumption.title },
  risk: { table: schema.risk, title: schema.risk.title },
  'triage-item': { table: schema.triageItem, title: schema.triageItem.title },
  interrupt: { table: schema.interrupt, title: schema.interrupt.title },
  learning: { table: schema.learning, title: schema.learning.title },
  'outside-signal': { table: schema.outsideSignal, title: schema.outsideSignal.title },
  'strategy-frame': { table: schema.strategyFrame, title: schema.strategyFrame.title },
  ritual: { table: schema.ritual, title: schema.ritual.title },
  board: { table: schema.board, title: schema.board.title },
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
        .where(and(inArray(kind.table.id, ids), eq(kind.table.organisationId, organisationId)));
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
