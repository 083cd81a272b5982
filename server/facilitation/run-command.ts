import { and, eq } from 'drizzle-orm';
import type { Actor } from '#domain/event.ts';
import { decide } from '#domain/facilitation/decide.ts';
import type { SessionCommand } from '#domain/facilitation/command.ts';
import type { SessionEvent } from '#domain/facilitation/event.ts';
import type { Input } from '#domain/facilitation/section-tools.ts';
import { openBallot } from '#domain/facilitation/session.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Instant } from '#domain/time.ts';
import type { Viewer } from '../app.ts';
import { period } from '../store/schema.ts';
import type { Transaction } from '../store/store.ts';
import { contextOf } from './session-context.ts';
import { keepSession, loadSession, wasSeen, type LoadedSession } from './session-table.ts';
import { followGuests } from './guest-door.ts';
import type { PlannedCard } from './planned-cards.ts';
import { forgetVotes, keepVote } from './votes.ts';

export const noSuchSession = refused('unknown-session', 'There is no such session in this organisation.');

export const notToPause = refused(
  'not-yours',
  'Only who manages the board, or leads a session one of them called, can leave it paused. End it without that.',
);

/** A session after a command, and what happened. */
export interface Ran {
  readonly after: LoadedSession;
  readonly events: readonly SessionEvent[];
}

export interface CommandGiven {
  readonly command: SessionCommand;
  readonly commandId: string;
  readonly expectedRev: number | null;
}

/** Who asks; without a viewer the clock does. */
export interface Asking {
  readonly organisationId: string;
  readonly viewer: Viewer | null;
  /** A guest of the session, who is no viewer of anything. */
  readonly guest?: string;
  readonly at: Instant;
  /** The section a new entry is written into. */
  readonly into?: string | null;
  /** What it is, to the section it is done in. */
  readonly input?: Input;
  readonly lastSeen?: Readonly<Record<string, Instant>>;
  /** What lies on the board of a session that may end now. */
  readonly cards?: readonly PlannedCard[] | null;
}

/**
 * One command on a session, with its row locked: load, decide, keep, all in the caller's transaction. What belongs to the
 * same moment happens with it: hidden votes are kept and forgotten, the period closed.
 */
export async function runCommand(
  tx: Transaction,
  sessionId: string,
  { command, commandId, expectedRev }: CommandGiven,
  { organisationId, viewer, guest, at, lastSeen = {}, cards = null }: Asking,
): Promise<Outcome<Ran>> {
  const loaded = await loadSession(tx, organisationId, sessionId, { lock: true });
  if (loaded === null) return noSuchSession;
  const person = viewer?.personId ?? guest ?? null;
  const actor: Actor = { person, via: person === null ? 'clock' : 'session' };
  const context = await contextOf(tx, organisationId, loaded.state, command, viewer, {
    at,
    lastSeen,
    person,
    cards,
  });
  const seen = await wasSeen(tx, sessionId, commandId);
  const decided = decide(loaded.state, { command, commandId, expectedRev, seen }, actor, at, context);
  if (!decided.ok) return decided;
  const events = decided.value;
  const ballot = openBallot(loaded.state);
  if (command.type === 'vote' && person !== null && ballot?.secret === true && !seen) {
    const { item: itemId, value } = command;
    const vote = { sessionId, ballotId: ballot.id, itemId, personId: person, value };
    await keepVote(tx, { ...vote, at: new Date(at) });
  }
  const after = await keepSession(tx, loaded, commandId, events, viewer?.organisation.now ?? null);
  const ends = events.some(({ type }) => type === 'ended');
  for (const event of events) await follow(tx, organisationId, event, ends);
  await followGuests(tx, sessionId, events);
  return allowed({ after, events });
}

/**
 * Stops an act on an object before it is done: when this person may not take part now, or when the act was done already,
 * which then answers with how it stands. Null: go on. The session stays locked.
 */
export async function stopAct(
  tx: Transaction,
  sessionId: string,
  commandId: string,
  { organisationId, viewer, at, into = null, input = 'row' }: Asking,
): Promise<Outcome<Ran> | null> {
  const loaded = await loadSession(tx, organisationId, sessionId, { lock: true });
  if (loaded === null) return noSuchSession;
  if (await wasSeen(tx, sessionId, commandId)) return allowed({ after: loaded, events: [] });
  const command = { type: 'produce', stage: into, output: null, text: '?', input } as const;
  const context = await contextOf(tx, organisationId, loaded.state, command, viewer, {
    at,
    lastSeen: {},
  });
  const actor: Actor = { person: viewer?.personId ?? null, via: 'session' };
  const decided = decide(
    loaded.state,
    { command, commandId, expectedRev: null, seen: false },
    actor,
    at,
    context,
  );
  return decided.ok ? null : decided;
}

async function follow(
  tx: Transaction,
  organisationId: string,
  event: SessionEvent,
  ends: boolean,
): Promise<void> {
  if (event.type === 'ballot-closed' || event.type === 'ballot-discarded')
    return forgetVotes(tx, event.data.ballot);
  if (ends && event.type === 'produced' && event.data.ref?.kind === 'period') {
    await tx
      .update(period)
      .set({ closed: true, closedAt: new Date(event.at) })
      .where(and(eq(period.id, event.data.ref.id), eq(period.organisationId, organisationId)));
  }
}
