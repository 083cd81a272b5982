import { eq } from 'drizzle-orm';
import type { Dependency } from '#domain/dependency/dependency.ts';
import type { DependencyEvent } from '#domain/dependency/event.ts';
import { foldAll } from '#domain/dependency/fold.ts';
import { dependency } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { toDependencyRow, type DependencyIdentity } from './dependency-rows.ts';
import { appendEvents, type LogBook } from './recording.ts';

/** Writes down what happened to one ask, within the caller's transaction. `before` is null for a new one. */
export async function keepDependency(
  tx: Queries,
  book: LogBook,
  { identity, version, before }: { identity: DependencyIdentity; version: number; before: Dependency | null },
  events: readonly DependencyEvent[],
): Promise<void> {
  const after = foldAll(events, before);
  if (events.length === 0 || after === null) return;
  const entry = { objectKind: 'dependency', objectId: identity.id, boardId: after.board } as const;
  await appendEvents(tx, book, [{ ...entry, version, events }]);
  const values = toDependencyRow(identity, version + events.length, after);
  if (before === null) await tx.insert(dependency).values(values);
  else await tx.update(dependency).set(values).where(eq(dependency.id, identity.id));
}
