import { asc, eq } from 'drizzle-orm';
import { nobody } from '#domain/access/standing.ts';
import type { DependencyContext } from '#domain/dependency/context.ts';
import { decide } from '#domain/dependency/decide.ts';
import { foldAll } from '#domain/dependency/fold.ts';
import { dependency } from '../store/schema.ts';
import type { Transaction } from '../store/store.ts';
import { stateOfDependency, toDependencyRow } from './dependency-rows.ts';
import { insertRows } from './insert-rows.ts';
import type { ImportedDependencies } from './port.ts';
import { appendEvents, type NewEvents } from './recording.ts';
import { readRuleFacts } from './rule-facts.ts';

/**
 * Makes records of a file's asks, with the state the file gives them; one statement a table. No clock starts, and what
 * somebody here has acted on stays as it is (board.md B3).
 */
export async function importDependencies(
  tx: Transaction,
  input: ImportedDependencies,
  newId: () => string,
): Promise<void> {
  const { organisationId, boardId, at, recordedAt, zone } = input;
  const rows = await tx
    .select()
    .from(dependency)
    .where(eq(dependency.boardId, boardId))
    .orderBy(asc(dependency.id))
    .for('update');
  const known = new Map(rows.map((row) => [row.objectKey, row]));
  const context: DependencyContext = {
    ...(await readRuleFacts(tx, organisationId))(null),
    ...{ standing: nobody, providerMembers: [], edges: [], titles: {}, sessionEndsAt: null },
    ...{ importing: true, committing: false },
  };
  const actor = { ...input.actor, via: 'import' } as const;
  const log: NewEvents[] = [];
  const changed: (typeof dependency.$inferInsert)[] = [];
  for (const given of input.dependencies) {
    const row = known.get(given.key);
    const before = row === undefined ? null : stateOfDependency(row);
    const decided = decide(before, { type: 'import', ...given }, actor, at, context);
    const events = decided.ok ? decided.value : [];
    const after = foldAll(events, before);
    if (events.length === 0 || after === null) continue;
    const id = row?.id ?? newId();
    const version = row?.version ?? 0;
    log.push({ objectKind: 'dependency', objectId: id, boardId, version, events });
    const identity = { id, organisationId, createdAt: row?.createdAt ?? new Date(at) };
    changed.push(toDependencyRow(identity, version + events.length, after));
  }
  await appendEvents(tx, { organisationId, recordedAt, zone }, log);
  await insertRows(tx, dependency, changed, { overwriteBy: 'id' });
}
