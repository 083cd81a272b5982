import { describe, expect, test } from 'vitest';
import type { Commitment } from '../../src/domain/commitment/commitment.ts';
import { decide } from '../../src/domain/commitment/decide.ts';
import { displayState } from '../../src/domain/commitment/display.ts';
import { movesFor } from '../../src/domain/commitment/moves.ts';
import {
  after,
  answer,
  asIn,
  ask,
  by,
  committed,
  contextFor,
  done,
  offer,
  on,
  planningDay,
  proposed,
  signups,
  terms,
} from './situations.ts';

const accept = { type: 'accept', confidence: null } as const;

describe('a commit proposes', () => {
  test('[CM1] with the offered values, and asking twice changes nothing', () => {
    const it = proposed();
    expect(it).toMatchObject({ status: 'proposed', owner: 'ben', team: 'red', offered: terms, versions: [] });
    expect(ask(it, 'ana', { type: 'offer', ...offer }, on('2026-04-02'))).toEqual({ ok: true, value: [] });
    const reordered = { ...terms, measures: [...terms.measures].reverse() };
    expect(ask(it, 'ana', { type: 'offer', ...offer, terms: reordered }, planningDay)).toEqual({
      ok: true,
      value: [],
    });
  });

  test('[CM1] other values, or another owner, ask anew', () => {
    const changed = after(proposed(), 'ana', { type: 'offer', ...offer, owner: 'bea' }, on('2026-04-02'));
    expect(changed).toMatchObject({ status: 'proposed', owner: 'bea', offeredAt: on('2026-04-02') });
    const declined = after(proposed(), 'ben', { type: 'decline', reason: 'no room' }, planningDay);
    expect(answer(ask(declined, 'ana', { type: 'offer', ...offer }, on('2026-04-02')))).toBe('allowed');
    expect(after(declined, 'ana', { type: 'offer', ...offer }, on('2026-04-02')).status).toBe('declined');
    const smaller = { ...terms, weight: 1 };
    expect(after(declined, 'ana', { type: 'offer', ...offer, terms: smaller }, on('2026-04-02')).status).toBe(
      'proposed',
    );
  });

  test('[CM2] only a member, and never without a statement', () => {
    expect(answer(ask(null, 'finn', { type: 'offer', ...offer }, planningDay))).toBe('not-yours');
    const empty = { ...offer, terms: { ...terms, statement: ' ' } };
    expect(answer(ask(null, 'ana', { type: 'offer', ...empty }, planningDay))).toBe('invalid');
  });
});

