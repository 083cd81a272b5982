import { describe, expect, test } from 'vitest';
import {
  flagsOf,
  isCovered,
  needsChoice,
  noticeDays,
  promisedFor,
  timingOf,
} from '../../src/domain/dependency/flags.ts';
import { wordFor } from '../../src/domain/dependency/words.ts';
import {
  agree,
  agreed,
  answer,
  asIn,
  asked,
  contextOf,
  counterOffer,
  countered,
  declined,
  delivered,
  draft,
  drawn,
  move,
  moved,
  save,
} from './asks.ts';
import { on, planningDay, standing, zone } from './situations.ts';

const may = on('2026-05-04');
const flags = (it: Parameters<typeof flagsOf>[0], at: number) => flagsOf(it, at, contextOf(null));

describe('asking', () => {
  test('[DP1] anybody who plans draws, only the asking side sends', () => {
    expect(answer(move(null, 'finn', save, planningDay))).toBe('not-yours');
    for (const person of ['dan', 'cleo', 'bea', 'olga']) {
      expect(answer(move(drawn(), person, { type: 'send' }, planningDay))).toBe('not-yours');
    }
    for (const person of ['ben', 'ana']) {
      expect(answer(move(drawn(), person, { type: 'send' }, planningDay))).toBe('allowed');
    }
    const nowhere = { ...save, providerTeam: null };
    expect(answer(move(null, 'ben', nowhere, planningDay))).toBe('provider-missing');
    expect(answer(move(null, 'ben', { ...save, ask: { ...draft.ask, what: ' ' } }, planningDay))).toBe(
      'invalid',
    );
    expect(move(drawn(), 'dan', save, planningDay)).toEqual({ ok: true, value: [] });
  });

  test('[DP2] the providing team answers: lead, or anybody there when it has none', () => {
    for (const person of ['ben', 'ana', 'olga', 'dan', 'finn']) {
      expect(answer(move(asked(), person, agree, planningDay))).toBe('not-yours');
    }
    expect(answer(move(asked(), 'cleo', agree, planningDay))).toBe('allowed');
    const leaderless = { standing: standing('dan', 'member', [], ['blue'], ['blue']) };
    expect(answer(move(asked(), 'dan', agree, planningDay, leaderless))).toBe('allowed');
    expect(answer(move(agreed(), 'dan', { type: 'deliver', evidence: 'merged' }, may))).toBe('allowed');
  });

  test('[DP3] unanswered after five business days, or after the session; still asked', () => {
    const it = asked();
    expect(flags(it, on('2026-04-08', '11:59'))).toEqual([]);
    expect(flags(it, on('2026-04-08', '12:00'))).toEqual(['unanswered']);
    expect(it.status).toBe('requested');
    const inSession = moved(drawn(), 'ben', { type: 'send' }, planningDay, {
      sessionEndsAt: on('2026-04-01', '17:00'),
    });
    expect(flags(inSession, on('2026-04-01', '17:00'))).toEqual(['unanswered']);
  });

  test('[DP21] a yes said aloud is a mark only', () => {
    const it = moved(asked(), 'ana', { type: 'say-yes-aloud' }, planningDay);
    expect([it.status, flags(it, planningDay)]).toEqual(['requested', ['said-yes-aloud']]);
  });
});

