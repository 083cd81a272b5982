import { describe, expect, test } from 'vitest';
import type { SessionEvent } from '#domain/facilitation/event.ts';
import { foldAll } from '#domain/facilitation/fold.ts';
import { agendaOf } from '#domain/facilitation/meetings.ts';
import type { LiveSession } from '#protocol/views/facilitation.ts';
import { refuseEarly } from './refuse-early.ts';

const nine = Date.parse('2026-04-13T07:00:00Z');
const ana = { person: 'ana', mayWrite: true };
const ben = { person: 'ben', mayWrite: true };

function live(more: readonly SessionEvent[] = []): LiveSession {
  const actor = { person: 'ana', via: 'session' } as const;
  const say = (type: string, data: unknown): SessionEvent =>
    ({ type, data, at: nine, actor }) as unknown as SessionEvent;
  const place = { team: null, board: null, ritual: null, occurrence: null, period: null };
  const folded = foldAll([
    say('planned', {
      ...{ kind: 'quarterly-close', title: 'Close', stages: agendaOf('quarterly-close'), ...place },
      ...{ plannedAt: nine, facilitator: 'ana' },
    }),
    say('arrived', { person: 'ana', mayVote: true }),
    say('arrived', { person: 'ben', mayVote: true }),
    say('started', {}),
    say('stage-entered', { stage: 'pulse' }),
    say('timer-started', { endsAt: nine + 60_000, totalMs: 60_000, label: 'Pulse' }),
    ...more,
  ]);
  if (folded === null) throw new Error('Nothing was folded.');
  return { ...folded, id: 'close', ratings: [], takeOver: [], serverTime: nine };
}

const ballot = (votes: number, named = false): readonly SessionEvent[] => {
  const by = { at: nine, actor: { person: 'ana', via: 'session' } } as const;
  return [
    {
      type: 'ballot-opened',
      data: {
        ...{ id: 'b', secret: true, named, voters: ['ana', 'ben', 'bea'] },
        items: [{ id: 'k', title: 'Ship it', owner: 'ben' }],
      },
      ...by,
    },
    { type: 'vote-counted', data: { ballot: 'b', item: 'k', votes }, ...by },
  ];
};

describe('pressing a button', () => {
  test('[SN37] a reveal is off while fewer than three have voted, and says why', () => {
    const reveal = { type: 'reveal', item: 'k' } as const;
    expect(refuseEarly(live(ballot(2)), reveal, ana, nine)).toContain('2 of 3 have voted');
    expect(refuseEarly(live(ballot(3)), reveal, ana, nine)).toBeNull();
  });

  test('[SN37] [SN58] a private vote can be revealed from the first one on', () => {
    const reveal = { type: 'reveal', item: 'k' } as const;
    expect(refuseEarly(live(ballot(0, true)), reveal, ana, nine)).toContain('Nobody has voted');
    expect(refuseEarly(live(ballot(1, true)), reveal, ana, nine)).toBeNull();
  });

  test('[SN37] only who leads may move the room; an observer takes no part', () => {
    expect(refuseEarly(live(), { type: 'next' }, ben, nine)).toContain('Only who leads');
    expect(refuseEarly(live(), { type: 'next' }, ana, nine)).toBeNull();
    const park = { type: 'park', id: 'p', title: 'x' } as const;
    expect(refuseEarly(live(), park, { person: 'ben', mayWrite: false }, nine)).toContain('watch');
  });

  test('[SN37] no minute is taken from a timer that has less, nor a section taken out in which the room was', () => {
    expect(refuseEarly(live(), { type: 'add-time', ms: -60_000 }, ana, nine)).toContain('10 seconds');
    expect(refuseEarly(live(), { type: 'add-time', ms: 60_000 }, ana, nine + 0.25)).toBeNull();
    expect(refuseEarly(live(), { type: 'remove', stage: 'pulse' }, ana, nine)).toContain('skip it');
    expect(refuseEarly(live(), { type: 'remove', stage: 'causes' }, ana, nine)).toBeNull();
  });

  test('[SN37] what is still being typed, and what only the server knows, disables nothing', () => {
    expect(refuseEarly(live(), { type: 'park', id: 'p', title: '' }, ana, nine)).toBeNull();
    expect(refuseEarly(live(), { type: 'end', leaveOpen: false }, ana, nine)).toBeNull();
    for (const type of ['park', 'insert', 'settle-parked', 'produce', 'rate', 'vote'] as const) {
      expect([type, refuseEarly(live(ballot(1)), { type }, ana, nine)]).toEqual([type, null]);
    }
  });
});
