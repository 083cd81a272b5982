import { unseenWords } from '#domain/access/board-scope.ts';
import type { Commitment } from '#domain/commitment/commitment.ts';
import type { Queries } from '../store/store.ts';
import type { LoggedEvent } from './read-events.ts';
import type { CommitmentEvent } from '#domain/commitment/event.ts';
import type { Seer } from './seen.ts';
import { unseenSubjects } from './unseen-subjects.ts';

/** Promises as somebody reads them who may not look at every assumption that failed under them: those have no name. */
export async function seenBases<T extends { readonly state: Commitment }>(
  queries: Queries,
  seer: Seer & { readonly organisationId: string },
  promises: readonly T[],
): Promise<readonly T[]> {
  const failed = promises.flatMap(({ state }) => state.bases ?? []);
  const unseen = await unseenSubjects(
    queries,
    seer,
    failed.map(({ assumption }) => ({ kind: 'assumption', id: assumption })),
  );
  if (unseen.size === 0) return promises;
  return promises.map((it) => {
    const bases = (it.state.bases ?? []).map((basis) =>
      unseen.has(basis.assumption) ? { ...basis, statement: unseenWords } : basis,
    );
    return { ...it, state: { ...it.state, bases } };
  });
}

/** The same of a line of a promise's history. */
export function seenEvent(
  it: LoggedEvent<CommitmentEvent>,
  unseen: ReadonlySet<string>,
): LoggedEvent<CommitmentEvent> {
  if (it.type !== 'basis-broken' || !unseen.has(it.data.assumption)) return it;
  return { ...it, data: { ...it.data, statement: unseenWords } };
}