describe('agreeing', () => {
  test('[DP4] names a person and a day not later than needed', () => {
    expect(answer(move(asked(), 'cleo', { ...agree, date: '2026-05-30' }, planningDay))).toBe(
      'later-than-needed',
    );
    expect(answer(move(asked(), 'cleo', { ...agree, date: '2026-05-29' }, planningDay))).toBe('allowed');
    expect(answer(move(asked(), 'cleo', { ...agree, date: 'May' }, planningDay))).toBe('date-missing');
    expect(agreed()).toMatchObject({
      agreement: { person: 'dan', date: '2026-05-20' },
      provider: { person: 'dan' },
    });
  });

  test('[DP5] a large ask needs a champion out of the providing team', () => {
    const large = moved(
      moved(null, 'ben', { ...save, ask: { ...draft.ask, size: 'large' } }, planningDay),
      'ben',
      { type: 'send' },
      planningDay,
    );
    expect(answer(move(large, 'cleo', { ...agree, person: 'ben' }, planningDay))).toBe('champion-missing');
    expect(answer(move(large, 'cleo', agree, planningDay))).toBe('allowed');
  });

  test('[DP6] a counter-offer is answered by the other side', () => {
    expect(answer(move(asked(), 'cleo', { ...counterOffer, date: null }, planningDay))).toBe('date-missing');
    expect(answer(move(countered(), 'cleo', { type: 'accept-counter' }, may))).toBe('wrong-state');
    const taken = moved(countered(), 'ben', { type: 'accept-counter' }, may);
    expect(taken).toMatchObject({
      status: 'accepted',
      agreement: { person: 'cleo', date: '2026-06-12' },
      ask: { neededBy: '2026-05-29' },
    });
    expect(timingOf(taken, may, zone)).toBe('late');
    const again = moved(countered(), 'ben', { ...counterOffer, date: '2026-06-05', scope: 'read only' }, may);
    expect(again).toMatchObject({
      status: 'requested',
      rounds: 2,
      ask: { neededBy: '2026-06-05', detail: 'read only' },
    });
    expect(moved(countered(), 'ben', { type: 'withdraw' }, may).status).toBe('withdrawn');
  });

  test('[DP7] after three rounds a joint decision is needed', () => {
    const second = moved(countered(), 'ben', { ...counterOffer, date: '2026-06-01' }, may);
    const third = moved(second, 'cleo', { ...counterOffer, date: '2026-06-10' }, may);
    expect([third.rounds, flags(third, may)]).toEqual([3, ['escalated']]);
    expect(answer(move(third, 'ben', counterOffer, may))).toBe('needs-decision');
    expect(answer(move(third, 'ben', { ...counterOffer, decisionId: 'd1' }, may))).toBe('allowed');
    expect(moved(third, 'ben', { type: 'accept-counter' }, may).status).toBe('accepted');
  });

  test('[DP8] no hard ring, and the way round is named', () => {
    const edges = [
      { from: 'interface', to: 'login' },
      { from: 'login', to: 'sign-ups' },
    ];
    const titles = { 'sign-ups': 'Double the sign-ups', interface: 'Interface', login: 'Login' };
    const served = { ...agree, servedBy: 'interface' };
    const outcome = move(asked(), 'cleo', served, planningDay, { edges, titles });
    expect(outcome.ok ? '' : outcome.refusal.message).toContain(
      '"Double the sign-ups" waits for "Interface" waits for "Login" waits for "Double the sign-ups"',
    );
    expect(answer(move(asked(), 'cleo', served, planningDay, { edges: edges.slice(1) }))).toBe('allowed');
    const soft = moved(
      moved(null, 'ben', { ...save, ask: { ...draft.ask, hardness: 'soft' } }, planningDay),
      'ben',
      { type: 'send' },
      planningDay,
    );
    expect(answer(move(soft, 'cleo', served, planningDay, { edges }))).toBe('allowed');
    expect(
      answer(move(agreed(), 'cleo', { type: 'serve-by', servedBy: 'interface' }, planningDay, { edges })),
    ).toBe('ring');
    expect(answer(move(asked(), 'cleo', { ...agree, servedBy: 'sign-ups' }, planningDay))).toBe('ring');
  });
});

describe('a no', () => {
  const renege = { type: 'renege', reason: 'two people left' } as const;
  test('[DP9] needs a reason, and the asking side must choose', () => {
    expect(answer(move(asked(), 'cleo', { type: 'decline', reason: ' ' }, may))).toBe('reason-missing');
    expect(answer(move(agreed(), 'cleo', { ...renege, reason: '' }, may))).toBe('reason-missing');
    const choose = { type: 'choose', choice: 're-plan', text: 'we build it ourselves' } as const;
    for (const it of [declined(), moved(agreed(), 'cleo', renege, may)]) {
      expect([needsChoice(it), flags(it, may)]).toEqual([true, ['needs-choice']]);
      expect(answer(move(it, 'cleo', choose, may))).toBe('not-yours');
      expect(answer(move(it, 'ben', { ...choose, choice: 'own-as-risk' }, may))).toBe('owner-missing');
      const chosen = moved(it, 'ben', choose, may);
      expect([needsChoice(chosen), flags(chosen, may)]).toEqual([false, []]);
      expect(answer(move(chosen, 'ben', choose, may))).toBe('wrong-state');
    }
  });

  test('[DP18] covered: agreed, delivered, or a risk somebody owns', () => {
    const risk = { type: 'own-as-risk', owner: 'ana', text: 'we would launch without' } as const;
    expect([drawn(), asked(), countered(), declined()].map(isCovered)).toEqual([false, false, false, false]);
    expect([agreed(), delivered()].map(isCovered)).toEqual([true, true]);
    for (const it of [asked(), countered(), declined()])
      expect(isCovered(moved(it, 'ben', risk, may))).toBe(true);
    expect(moved(asked(), 'ben', risk, may).status).toBe('requested');
    expect(answer(move(asked(), 'cleo', risk, may))).toBe('not-yours');
    expect(isCovered(moved(declined(), 'ben', { type: 'choose', choice: 're-plan', text: 'x' }, may))).toBe(
      false,
    );
  });
});

