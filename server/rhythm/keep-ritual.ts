import { foldRituals } from '#domain/rhythm/fold-ritual.ts';
import type { Ritual } from '#domain/rhythm/ritual.ts';
import type { RitualEvent } from '#domain/rhythm/ritual-event.ts';
import type { Instant } from '#domain/time.ts';
import type { Transaction } from '../store/store.ts';
import { appendEvents, type LogBook } from '../tracking/recording.ts';
import { makeOccurrences } from './make-occurrences.ts';
import { writeRitual, type LoadedRitual } from './ritual-rows.ts';

/** Events after which a calendar must hear of every meeting still ahead: what it says of itself changed. */
const telling: readonly RitualEvent['type'][] = ['changed'];

/** Writes down what happened to a ritual and brings its row and its meetings ahead up to date. */
export async function keepRitual(
  tx: Transaction,
  book: LogBook,
  before: LoadedRitual | { readonly id: string },
  events: readonly RitualEvent[],
  at: Instant,
): Promise<Ritual> {
  const loaded = 'row' in before ? before : null;
  const id = loaded?.row.id ?? (before as { readonly id: string }).id;
  const state = foldRituals(events, loaded?.state ?? null);
  if (state === null) throw new Error(`ritual ${id} has no beginning`);
  const version = loaded?.row.version ?? 0;
  await appendEvents(tx, book, [
    { objectKind: 'ritual', objectId: id, boardId: state.board, version, events },
  ]);
  const identity = {
    id,
    organisationId: book.organisationId,
    createdAt: loaded?.row.createdAt ?? new Date(at),
  };
  await writeRitual(tx, identity, version + events.length, state);
  const told = events.some(({ type }) => telling.includes(type));
  await makeOccurrences(tx, book.organisationId, [{ id, state }], at, { told });
  return state;
}
