import { clockEvents } from '#domain/commitment/clock.ts';
import { foldAll } from '#domain/commitment/fold.ts';
import { readClose } from './commitment-context.ts';
import type { CommitmentTableRow } from './commitment-rows.ts';
import type { Moment } from './commitment-view.ts';
import type { LoggedEvent } from './read-events.ts';
import { readRuleFacts } from './rule-facts.ts';
import type { CommitmentEvent } from '#domain/commitment/event.ts';
import type { Queries } from '../store/store.ts';

/**
 * What the clock has done by then and nobody wrote down, as lines of a history: an example's clock goes both ways, so
 * that what it does follows from what happened and is shown only (tracking.md T19). `events` is the whole history.
 */
export async function unwritten(
  queries: Queries,
  { id, boardId, version, organisationId }: CommitmentTableRow,
  events: readonly LoggedEvent<CommitmentEvent>[],
  { at, zone }: Moment,
): Promise<readonly LoggedEvent<CommitmentEvent>[]> {
  const state = foldAll(events);
  if (state === null) return [];
  const facts = (await readRuleFacts(queries, organisationId))(state.team);
  const periodClosesAt = await readClose(queries, boardId, zone);
  return clockEvents(state, at, { ...facts, periodClosesAt }).map((it, index) => ({
    ...it,
    ...{ id: `clock-${index}`, objectId: id, version, recordedAt: it.at },
  }));
}
