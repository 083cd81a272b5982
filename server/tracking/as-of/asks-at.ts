import { and, eq, type SQL } from 'drizzle-orm';
import { foldAll as foldPromise } from '#domain/commitment/fold.ts';
import { needsChoice } from '#domain/dependency/flags.ts';
import { foldAll } from '#domain/dependency/fold.ts';
import type { Dependency } from '#domain/dependency/dependency.ts';
import type { Instant } from '#domain/time.ts';
import { dependency } from '../../store/schema.ts';
import type { Queries } from '../../store/store.ts';
import { needKey } from '../commitment-view.ts';
import { toDependencyRow, type DependencyTableRow } from '../dependency-rows.ts';
import { listDependencies, type ListedDependency } from '../dependency-view.ts';
import { readAskEvents, readPromiseEvents } from '../read-events.ts';

interface Of {
  readonly organisationId: string;
  readonly boardId?: string | undefined;
}

/** Asks as they stood at an instant; those nobody had drawn yet are not among them. */
export async function listDependenciesAt(
  queries: Queries,
  of: Of,
  at: Instant,
  more?: SQL,
): Promise<readonly ListedDependency[]> {
  const rows = await listDependencies(
    queries,
    and(
      eq(dependency.organisationId, of.organisationId),
      of.boardId === undefined ? undefined : eq(dependency.boardId, of.boardId),
      more,
    ),
  );
  if (rows.length === 0) return [];
  const states = await readAsksAt(queries, of, at);
  const promises = await readPromisesAt(queries, of, at);
  return rows.flatMap((it): ListedDependency[] => {
    const found = states.get(it.row.id);
    if (found === undefined) return [];
    const { state: folded, version } = found;
    const key = { boardId: it.row.boardId, objectKey: folded.requester.objective ?? '' };
    const promise = promises.get(needKey(key));
    const requester = { ...folded.requester, owner: promise?.owner ?? folded.requester.owner };
    const state = { ...folded, requester };
    const row = toDependencyRow(it.row, version, state) as DependencyTableRow;
    const requesterTitle = promise?.statement ?? folded.requester.title ?? '';
    return [{ row, state, requesterTitle, boardTitle: it.boardTitle }];
  });
}

/** How many needs of each objective had been declined or taken back by then without the requester having chosen. */
export async function readOpenChoicesAt(
  queries: Queries,
  of: Of,
  at: Instant,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { state } of (await readAsksAt(queries, of, at)).values()) {
    if (!needsChoice(state) || state.requester.objective === null) continue;
    const key = needKey({ boardId: state.board, objectKey: state.requester.objective });
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

async function readAsksAt(queries: Queries, of: Of, at: Instant) {
  const byAsk = Map.groupBy(await readAskEvents(queries, of, at), ({ objectId }) => objectId);
  const states = new Map<string, { readonly state: Dependency; readonly version: number }>();
  for (const [id, events] of byAsk) {
    const state = foldAll(events);
    if (state !== null) states.set(id, { state, version: events.at(-1)?.version ?? 0 });
  }
  return states;
}

/** Who owned each objective's promise then, and what it said. */
async function readPromisesAt(queries: Queries, of: Of, at: Instant) {
  const byPromise = Map.groupBy(await readPromiseEvents(queries, of, at), ({ objectId }) => objectId);
  const promises = new Map<string, { readonly owner: string | null; readonly statement: string }>();
  for (const events of byPromise.values()) {
    const state = foldPromise(events);
    if (state === null || state.source.board === null) continue;
    const { board: boardId, key: objectKey } = state.source;
    const statement = (state.versions.at(-1)?.terms ?? state.offered).statement;
    promises.set(needKey({ boardId, objectKey }), { owner: state.owner, statement });
  }
  return promises;
}
