import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { clockEvents } from '#domain/facilitation/clock.ts';
import { presentPeople, type Session } from '#domain/facilitation/session.ts';
import type { Viewer } from '../app.ts';
import { member, session } from '../store/schema.ts';
import type { FacilitationDeps } from './deps.ts';
import type { SessionHub } from './hub.ts';
import { readPlannedCards } from './planned-cards.ts';
import { runCommand, type Ran } from './run-command.ts';
import type { SessionTableRow } from './session-table.ts';

/** Somebody's last visit has no end: one that only waits to begin has nothing due, and there may be many of them. */
const someoneIsIn = sql`exists (
  select 1 from jsonb_each(${session.state}->'people') as one
  where jsonb_array_length(one.value->'visits') > 0 and one.value->'visits'->-1->>'to' is null
)`;

/** Lets the clock do what is due in every session: time is up, somebody has left, a meeting is over. */
export async function advanceClock(
  deps: FacilitationDeps,
  hub: SessionHub,
  followUp: (viewer: Viewer | null, ran: Ran) => Promise<void>,
): Promise<void> {
  const { store, now, newId } = deps;
  const at = now();
  const rows = await store.db
    .select()
    .from(session)
    .where(or(eq(session.status, 'running'), and(eq(session.status, 'planned'), someoneIsIn)));
  for (const row of rows) {
    const state = row.state as Session;
    const lastSeen = hub.lastSeen(row.id, presentPeople(state), at);
    const due = clockEvents(state, at, { lastSeen, openRows: [] });
    if (due.length === 0) continue;
    const led = due.some(({ type }) => type === 'ended') ? await leaderOf(deps, row) : null;
    const cards = led === null ? null : await readPlannedCards(deps.planned, store.db, led, row.boardId);
    const given = { command: { type: 'tick' }, commandId: newId(), expectedRev: null } as const;
    const asks = { organisationId: row.organisationId, viewer: null, at: now(), lastSeen, cards };
    const ran = await store.transaction((tx) => runCommand(tx, row.id, given, asks));
    if (!ran.ok || ran.value.events.length === 0) continue;
    // What is pictured of the board then is pictured in the name of who led.
    const pictured = ran.value.events.some(({ type }) => type === 'ended' || type === 'end-proposed');
    await followUp(pictured ? (led ?? (await leaderOf(deps, row))) : null, ran.value);
  }
}

/** Who led, as a viewer: what is still done for a meeting that nobody ended is done in that name. */
async function leaderOf(
  { store, viewerOf }: FacilitationDeps,
  { organisationId, state }: SessionTableRow,
): Promise<Viewer | null> {
  const { facilitators } = state as Session;
  const members = await store.db
    .select({ id: member.id, person: member.personId })
    .from(member)
    .where(
      and(
        eq(member.organisationId, organisationId),
        inArray(member.personId, [...facilitators]),
        isNull(member.suspendedAt),
      ),
    );
  for (const person of facilitators) {
    const found = members.find((it) => it.person === person);
    const viewer = found === undefined ? null : await viewerOf(found.id);
    if (viewer !== null) return viewer;
  }
  return null;
}
