import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { isLetIn } from '#domain/facilitation/guests.ts';
import { isPresent } from '#domain/facilitation/session.ts';
import type { SessionCommand } from '#domain/facilitation/command.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Guests } from '../app-guests.ts';
import { makeThrottle } from '../auth/throttle.ts';
import type { FacilitationDeps } from './deps.ts';
import { findByCode, findByToken, issueToken } from './guest-door.ts';
import { viewForGuest } from './guest-view.ts';
import { heardOf, type SessionHub } from './hub.ts';
import { runCommand, type Ran } from './run-command.ts';
import { loadSession, type LoadedSession } from './session-table.ts';
import { heardRing } from './telling.ts';

/** One sentence for a code that was never given out, one that is over, and a session that is. */
const wrongCode = refused(
  'not-found',
  'This code opens nothing. Look at it again, or ask whoever gave it to you.',
  { path: 'code' },
);

const over = refused('not-let-in', 'You are not let in here any more. Ask who leads the session.');

/** One window, a reload that overlaps with it, and a second device. */
const linesOfOne = 4;
const commandsInAMinute = 60;

/** Guests of sessions, over the same machine as everybody else (facilitation.md F0.3). */
export function makeGuests(
  deps: FacilitationDeps,
  hub: SessionHub,
  followUp: (ran: Ran) => Promise<void>,
): Guests {
  const { store, now, newId } = deps;
  const throttle = makeThrottle();
  const commands = new RateLimiterMemory({ points: commandsInAMinute, duration: 60, keyPrefix: 'guest' });
  const lines = new Map<string, number>();

  /** The guest behind a token, and the session as it stands; null when it lets nobody in any more. */
  const reach = async (token: string): Promise<(LoadedSession & { readonly guestId: string }) | null> => {
    const found = await findByToken(store.db, token);
    if (found === null) return null;
    const loaded = await loadSession(store.db, found.organisationId, found.sessionId);
    if (loaded === null || loaded.row.status === 'ended' || !isLetIn(loaded.state, found.guestId))
      return null;
    return { ...loaded, guestId: found.guestId };
  };

  const run = async (
    { row, guestId }: { readonly row: LoadedSession['row']; readonly guestId: string },
    command: SessionCommand,
  ): Promise<Outcome<Ran>> => {
    const given = { command, commandId: newId(), expectedRev: null };
    const asks = { organisationId: row.organisationId, viewer: null, guest: guestId, at: now() };
    const ran = await store.transaction((tx) => runCommand(tx, row.id, given, asks));
    if (ran.ok) await followUp(ran.value);
    return ran;
  };

  /** The same, in the room: whoever was away for a minute comes back with what they do. */
  const arrive = async (token: string) => {
    const guest = await reach(token);
    if (guest === null) return null;
    hub.heard(guest.row.id, guest.guestId, now());
    deps.ringSession(heardRing(guest.row.id, guest.guestId));
    if (isPresent(guest.state, guest.guestId)) return guest;
    const arrived = await run(guest, { type: 'arrive' });
    return arrived.ok ? { ...guest, ...arrived.value.after } : null;
  };

  return {
    join: async ({ name, code }, { address, viewer }) => {
      const turn = await throttle.takeTry(`guest:${address}`, address);
      if (!turn.ok) return turn;
      const found = await findByCode(store.db, code);
      if (found === null) return wrongCode;
      await throttle.giveBack(`guest:${address}`, address);
      if (viewer?.organisationId === found.organisationId) {
        return refused(
          'invalid',
          'You are signed in here as a member: open the session among yours, and vote once.',
        );
      }
      const guestId = newId();
      const command = { type: 'join-as-guest', guest: guestId, name } as const;
      const given = { command, commandId: newId(), expectedRev: null };
      const asks = { organisationId: found.organisationId, viewer: null, at: now() };
      const joined = await store.transaction(async (tx): Promise<Outcome<{ ran: Ran; token: string }>> => {
        const ran = await runCommand(tx, found.sessionId, given, asks);
        if (!ran.ok) return ran;
        const { sessionId } = found;
        const token = await issueToken(tx, { guestId, sessionId, at: new Date(now()) });
        return allowed({ ran: ran.value, token });
      });
      // Between the look at the code and this the door was shut.
      if (!joined.ok) return joined.refusal.code === 'not-yours' ? wrongCode : joined;
      await followUp(joined.value.ran);
      return allowed({ token: joined.value.token });
    },
    room: async (token) => {
      const guest = await arrive(token);
      if (guest === null) return null;
      const heard = heardOf(guest.state, hub.lastSeen(guest.row.id, [], now()));
      return viewForGuest(store.db, guest, guest.guestId, now(), heard);
    },
    command: async (token, command) => {
      const guest = await arrive(token);
      if (guest === null) return over;
      try {
        await commands.consume(guest.guestId);
      } catch (fault) {
        if (!(fault instanceof RateLimiterRes)) throw fault;
        return refused(
          'too-many-requests',
          'Slowly: that was a lot at once. Wait a moment, then press again.',
        );
      }
      const ran = await run(guest, command.type === 'park' ? { ...command, id: newId() } : command);
      return ran.ok ? allowed(true) : ran;
    },
    beat: async (token) => ((await arrive(token)) === null ? over : allowed({ serverTime: now() })),
    listen: async (token, ears) => {
      const guest = await reach(token);
      if (guest === null) return over;
      const { guestId, row } = guest;
      const open = lines.get(guestId) ?? 0;
      if (open >= linesOfOne) {
        return refused('too-many-requests', 'This session is open in too many windows here: close some.');
      }
      lines.set(guestId, open + 1);
      const stop = hub.listen(row.id, null, {
        send: (message) => {
          if (message.type !== 'session') return;
          const { session } = message;
          if (session.status === 'ended' || !isLetIn(session, guestId)) ears.ended();
          else ears.changed();
        },
        ended: () => ears.ended(),
      });
      let listening = true;
      return allowed(() => {
        stop();
        if (!listening) return;
        listening = false;
        const left = (lines.get(guestId) ?? 1) - 1;
        if (left > 0) lines.set(guestId, left);
        else lines.delete(guestId);
      });
    },
  };
}
