import { mayTakeOver } from '#domain/facilitation/decide-roles.ts';
import { presentPeople } from '#domain/facilitation/session.ts';
import type { Instant } from '#domain/time.ts';
import type { LiveSession, SessionView } from '#protocol/views/facilitation.ts';
import type { Viewer } from '../app.ts';
import type { Queries } from '../store/store.ts';
import { readLine } from './session-context.ts';
import { readCode } from './guest-door.ts';
import type { LoadedSession } from './session-table.ts';
import { readUnclosed } from './unclosed.ts';
import { withoutUnseen } from './without-unseen.ts';
import { readOwnVotes } from './votes.ts';

/** A session as everybody in it may see it. The state holds no hidden vote; ratings lose their names here. */
export async function viewLive(
  queries: Queries,
  { row, state }: LoadedSession,
  at: Instant,
): Promise<LiveSession> {
  const { ratings, ...rest } = state;
  const line = await readLine(queries, row.organisationId, state);
  return {
    ...rest,
    id: row.id,
    // What who leads noted down for themselves is sent to nobody else.
    stages: state.stages.map(({ note: _, ...stage }) => stage),
    ratings: Object.values(ratings).sort((a, b) => a - b),
    takeOver: presentPeople(state).filter((person) => mayTakeOver(state, person, at, line)),
    serverTime: at,
  };
}

/** The same with what this viewer alone knows. */
export async function viewFor(
  queries: Queries,
  loaded: LoadedSession,
  viewer: Viewer,
  at: Instant,
): Promise<SessionView> {
  return {
    session: await withoutUnseen(queries, viewer, await viewLive(queries, loaded, at)),
    myVotes: await readOwnVotes(queries, loaded.state, viewer.personId),
    unclosed:
      loaded.state.kind === 'quarterly-plan' && loaded.state.status === 'planned'
        ? await readUnclosed(queries, viewer, loaded.state)
        : null,
    myRating: loaded.state.ratings[viewer.personId] ?? null,
    guestCode: loaded.state.facilitators.includes(viewer.personId)
      ? await readCode(queries, loaded.row.id)
      : null,
    notes: loaded.state.facilitators.includes(viewer.personId)
      ? Object.fromEntries(
          loaded.state.stages.flatMap(({ id, note }) =>
            note === undefined || note === '' ? [] : [[id, note]],
          ),
        )
      : {},
  };
}
