import { describe, expect, test } from 'vitest';
import { riskFlags } from '../../src/domain/risk/risk-rules.ts';
import { ana, aRisk, ben, cleo, contextAs, day, noon } from './register-acts.ts';

const raised = () => {
  const it = aRisk();
  it.ask({ type: 'raise', title: 'The supplier fails', team: 'red' });
  return it;
};

describe('handling a risk', () => {
  test('[RK1] each state has its facts', () => {
    const it = raised();
    expect(it.it.status).toBe('new');
    expect(it.ask({ type: 'resolve', reason: '' })).toBe('invalid');
    expect(it.ask({ type: 'accept', reason: 'cheap', reviewOn: null })).toBe('invalid');
    expect(it.ask({ type: 'mitigate', plan: ' ' })).toBe('invalid');
    expect(it.ask({ type: 'own', followUp: '2026-04-08' })).toBe('owned');
    expect(it.it).toMatchObject({ owner: 'ana', followUp: '2026-04-08' });
    expect(it.ask({ type: 'mitigate', plan: 'a second supplier', todos: ['call three'] })).toBe('mitigated');
    expect(it.ask({ type: 'accept', reason: 'cheap', reviewOn: '2026-06-01' })).toBe('accepted');
    expect(it.it).toMatchObject({ status: 'accepted', acceptedBy: 'ana', reviewOn: '2026-06-01' });
    expect(it.ask({ type: 'resolve', reason: 'contract signed' })).toBe('resolved');
    expect(it.it.closedAt).toBe(noon);
  });

  test('[RK2] own it yourself; name another as lead or in a session', () => {
    const it = raised();
    expect(it.ask({ type: 'own', owner: 'ana' }, { who: ben })).toBe('not-yours');
    expect(it.ask({ type: 'own' }, { who: cleo })).toBe('not-yours');
    expect(it.ask({ type: 'own' }, { who: ben })).toBe('owned');
    expect(it.ask({ type: 'own', owner: 'ben' }, { who: ana })).toBe('owned');
    expect(it.ask({ type: 'own', owner: 'ana' }, { who: cleo, via: 'session' })).toBe('owned');
  });

  test('[RK3] after seven days without a day to look again it asks for one', () => {
    const it = raised();
    it.ask({ type: 'own' });
    const flags = (at: number) => riskFlags(it.it, at, contextAs(ana));
    expect(flags(noon + 7 * day - 1)).toEqual([]);
    expect(flags(noon + 7 * day)).toEqual(['no-follow-up']);
    it.ask({ type: 'own', followUp: '2026-05-01' }, { at: noon + 8 * day });
    expect(flags(noon + 9 * day)).toEqual([]);
    expect(flags(Date.parse('2026-05-01T10:00Z'))).toEqual(['review-due']);
  });

  test('[RK6] opened again with a reason, but not once it happened', () => {
    const it = raised();
    it.ask({ type: 'accept', reason: 'cheap', reviewOn: '2026-06-01' });
    expect(it.ask({ type: 'reopen', reason: '' })).toBe('invalid');
    expect(it.ask({ type: 'reopen', reason: 'not cheap any more' })).toBe('reopened');
    expect(it.it.status).toBe('new');
    expect(it.ask({ type: 'happen', what: 'it failed' })).toBe('happened');
    expect(it.ask({ type: 'reopen', reason: 'x' })).toBe('wrong-state');
  });
});
