import { mayWrite } from '../access/standing.ts';
import type { Actor } from '../event.ts';
import { allowed, refused } from '../outcome.ts';
import type { Instant } from '../time.ts';
import { happened, type Asked, type SessionContext, type SessionOutcome } from './asked.ts';
import { clockEvents } from './clock.ts';
import { freeCommands, type SessionAsk, type SessionCommandType } from './command.ts';
import { decideAgenda } from './decide-agenda.ts';
import { decideBallot } from './decide-ballot.ts';
import { decideEnding } from './decide-ending.ts';
import { asGuest, decideGuestJoin, decideGuests, refuseGuest } from './decide-guests.ts';
import { decideRoles } from './decide-roles.ts';
import { decideRoom } from './decide-room.ts';
import { decideSpotlight } from './decide-spotlight.ts';
import { decideTimer } from './decide-timer.ts';
import { foldAll } from './fold.ts';
import { isGuest } from './guests.ts';
import { goingOn } from './idle.ts';
import { isPresent, type Session } from './session.ts';
import { inOwnTime, isWindow } from './window.ts';

/** What only who leads may ask. */
const facilitatorOnly: readonly SessionCommandType[] = [
  ...([
    'start',
    'next',
    'previous',
    'jump',
    'skip',
    'insert',
    'reorder',
    'plan-stage',
    'brief-stage',
    'remove',
  ] as const),
  ...(['start-timer', 'pause-timer', 'resume-timer', 'add-time', 'stop-timer'] as const),
  ...(['open-ballot', 'reveal', 'close-ballot', 'tick-none', 'end', 'call-off'] as const),
  ...(['add-facilitator', 'remove-facilitator'] as const),
  ...(['let-guests-in', 'shut-guests-out', 'send-guest-away'] as const),
  ...(['take-spotlight', 'give-spotlight', 'show-area', 'end-spotlight'] as const),
];

/** What moves the whole room: there is none to move while everybody is in a section of their own. */
const together: readonly SessionCommandType[] = [
  ...(['next', 'previous', 'jump'] as const),
  ...(['start-timer', 'pause-timer', 'resume-timer', 'add-time', 'stop-timer'] as const),
  ...(['take-spotlight', 'show-area'] as const),
];

/** Possible outside a running session. */
const whenever: readonly SessionCommandType[] = [
  ...(['arrive', 'insert', 'reorder', 'plan-stage', 'brief-stage', 'remove', 'start', 'call-off'] as const),
  ...([
    'add-facilitator',
    'remove-facilitator',
    'take-over',
    'correct',
    'let-guests-in',
    'shut-guests-out',
    'send-guest-away',
    'note-snapshot',
    'tick',
    'park',
  ] as const),
];

/**
 * What follows from a command, or why not: the one machine behind every meeting (facilitation.md F0). A command that comes
 * twice changes nothing; one decided on another state than the newest is refused, so that two who press at once do not
 * both move the meeting.
 */
export function decide(
  state: Session | null,
  ask: SessionAsk,
  actor: Actor,
  at: Instant,
  context: SessionContext,
): SessionOutcome {
  const { command } = ask;
  if (ask.seen) return allowed([]);
  if (command.type === 'plan') return decidePlan(state, { command, actor, at, context });
  if (state === null) return refused('unknown-session', 'There is no such session in this organisation.');
  if (isLate(state, ask)) {
    return refused(
      'changed-rev',
      'Somebody else was faster. This is how it stands now: look, then press again.',
    );
  }
  const clock = clockEvents(state, at, command.type === 'tick' ? context : { ...context, lastSeen: {} });
  if (command.type === 'tick') return allowed(clock);
  const it = foldAll(clock, state) ?? state;
  const asked = { command, actor, at, context };
  if (command.type === 'join-as-guest') {
    const joined = decideGuestJoin(it, { ...asked, command });
    return joined.ok ? allowed([...clock, ...joined.value]) : joined;
  }
  const stopped = refuseActor(it, asked);
  if (stopped !== null) return stopped;
  const decided =
    decideAgenda(it, asked) ??
    decideTimer(it, asked) ??
    decideBallot(it, asked) ??
    decideRoom(it, asked) ??
    decideRoles(it, asked) ??
    decideGuests(it, asked) ??
    decideSpotlight(it, asked) ??
    decideEnding(it, asked) ??
    allowed([]);
  if (!decided.ok) return decided;
  return allowed([...clock, ...goingOn(it, asked, asGuest(it, asked, decided.value))]);
}

/** True when the meeting was steered since the state that this was decided on. */
function isLate(state: Session, { command, expectedRev }: SessionAsk): boolean {
  if (expectedRev === null) return !freeCommands.includes(command.type);
  return expectedRev < state.steered || expectedRev > state.rev;
}

function decidePlan(state: Session | null, asked: Asked): SessionOutcome {
  const { command, actor, context } = asked;
  if (command.type !== 'plan') return allowed([]);
  if (state !== null) return refused('wrong-state', 'This session is planned already.');
  if (actor.person === null || !mayWrite(context.standing)) {
    return refused('not-yours', 'Only a member can hold a session.');
  }
  if (command.title.trim() === '') return refused('invalid', 'Give the session a title.', { path: 'title' });
  if (command.stages.length === 0)
    return refused('invalid', 'A session needs a section.', { path: 'stages' });
  if (command.window != null && !isWindow(command.window)) {
    return refused('invalid', 'In everybody’s own time a session is open for 24 to 48 hours.', {
      path: 'window',
    });
  }
  const { type: _, leader, ...data } = command;
  const facilitator = leader ?? actor.person;
  const planned = happened(asked, 'planned', { ...data, facilitator });
  if (facilitator === actor.person) return allowed([planned]);
  // Who prepares it for somebody else leads with that person: the agenda is theirs to arrange meanwhile.
  return allowed([planned, happened(asked, 'facilitator-added', { person: actor.person })]);
}

function refuseActor(it: Session, { command, actor, at, context }: Asked): SessionOutcome | null {
  const { type } = command;
  if (type === 'note-snapshot') return null;
  const person = actor.person;
  if (isGuest(it, person)) return refuseGuest(it, { command, actor, at, context });
  const mayLook = type === 'arrive' && context.standing.role !== null;
  if (person === null || (!mayLook && !mayWrite(context.standing))) {
    return refused('not-yours', 'You may watch this session; taking part is for members.');
  }
  if (it.status === 'ended' && type !== 'correct') {
    return refused('wrong-state', 'This session has ended. Add what is missing as a note below the minutes.');
  }
  if (it.status === 'planned' && !whenever.includes(type)) {
    return refused('wrong-state', 'The session has not begun yet.');
  }
  if (facilitatorOnly.includes(type) && !it.facilitators.includes(person)) {
    return refused(
      'not-yours',
      'Only who leads the session can do this. Ask for it, or take over when nobody leads.',
    );
  }
  if (inOwnTime(it) && together.includes(type)) {
    return refused('wrong-state', 'Everybody goes through this session in their own time.');
  }
  if (type !== 'arrive' && type !== 'correct' && it.status === 'running' && !isPresent(it, person)) {
    return refused('not-here', 'Join the session first.');
  }
  return null;
}