describe('accepting', () => {
  test.each(['ana', 'bea', 'cleo', 'olga', 'finn'])('[CM3] only the owner accepts, not %s', (person) => {
    expect(answer(ask(proposed(), person, accept, planningDay))).toBe('not-yours');
  });

  test('[CM3] nobody accepts what nobody owns', () => {
    expect(answer(ask(proposed({ owner: null }), 'ana', accept, planningDay))).toBe('no-owner');
  });

  test('[CM3] a delegate accepts only when named, and says for whom', () => {
    const named = after(proposed(), 'ben', { type: 'name-delegate', person: 'bea' }, planningDay);
    expect(answer(ask(named, 'bea', accept, planningDay))).toBe('not-yours');
    const actor = { person: 'bea', onBehalfOf: 'ben', via: 'web' } as const;
    expect(decideAs(named, actor)).toBe('allowed');
    expect(decideAs(proposed(), actor)).toBe('not-delegate');
    const naming = { type: 'name-delegate', person: 'dan' } as const;
    expect(answer(decide(named, naming, actor, planningDay, contextFor('bea')))).toBe('not-yours');
    expect(movesFor(named, actor, planningDay, contextFor('bea'))).not.toContain('name-delegate');
    expect(movesFor(named, by('ben'), planningDay, contextFor('ben'))).toContain('name-delegate');
  });

  test('[CM4] freezes version 1', () => {
    const it = committed();
    expect(it.versions).toEqual([
      expect.objectContaining({
        number: 1,
        by: 'ben',
        reason: null,
        terms: expect.objectContaining({ due: terms.due }),
      }),
    ]);
    const later = after(
      it,
      'ben',
      { type: 'rescope', change: { due: '2026-06-29' }, reason: 'learning', text: 'more work' },
      on('2026-05-01'),
    );
    expect(later.versions[0]).toEqual(it.versions[0]);
    expect(later.versions[1]).toMatchObject({ number: 2, daysSlipped: 3, reason: 'learning' });
  });

  test('[CM5] light: due and team, what done means comes from the measures', () => {
    expect(committed().versions[0]?.terms.doneMeans).toBe('Sign-ups a week: 200; Launched');
    expect(answer(ask(proposed({ terms: { ...terms, due: null } }), 'ben', accept, planningDay))).toBe(
      'due-missing',
    );
    expect(answer(ask(proposed({ team: null }), 'ben', accept, planningDay))).toBe('no-team');
    expect(answer(ask(proposed(), 'ben', { ...accept, confidence: 101 }, planningDay))).toBe(
      'confidence-missing',
    );
    expect(answer(ask(proposed(), 'ben', accept, planningDay))).toBe('allowed');
  });

  test('[CM51] standard: a yes names the plan period it counts for, once', () => {
    const standard = { depth: 'standard' } as const;
    const bare = proposed({ source: { ...offer.source, period: null } });
    const yes = (period?: string) => ({
      ...({ type: 'accept', confidence: 70 } as const),
      fill: { doneMeans: 'dashboard says so', ...(period === undefined ? {} : { period }) },
    });
    const refusal = ask(bare, 'ben', yes(), planningDay, standard);
    expect(refusal).toMatchObject({ refusal: { code: 'period-missing', path: 'period' } });
    expect(after(bare, 'ben', yes('q3'), planningDay, standard).source.period).toBe('q3');
    // Its board has one by now: nothing is asked, and it is kept with the promise.
    const q2 = { id: 'q2', label: 'Q2', start: '2026-04-01', end: '2026-06-30' };
    const onBoard = { ...standard, period: q2 };
    expect(after(bare, 'ben', yes(), planningDay, onBoard).source.period).toBe('q2');
    expect(answer(ask(bare, 'ben', yes('q3'), planningDay, onBoard))).toBe('invalid');
    expect(answer(ask(proposed(), 'ben', yes('q3'), planningDay, standard))).toBe('invalid');
    expect(after(proposed(), 'ben', yes(), planningDay, standard).source.period).toBe('q2');
    // Light asks for none, and so does a promise for a week.
    expect(after(bare, 'ben', yes(), planningDay).source.period).toBeNull();
    const week = proposed({
      source: { ...offer.source, period: null },
      terms: { ...terms, horizon: 'week', doneMeans: '' },
    });
    expect(answer(ask(week, 'ben', { type: 'accept', confidence: null }, planningDay, standard))).toBe(
      'allowed',
    );
  });

  test('[CM6] standard: confidence, baselines, capacity, needs asked', () => {
    const standard = { depth: 'standard', capacity: 'tight' } as const;
    const full = { ...accept, confidence: 70, fill: { doneMeans: 'dashboard says so' } };
    const need = { key: 'n1', what: 'an API', status: 'draft', hard: true, needsChoice: false };
    const bare = proposed({ terms: { ...terms, measures: [{ ...signups, baseline: null }] } });
    expect(answer(ask(proposed(), 'ben', { ...full, confidence: null }, planningDay, standard))).toBe(
      'confidence-missing',
    );
    expect(answer(ask(proposed(), 'ben', { ...accept, confidence: 70 }, planningDay, standard))).toBe(
      'done-means-missing',
    );
    expect(answer(ask(bare, 'ben', full, planningDay, standard))).toBe('baseline-missing');
    expect(answer(ask(proposed(), 'ben', full, planningDay, { ...standard, capacity: 'exceeds' }))).toBe(
      'capacity-exceeded',
    );
    expect(answer(ask(proposed(), 'ben', full, planningDay, { ...standard, needs: [need] }))).toBe(
      'need-not-asked',
    );
    const asked = { ...standard, needs: [{ ...need, status: 'requested' }] };
    expect(answer(ask(proposed(), 'ben', full, planningDay, asked))).toBe('allowed');
    const withBaseline = after(
      bare,
      'ben',
      { ...full, fill: { doneMeans: 'x', baselines: { m1: 90 } } },
      planningDay,
      standard,
    );
    expect(withBaseline.versions[0]?.terms.measures[0]?.baseline).toBe(90);
  });

  test('[CM7] fills in only what the offer left empty', () => {
    const other = { ...accept, fill: { due: '2026-06-01', baselines: { m1: 5, none: 1 } } };
    const outcome = ask(proposed(), 'ben', other, planningDay);
    expect(outcome.ok ? [] : outcome.refusal.faults?.map(({ path }) => path)).toEqual([
      'due',
      'baselines.m1',
      'baselines.none',
    ]);
    const undated = proposed({ terms: { ...terms, due: null } });
    expect(
      after(undated, 'ben', { ...accept, fill: { due: '2026-06-01' } }, planningDay).versions[0]?.terms.due,
    ).toBe('2026-06-01');
  });

  test('[CM8] a due whose grace has passed cannot be accepted', () => {
    expect(answer(ask(proposed(), 'ben', accept, on('2026-06-30', '23:59')))).toBe('allowed');
    expect(answer(ask(proposed(), 'ben', accept, on('2026-07-01', '00:00')))).toBe('due-passed');
  });
});