describe('delivering', () => {
  test('[DP10] the first flag is the notice', () => {
    const flag = { type: 'flag', date: '2026-05-25', why: 'a review takes long' } as const;
    expect(answer(move(agreed(), 'ben', flag, may))).toBe('not-yours');
    expect(answer(move(agreed(), 'dan', { ...flag, why: '' }, may))).toBe('reason-missing');
    const flagged = moved(agreed(), 'dan', flag, may);
    const again = moved(flagged, 'dan', flag, on('2026-05-15'));
    expect([flags(again, may), noticeDays(again, zone)]).toEqual([['at-risk'], 16]);
    const safe = moved(again, 'dan', { type: 'unflag', why: 'reviewed' }, on('2026-05-16'));
    expect([flags(safe, may), noticeDays(safe, zone), noticeDays(agreed(), zone)]).toEqual([[], 16, null]);
  });

  test('[DP11] needs evidence; the asking side confirms or rejects, the clock only reminds', () => {
    expect(answer(move(agreed(), 'dan', { type: 'deliver', evidence: '' }, may))).toBe('evidence-missing');
    const it = delivered(may);
    expect(answer(move(it, 'cleo', { type: 'confirm' }, may))).toBe('not-yours');
    expect(flags(it, on('2026-05-09', '11:59'))).toEqual([]);
    expect([it.status, flags(it, on('2026-05-09', '12:00'))]).toEqual(['delivered', ['confirm-overdue']]);
    expect(moved(it, 'ben', { type: 'confirm' }, may)).toMatchObject({
      status: 'confirmed',
      deliveredAt: may,
    });
    const rejected = moved(it, 'ben', { type: 'reject', reason: 'no errors handled' }, may);
    expect([rejected.status, flags(rejected, may), wordFor(rejected)]).toEqual([
      'accepted',
      ['reopened'],
      'changed, reconfirm',
    ]);
    expect(answer(move(rejected, 'dan', { type: 'deliver', evidence: 'again' }, may))).toBe('allowed');
  });

  test('[DP12] until another agreement is answered the old one is kept', () => {
    const renegotiate = { type: 'renegotiate', date: '2026-06-20', scope: '' } as const;
    const byProvider = moved(agreed(), 'cleo', renegotiate, may);
    expect([byProvider.status, promisedFor(byProvider)]).toEqual(['countered', '2026-05-20']);
    const upheld = moved(byProvider, 'ben', { type: 'decline', reason: 'the fair is fixed' }, may);
    expect([upheld.status, promisedFor(upheld)]).toEqual(['accepted', '2026-05-20']);
    expect(promisedFor(moved(byProvider, 'ben', { type: 'accept-counter' }, may))).toBe('2026-06-20');
    const byRequester = moved(agreed(), 'ben', renegotiate, may);
    expect(answer(move(byRequester, 'ben', { type: 'accept-counter' }, may))).toBe('wrong-state');
    const taken = asIn(moved(byRequester, 'cleo', { type: 'accept-counter' }, may), 'accepted');
    expect(taken).toMatchObject({
      agreement: { person: 'dan', date: '2026-06-20' },
      ask: { neededBy: '2026-06-20' },
    });
    const back = moved(byRequester, 'cleo', { ...counterOffer, date: '2026-06-25' }, may);
    expect([back.status, promisedFor(back), back.rounds]).toEqual(['countered', '2026-05-20', 2]);
  });

  test('[DP13] a change after the agreement opens it again', () => {
    const changed = { ...save, ask: { ...draft.ask, neededBy: '2026-05-15' } };
    expect(answer(move(agreed(), 'dan', changed, may))).toBe('not-yours');
    expect(answer(move(agreed(), 'olga', changed, may, { committing: true }))).toBe('allowed');
    const opened = moved(agreed(), 'ben', changed, may);
    expect([opened.status, flags(opened, may)]).toEqual(['accepted', ['reopened']]);
    expect(answer(move(opened, 'cleo', agree, may))).toBe('later-than-needed');
    const reconfirmed = moved(opened, 'cleo', { ...agree, date: '2026-05-15' }, may);
    expect([flags(reconfirmed, may), promisedFor(reconfirmed)]).toEqual([[], '2026-05-15']);
    expect(answer(move(agreed(), 'cleo', agree, may))).toBe('wrong-state');
    const whileAsked = moved(countered(), 'ben', changed, may);
    expect(whileAsked).toMatchObject({ status: 'requested', ask: { neededBy: '2026-05-15' } });
  });

  test('[DP14] the asking side lets go at any time before delivery', () => {
    expect(moved(agreed(), 'ben', { type: 'release' }, may).status).toBe('withdrawn');
    expect(moved(drawn(), 'ben', { type: 'withdraw' }, may).status).toBe('withdrawn');
    expect(answer(move(delivered(may), 'ben', { type: 'release' }, may))).toBe('wrong-state');
    expect(answer(move(moved(asked(), 'ben', { type: 'withdraw' }, may), 'ben', save, may))).toBe('allowed');
    const other = { ...save, ask: { ...draft.ask, what: 'something else' } };
    expect(answer(move(moved(asked(), 'ben', { type: 'withdraw' }, may), 'ben', other, may))).toBe(
      'wrong-state',
    );
  });
});
