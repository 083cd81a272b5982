import { describe, expect, test } from 'vitest';
import type { SessionCommand } from '../../src/domain/facilitation/command.ts';
import { minutesFrom } from '../../src/domain/facilitation/minutes.ts';
import { mostGuests, mostParkedByGuest } from '../../src/domain/facilitation/guests.ts';
import { code, running, stageOf, type GuestId, type Name, type Room } from './room.ts';

const items = [{ id: 'k', title: 'Shall we ship?', owner: null }];
const open = (more: object = {}): SessionCommand => ({ type: 'open-ballot', id: 'b', items, ...more });
const join = (guest: string, name: string): SessionCommand => ({ type: 'join-as-guest', guest, name });
const letIn: SessionCommand = { type: 'let-guests-in' };

/** A meeting led by Ana, with guests in it. */
function withGuests(
  people: readonly Name[] = ['ana', 'ben', 'bea'],
  guests: readonly GuestId[] = ['gil'],
  more: Parameters<typeof stageOf>[2] = {},
): Room {
  const room = running(people, [stageOf('a', 10, more), stageOf('b', 10)]).do('ana', letIn);
  for (const guest of guests) room.do(null, join(guest, guest.toUpperCase())).do(guest, { type: 'arrive' });
  return room;
}

describe('the door for guests', () => {
  test('[SN66] who leads opens and shuts it, of a session that is held together', () => {
    const room = running(['ana', 'ben']);
    expect(code(room.ask(null, join('gil', 'Gil')))).toBe('not-yours');
    for (const type of ['let-guests-in', 'shut-guests-out'] as const)
      expect(code(room.ask('ben', { type }))).toBe('not-yours');
    room.do('ana', letIn).do(null, join('gil', 'Gil')).do('gil', { type: 'arrive' });
    room.do('ana', { type: 'shut-guests-out' });
    expect(code(room.ask(null, join('gus', 'Gus')))).toBe('not-yours');
    expect(room.state.people['gil']?.visits.at(-1)?.to).toBe(room.now);
    // Opened again it is for whoever comes anew.
    room.do('ana', letIn);
    expect(code(room.ask('gil', { type: 'arrive' }))).toBe('not-yours');
    expect(code(room.ask(null, join('gus', 'Gus')))).toBe('allowed');
    room.do('ana', { type: 'end', leaveOpen: true });
    expect(room.state.guests?.open).toBe(false);
    expect(code(room.ask('gus', { type: 'arrive' }))).toBe('not-yours');
    const own = running(['ana']);
    own.events = own.events.map((it) =>
      it.type === 'planned' ? { ...it, data: { ...it.data, window: 24 } } : it,
    );
    expect(code(own.ask('ana', letIn))).toBe('wrong-state');
  });

  test('[SN67] a name is a line of letters, no other guest’s who is here; fifty fit', () => {
    const room = withGuests();
    for (const name of [
      '',
      '   ',
      'x'.repeat(61),
      'Kim\u202eyna',
      '=1+1',
      '[Kim](http://kim.test)',
      '<b>Kim',
    ])
      expect(code(room.ask(null, join('gus', name))), name).toBe('invalid');
    expect(code(room.ask(null, join('gus', ' gil ')))).toBe('invalid');
    // Nobody of the organisation comes in twice.
    expect(code(room.ask('ben', join('gus', 'Gus')))).toBe('not-yours');
    for (let n = 1; n < mostGuests; n += 1) room.do(null, join(`g${n}`, `Guest ${n}`));
    expect(code(room.ask(null, join('gus', 'Gus')))).toBe('wrong-state');
    room.do('ana', { type: 'send-guest-away', guest: 'g1' });
    expect(code(room.ask(null, join('gus', '  Gus   of Acme ')))).toBe('allowed');
    expect(room.state.guests?.all.at(-1)).toEqual({ id: 'gus', name: 'Gus of Acme' });
  });

  test('[SN68] a guest votes, parks and rates, and is refused everything else', () => {
    const room = withGuests(['ana', 'ben', 'bea'], ['gil']);
    const refusedAll: readonly SessionCommand[] = [
      ...([
        { type: 'start' },
        { type: 'next' },
        { type: 'pause-timer' },
        { type: 'take-over' },
        letIn,
      ] as const),
      ...([{ type: 'shut-guests-out' }, { type: 'take-spotlight' }, { type: 'call-off' }] as const),
      { type: 'send-guest-away', guest: 'gil' },
      { type: 'produce', stage: 'a', output: null, text: 'Mine' },
      { type: 'correct', text: 'Mine' },
      { type: 'add-facilitator', person: 'gil' },
      { type: 'end', leaveOpen: true },
      { type: 'tick-none', stage: 'a', output: 'rating', none: true },
      { type: 'agree-score', item: 'k', value: 1 },
      open({ openVote: true }),
      join('gus', 'Gus'),
    ];
    for (const command of refusedAll) expect(code(room.ask('gil', command)), command.type).toBe('not-yours');
    room.do('gil', { type: 'park', id: 'p', title: 'The budget' }).do('gil', { type: 'rate', value: 7 });
    expect(room.state.parking).toMatchObject([{ title: 'The budget', by: 'gil' }]);
    expect(code(room.ask('gil', { type: 'settle-parked', id: 'p', how: 'dropped', text: 'no' }))).toBe(
      'not-yours',
    );
    const origin = { kind: 'commitment', id: 'c' };
    expect(code(room.ask('gil', { type: 'park', id: 'q', title: 'x', origin }))).toBe('not-yours');
    expect(room.state.ratings).toEqual({ gil: 7 });
    // Nobody of the organisation did it.
    expect(room.events.filter(({ actor }) => actor.person === 'gil')).toEqual([]);
    for (let n = 1; n < mostParkedByGuest; n += 1)
      room.do('gil', { type: 'park', id: `p${n}`, title: 'More' });
    expect(code(room.ask('gil', { type: 'park', id: 'last', title: 'x' }))).toBe('invalid');
  });

  test('[SN68] what a section takes it takes from guests, too', () => {
    const talk = withGuests(['ana'], ['gil'], { allows: 'talk' });
    expect(code(talk.ask('gil', { type: 'park', id: 'p', title: 'x' }))).toBe('input-not-here');
    const raise = withGuests(['ana'], ['gil'], { allows: 'raise' });
    expect(code(raise.ask('gil', { type: 'park', id: 'p', title: 'x' }))).toBe('allowed');
    expect(code(raise.ask('gil', { type: 'rate', value: 5 }))).toBe('input-not-here');
  });

  test('[SN68] a guest leads nothing, and guests alone hold no meeting', () => {
    const room = withGuests(['ana'], ['gil']);
    expect(code(room.ask('ana', { type: 'add-facilitator', person: 'gil' }))).toBe('invalid');
    const heard = room.now;
    room.later(5 * 60_000).do(null, { type: 'tick' }, { lastSeen: { ana: heard, gil: room.now } });
    expect(code(room.ask('gil', { type: 'take-over' }))).toBe('not-yours');
    room.later(72 * 3_600_000).do(null, { type: 'tick' }, { lastSeen: { gil: room.now } });
    expect(room.state).toMatchObject({ status: 'ended', endedByClock: true });
  });
});