describe('another answer', () => {
  test('[CM9] a proposed change goes to the lead, and the owner still accepts', () => {
    const countered = after(
      proposed(),
      'ben',
      { type: 'propose-change', change: { due: '2026-07-10' }, text: 'holidays' },
      planningDay,
    );
    expect(answer(ask(countered, 'ben', { type: 'agree-change' }, planningDay))).toBe('not-yours');
    expect(answer(ask(proposed(), 'ana', { type: 'agree-change' }, planningDay))).toBe('wrong-state');
    const agreed = asIn(after(countered, 'ana', { type: 'agree-change' }, on('2026-04-02')), 'proposed');
    expect(agreed).toMatchObject({
      counter: null,
      offered: { due: '2026-07-10' },
      offeredAt: on('2026-04-02'),
    });
    const refused = after(
      countered,
      'ana',
      { type: 'refuse-change', reason: 'the fair is in June' },
      planningDay,
    );
    expect(refused).toMatchObject({ status: 'proposed', counter: null, offered: { due: terms.due } });
  });

  test('[CM10] declining and parking need a reason, from owner or lead', () => {
    for (const type of ['decline', 'park'] as const) {
      expect(answer(ask(proposed(), 'ben', { type, reason: ' ' }, planningDay))).toBe('reason-missing');
      expect(answer(ask(proposed(), 'cleo', { type, reason: 'no' }, planningDay))).toBe('not-yours');
      const ended = after(proposed(), 'ana', { type, reason: 'no room' }, planningDay);
      expect(ended).toMatchObject({ ended: { by: 'ana', reason: 'no room' } });
    }
  });

  test('[CM11] five business days unanswered shows not accepted', () => {
    const shown = (at: number) => displayState(proposed(), [], at, contextFor('ben'));
    expect([shown(on('2026-04-08', '11:59')), shown(on('2026-04-08'))]).toEqual(['proposed', 'not-accepted']);
  });

  test('[CM11] at the close the clock declines it as never accepted', () => {
    const closes = { periodClosesAt: on('2026-07-03') };
    expect(answer(ask(proposed(), 'ben', accept, on('2026-07-04'), closes))).toBe('wrong-state');
    const ended = after(proposed(), 'olga', { type: 'offer', ...offer }, on('2026-07-04'), closes);
    expect(ended).toMatchObject({
      status: 'declined',
      ended: { by: null, reason: 'never accepted', at: on('2026-07-03') },
    });
    expect(after(committed(), 'ben', done, on('2026-06-20'), closes).status).toBe('done');
  });
});

function decideAs(it: Commitment, actor: { person: string; onBehalfOf: string; via: 'web' }): string {
  return answer(decide(it, accept, actor, planningDay, contextFor(actor.person)));
}
