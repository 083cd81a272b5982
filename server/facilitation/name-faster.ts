import { fasterWords } from '#domain/facilitation/acts.ts';
import { guestNames } from '#domain/facilitation/guests.ts';
import type { Refusal } from '#domain/outcome.ts';
import type { Instant } from '#domain/time.ts';
import type { Viewer } from '../app.ts';
import type { Queries } from '../store/store.ts';
import { nameOf, readPeopleNames } from '../tracking/names.ts';
import { viewFor } from './live-view.ts';
import { loadSession } from './session-table.ts';

/** A refusal for being late says who did what meanwhile, and carries what is there now. */
export async function nameFaster(
  queries: Queries,
  viewer: Viewer,
  id: string,
  refusal: Refusal,
  { since, at }: { readonly since: number | null; readonly at: Instant },
): Promise<Refusal> {
  const loaded = await loadSession(queries, viewer.organisationId, id);
  if (loaded === null) return refusal;
  const now = await viewFor(queries, loaded, viewer, at);
  if (since === null) return { ...refusal, now };
  const names = new Map([
    ...(await readPeopleNames(queries, viewer.organisationId)),
    ...guestNames(loaded.state),
  ]);
  const did = fasterWords(loaded.state, since, (person) => {
    if (person === null) return 'The clock';
    return person === viewer.personId ? 'You' : nameOf(names, person, 'Somebody');
  });
  if (did === null) return { ...refusal, now };
  return { ...refusal, message: `${did}. This is how it stands now: look, then press again.`, now };
}
