import { describe, expect, test } from 'vitest';
import { daysSlipped, easedBy } from '../../src/domain/commitment/check-terms.ts';
import { defaultSettings } from '../../src/domain/commitment/settings.ts';
import { decisionToWrite } from '../../src/domain/commitment/decide-rescope.ts';
import { frozenFrom } from '../../src/domain/commitment/freeze.ts';
import { after, answer, ask, committed, contextFor, offer, on, signups, terms } from './situations.ts';

const may = on('2026-05-01');
const standard = { depth: 'standard' } as const;
const smaller = (target: number) => ({ measures: [{ ...signups, target }] });
const rescope = (change: object, more: object = {}) =>
  ({ type: 'rescope', change, reason: 'external-fact', text: 'the supplier closed', ...more }) as const;

describe('changing a promise', () => {
  test('[CM16] needs a reason code and a sentence, and says what was eased and how far it slipped', () => {
    const change = { due: '2026-07-03', ...smaller(180) };
    expect(answer(ask(committed(), 'ben', rescope(change, { text: '' }), may))).toBe('reason-missing');
    expect(answer(ask(committed(), 'ben', rescope(change, { reason: 'correction' }), may))).toBe(
      'reason-missing',
    );
    expect(answer(ask(committed(), 'ben', rescope({ due: terms.due }), may))).toBe('nothing-changed');
    expect(answer(ask(committed(), 'ana', rescope(change), may))).toBe('not-yours');
    const it = after(
      committed(),
      'ben',
      rescope({ ...change, measures: [...change.measures, terms.measures[1]] }),
      may,
    );
    expect(it.versions[1]).toMatchObject({ number: 2, at: may, by: 'ben', easedBy: 0.2, daysSlipped: 7 });
    expect(it.versions[0]?.terms.measures[0]?.target).toBe(200);
  });

  test('[CM16] easing counts by direction; tightening and a kept measure count as none', () => {
    const down = { ...signups, baseline: 50, target: 10 };
    const with_ = (measure: object) => ({ ...terms, measures: [{ ...signups, ...measure }] });
    expect(easedBy(with_(down), with_({ ...down, target: 20 }))).toBe(0.25);
    expect(easedBy(with_(down), with_({ ...down, target: 5 }))).toBe(0);
    expect(easedBy(with_(down), { ...terms, measures: [] })).toBe(1);
    expect(easedBy(with_({ baseline: 5, target: 5 }), with_({ baseline: 5, target: 4 }))).toBe(0);
    expect(daysSlipped(terms, { ...terms, due: '2026-06-01' })).toBe(0);
  });

  test('[CM17] standard: more than 10 % or a week needs a decision', () => {
    const both = (target: number) => ({ measures: [{ ...signups, target }, terms.measures[1]] });
    expect(answer(ask(committed(), 'ben', rescope(both(190)), may, standard))).toBe('allowed');
    expect(answer(ask(committed(), 'ben', rescope(both(189)), may, standard))).toBe('decision-missing');
    expect(answer(ask(committed(), 'ben', rescope({ due: '2026-07-03' }), may, standard))).toBe('allowed');
    expect(answer(ask(committed(), 'ben', rescope({ due: '2026-07-04' }), may, standard))).toBe(
      'decision-missing',
    );
    expect(answer(ask(committed(), 'ben', rescope({ due: '2026-07-04' }), may))).toBe('allowed');
    const decided = rescope({ due: '2026-07-04' }, { decision: 'Ana: the fair moved' });
    expect(answer(ask(committed(), 'ben', decided, may, standard))).toBe('allowed');
  });

  test('[CM17][CM50] standard: past the freeze every change needs one', () => {
    const period = { id: 'q2', label: 'Q2', start: '2026-04-01', end: '2026-06-30' };
    const half = { ...defaultSettings, freezeAfterShare: 0.5 };
    const frozen = { ...standard, period, settings: half };
    const change = rescope({ why: 'other words' });
    // 91 days: half of them have passed with 16 May.
    expect(answer(ask(committed(), 'ben', change, on('2026-05-16', '23:59'), frozen))).toBe('allowed');
    const refused = ask(committed(), 'ben', change, on('2026-05-17', '00:00'), frozen);
    expect(refused).toMatchObject({
      refusal: {
        code: 'decision-missing',
        message: 'The plan is frozen since Sun 17 May: name the decision it rests on.',
      },
    });
    const decided = rescope({ why: 'other words' }, { decision: 'Ana: said otherwise' });
    const late = on('2026-06-01');
    expect(answer(ask(committed(), 'ben', decided, late, frozen))).toBe('allowed');
    // In the light depth the decision is written from the reason.
    const light = { ...frozen, depth: 'light' } as const;
    expect(answer(ask(committed(), 'ben', change, late, light))).toBe('allowed');
    const asked = { at: late, context: contextFor('ben', light) };
    expect(decisionToWrite(committed(), change, asked)).toMatchObject({ rationale: change.text });
  });

  test('[CM50] there is none by default, without a period, and for a promise for the week', () => {
    const period = { start: '2026-04-01', end: '2026-06-30' };
    const share = (freezeAfterShare: number) => ({ freezeAfterShare });
    expect(frozenFrom({ horizon: 'quarter' }, period, defaultSettings)).toBeNull();
    expect(frozenFrom({ horizon: 'quarter' }, period, share(0.5))).toBe('2026-05-17');
    expect(frozenFrom({ horizon: 'quarter' }, period, share(0))).toBe('2026-04-01');
    expect(frozenFrom({ horizon: 'quarter' }, null, share(0.5))).toBeNull();
    expect(frozenFrom({ horizon: 'week' }, period, share(0.5))).toBeNull();
  });

  test('[CM18] with a sponsor both must agree', () => {
    const it = committed({ sponsor: 'cleo' });
    const asked = after(it, 'ben', rescope({ due: '2026-07-01' }), may);
    expect(asked).toMatchObject({ pending: { ownerAgreed: true, sponsorAgreed: false } });
    expect(asked.versions).toHaveLength(1);
    expect(answer(ask(asked, 'ben', { type: 'agree-rescope' }, may))).toBe('not-yours');
    expect(answer(ask(asked, 'ana', { type: 'agree-rescope' }, may))).toBe('not-yours');
    const agreed = after(asked, 'cleo', { type: 'agree-rescope' }, may);
    expect(agreed).toMatchObject({ pending: null, versions: [{ number: 1 }, { number: 2, daysSlipped: 5 }] });
    const refused = after(asked, 'cleo', { type: 'refuse-rescope', reason: 'the fair is in June' }, may);
    expect(refused).toMatchObject({ pending: null, versions: [{ number: 1 }] });
  });

  test('[CM19] a later commit makes a pending change that needs the owner and a reason', () => {
    const later = { type: 'offer', ...offer, terms: { ...terms, due: '2026-07-01' } } as const;
    const asked = after(committed(), 'ana', later, may);
    expect(asked).toMatchObject({ status: 'committed', pending: { ownerAgreed: false, reason: null } });
    expect(asked.versions).toHaveLength(1);
    expect(ask(asked, 'ana', later, may)).toEqual({ ok: true, value: [] });
    expect(answer(ask(asked, 'ben', { type: 'agree-rescope' }, may))).toBe('reason-missing');
    const agreed = after(
      asked,
      'ben',
      { type: 'agree-rescope', reason: 'learning', text: 'it takes longer' },
      may,
    );
    expect(agreed).toMatchObject({
      pending: null,
      versions: [{ number: 1 }, { number: 2, reason: 'learning' }],
    });
    const back = after(asked, 'ana', { ...later, terms: { ...later.terms, due: terms.due } }, may);
    expect(back.pending).toBeNull();
  });

  test('[CM19] a later commit hands over to another owner only when he takes it', () => {
    const later = {
      type: 'offer',
      ...offer,
      owner: 'bea',
      terms: committed().versions[0]?.terms ?? terms,
    } as const;
    const asked = after(committed(), 'ana', later, may);
    expect(asked).toMatchObject({ owner: 'ben', pending: null, handover: { to: 'bea' } });
    expect(ask(asked, 'ana', later, may)).toEqual({ ok: true, value: [] });
  });

  test('[CM19] a change made here is not undone by a card nobody touched, nor by an emptied field', () => {
    const changed = after(committed(), 'ben', rescope({ due: '2026-07-01' }), may);
    expect(ask(changed, 'ana', { type: 'offer', ...offer }, may)).toEqual({ ok: true, value: [] });
    const undated = { ...terms, due: null, doneMeans: ' ' };
    const noted = after(changed, 'ana', { type: 'offer', ...offer, terms: undated }, may);
    expect(noted).toMatchObject({
      pending: null,
      offered: { due: null },
      versions: [{}, { terms: { due: '2026-07-01' } }],
    });
  });

  test('[CM43] every fault is named by its field', () => {
    const bad = {
      ...{ statement: '', due: 'tomorrow', weight: 11 },
      measures: [signups, { ...signups, target: Number.POSITIVE_INFINITY, due: '2026-13-01' }],
    };
    const outcome = ask(committed(), 'ben', rescope(bad), may);
    expect(outcome.ok ? [] : outcome.refusal.faults?.map(({ path }) => path)).toEqual([
      'change.statement',
      'change.due',
      'change.weight',
      'change.measures[1].key',
      'change.measures[1]',
      'change.measures[1].due',
    ]);
  });
});