describe('votes of guests', () => {
  test('[SN69] who is here when it opens has a vote; who comes with the code later has none', () => {
    const room = withGuests(['ana', 'ben'], ['gil']).do('ana', open({ openVote: true, scale: 'yes-no' }));
    room.do(null, join('gus', 'Gus')).do('gus', { type: 'arrive' });
    expect(room.state.ballots[0]?.voters).toEqual(['ana', 'ben', 'gil']);
    expect(code(room.ask('gus', { type: 'vote', item: 'k', value: 1 }))).toBe('not-yours');
    room.do('gil', { type: 'vote', item: 'k', value: 1 });
    expect(room.state.ballots[0]?.items[0]?.named).toEqual({ gil: 1 });
    room.do('ana', { type: 'send-guest-away', guest: 'gil' });
    expect(code(room.ask('gil', { type: 'vote', item: 'k', value: 0 }))).toBe('not-yours');
  });

  test('[SN69] [SN10] without names three members are needed, at the opening and at the reveal', () => {
    expect(code(withGuests(['ana', 'ben'], ['gil', 'gus']).ask('ana', open()))).toBe('too-few-voters');
    const room = withGuests(['ana', 'ben', 'bea'], ['gil']).do('ana', open());
    for (const name of ['ana', 'ben', 'gil'] as const) room.do(name, { type: 'vote', item: 'k', value: 5 });
    const reveal: SessionCommand = { type: 'reveal', item: 'k' };
    expect(code(room.ask('ana', reveal, { hiddenOfGuests: 1 }))).toBe('too-few-votes');
    room.do('bea', { type: 'vote', item: 'k', value: 9 });
    room.do('ana', reveal, { hiddenOfGuests: 1 });
    expect(room.state.ballots[0]?.items[0]?.values).toEqual([5, 5, 5, 9]);
    expect(JSON.stringify(room.events.filter(({ type }) => type === 'vote-counted'))).not.toContain('gil');
  });

  test('[SN71] minutes name guests as such, also one that was sent away', () => {
    const room = withGuests(['ana', 'ben'], ['gil']).later(60_000);
    room
      .do('ana', { type: 'send-guest-away', guest: 'gil' })
      .do('ana', { type: 'send-guest-away', guest: 'gil' });
    const minutes = minutesFrom(room.events, room.now);
    expect(minutes?.guests).toEqual([['gil', 'GIL (guest)']]);
    expect(minutes?.attendance.find(({ person }) => person === 'gil')).toMatchObject({ presentMs: 60_000 });
    expect(code(room.ask('ben', { type: 'send-guest-away', guest: 'gil' }))).toBe('not-yours');
    expect(code(room.ask('ana', { type: 'send-guest-away', guest: 'ben' }))).toBe('invalid');
  });
});
