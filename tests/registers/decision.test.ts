import { describe, expect, test } from 'vitest';
import { conflictsAmong, decisionFlags } from '../../src/domain/decision/flags.ts';
import { foldEntry } from '../../src/domain/register/decide-entry.ts';
import { decisionRules } from '../../src/domain/decision/decision-rules.ts';
import { aDecision, ana, ben, cleo, contextAs, day, noon } from './register-acts.ts';

/** Of the red team, without leading it. */
const finnOfRed = { ...ben, person: 'finn' };

const question = 'Which warehouse?';

describe('opening and taking', () => {
  test('[DC1] one decider: who asks, unless another is named', () => {
    const own = aDecision();
    expect(own.ask({ type: 'open', question })).toBe('opened');
    expect(own.it).toMatchObject({ status: 'open', decider: 'ana', owner: 'ana', title: question });
    const other = aDecision();
    other.ask({ type: 'open', question, decider: 'cleo' });
    expect(other.it.decider).toBe('cleo');
    expect(aDecision().ask({ type: 'open', question: '  ' })).toBe('invalid');
  });

  test('[DC2] with what was chosen it is taken at once', () => {
    const it = aDecision();
    expect(it.ask({ type: 'open', question, chosen: 'Leipzig' })).toBe('opened decided took-force');
    expect(it.it).toMatchObject({ status: 'in-force', chosen: 'Leipzig', decidedAt: noon, recordedBy: null });
  });

  test('[DC3] only the decider decides, except written down in a session', () => {
    const it = aDecision();
    it.ask({ type: 'open', question, decider: 'cleo' });
    expect(it.ask({ type: 'decide', chosen: 'Leipzig' }, { who: ana })).toBe('not-yours');
    expect(it.ask({ type: 'decide', chosen: 'Leipzig' }, { who: ben, via: 'session' })).toBe(
      'decided took-force',
    );
    expect(it.it).toMatchObject({ decider: 'cleo', recordedBy: 'ben' });
    expect(aDecision().ask({ type: 'open', question, decider: 'cleo', chosen: 'x' })).toBe('not-yours');
    expect(
      aDecision().ask({ type: 'open', question, decider: 'cleo', chosen: 'x' }, { via: 'session' }),
    ).toContain('decided');
  });

  test('[DC3] and the decider himself is not recorded as somebody else', () => {
    const it = aDecision();
    it.ask({ type: 'open', question, decider: 'cleo' });
    it.ask({ type: 'decide', chosen: 'Leipzig' }, { who: cleo });
    expect(it.it.recordedBy).toBeNull();
  });
});

describe('once taken', () => {
  test('[DC4] nothing written changes; what was empty can be filled in once', () => {
    const it = aDecision();
    it.ask({ type: 'open', question, chosen: 'Leipzig', rationale: 'near' });
    expect(it.ask({ type: 'amend', question: 'Another?' })).toBe('wrong-state');
    expect(it.ask({ type: 'decide', chosen: 'Halle' })).toBe('wrong-state');
    expect(it.ask({ type: 'fill-in', rationale: 'cheap', dissent: 'Ben: too small' })).toBe('filled-in');
    expect(it.it).toMatchObject({ chosen: 'Leipzig', rationale: 'near', dissent: 'Ben: too small' });
    expect(it.ask({ type: 'fill-in', dissent: 'none' })).toBe('');
    expect(it.it.dissent).toBe('Ben: too small');
  });

  test('[DC4] after the quick form the rest is said later, each once', () => {
    const it = aDecision();
    it.ask({ type: 'open', question, chosen: 'Leipzig' });
    const option = { text: 'Halle', for: 'cheap', against: 'far', cost: '' };
    const metric = { commitment: 'c1', measure: 'm1', holdsWhile: 'at-least', value: 5 } as const;
    const sets = [{ objectId: 'c1', field: 'site', value: 'Leipzig' }];
    const rest = { options: [option], affects: ['c1'], reversible: false, triggerAssumption: 'a1' } as const;
    const more = { trigger: 'rent doubles', consulted: ['ben'], informed: ['cleo'] } as const;
    expect(it.ask({ type: 'fill-in', triggerMetric: metric })).toBe('invalid');
    expect(it.ask({ type: 'fill-in', sets: [{ objectId: 'c1', field: ' ', value: 'x' }] })).toBe('invalid');
    expect(it.ask({ type: 'fill-in', ...rest, ...more, sets, triggerMetric: metric })).toBe('filled-in');
    expect(it.it).toMatchObject({ ...rest, ...more, sets, triggerMetric: metric });
    expect(it.ask({ type: 'fill-in', options: [], affects: ['c2'], triggerMetric: null })).toBe('');
    expect(it.it).toMatchObject({ options: [option], affects: ['c1'], triggerMetric: metric });
  });

  test('[DC17] it is replaced by its decider, who wrote it down, a lead of its team or a session', () => {
    const taken = () => {
      const it = aDecision();
      it.ask({ type: 'open', question, decider: 'cleo', team: 'red' }, { who: finnOfRed });
      it.ask({ type: 'decide', chosen: 'Leipzig' }, { who: cleo });
      return it;
    };
    const replaced = (act: object) => taken().ask({ type: 'supersede', by: 'another' }, act);
    expect(replaced({ who: cleo })).toBe('superseded');
    expect(replaced({ who: finnOfRed })).toBe('superseded');
    expect(replaced({ who: ana })).toBe('superseded');
    expect(replaced({ who: ben })).toBe('not-yours');
    expect(replaced({ who: ben, via: 'session' })).toBe('superseded');
    const open = aDecision();
    open.ask({ type: 'open', question });
    expect(open.ask({ type: 'supersede', by: 'another' })).toBe('wrong-state');
  });

  test('[DC5] in force on its day, up for another look on its day, each once', () => {
    const it = aDecision();
    it.ask({ type: 'open', question, chosen: 'Leipzig', inForceFrom: '2026-04-10', revisitOn: '2026-05-01' });
    expect(it.it.status).toBe('decided');
    const tick = (date: string) =>
      it.ask({ type: 'tick' }, { via: 'clock', at: Date.parse(`${date}T10:00Z`) });
    expect(tick('2026-04-09')).toBe('');
    expect(tick('2026-04-10')).toBe('took-force');
    expect(tick('2026-04-30')).toBe('');
    expect(tick('2026-05-01')).toBe('revisit-called');
    expect(tick('2026-05-02')).toBe('');
    expect(it.it.status).toBe('revisit-due');
  });

  test('[DC5] what the clock missed is dated when it happened', () => {
    const it = aDecision();
    it.ask({ type: 'open', question, chosen: 'Leipzig', inForceFrom: '2026-04-10', revisitOn: '2026-05-01' });
    it.ask({ type: 'tick' }, { via: 'clock', at: Date.parse('2026-06-01T10:00Z') });
    expect(it.events.slice(-2).map((event) => event.at)).toEqual([
      Date.parse('2026-04-09T22:00Z'),
      Date.parse('2026-04-30T22:00Z'),
    ]);
  });

  test('[DC6] looked at again it stands, or goes', () => {
    const it = aDecision();
    it.ask({ type: 'open', question, chosen: 'Leipzig', revisitOn: '2026-05-01' });
    const later = { at: Date.parse('2026-05-02T10:00Z') };
    expect(it.ask({ type: 'reaffirm', reason: '' }, later)).toBe('invalid');
    expect(it.ask({ type: 'reaffirm', reason: 'still near', revisitOn: '2026-08-01' }, later)).toBe(
      'revisit-called reaffirmed',
    );
    expect(it.it).toMatchObject({ status: 'reaffirmed', revisitOn: '2026-08-01' });
    expect(it.ask({ type: 'supersede', by: 'another' })).toBe('superseded');
    expect(it.it.closedAt).not.toBeNull();
    expect(it.ask({ type: 'reverse', reason: 'too late' })).toBe('wrong-state');
  });

  test('[DC8] an open question is withdrawn, a taken decision is not', () => {
    const it = aDecision();
    it.ask({ type: 'open', question });
    expect(it.ask({ type: 'withdraw', reason: '' })).toBe('invalid');
    expect(it.ask({ type: 'withdraw', reason: 'no longer asked' })).toBe('withdrawn');
    const taken = aDecision();
    taken.ask({ type: 'open', question, chosen: 'Leipzig' });
    expect(taken.ask({ type: 'withdraw', reason: 'x' })).toBe('wrong-state');
  });
});

describe('flags', () => {
  const flagsOf = (it: ReturnType<typeof aDecision>, at: number) => decisionFlags(it.it, at, contextAs(ana));

  test('[DC9] overdue from the day after it is needed', () => {
    const it = aDecision();
    it.ask({ type: 'open', question, neededBy: '2026-04-10' });
    expect(flagsOf(it, Date.parse('2026-04-10T21:59Z'))).toEqual([]);
    expect(flagsOf(it, Date.parse('2026-04-10T22:00Z'))).toEqual(['overdue']);
    it.ask({ type: 'decide', chosen: 'Leipzig' });
    expect(flagsOf(it, Date.parse('2026-04-12T10:00Z'))).toEqual([]);
  });

  test('[DC10] reversed on the 30th day is thrash, a day later it is not', () => {
    const reversedAfter = (days: number) => {
      const it = aDecision();
      it.ask({ type: 'open', question, chosen: 'Leipzig' });
      it.ask({ type: 'reverse', reason: 'no space' }, { at: noon + days * day });
      return flagsOf(it, noon + 90 * day);
    };
    expect(reversedAfter(30)).toEqual(['thrash']);
    expect(reversedAfter(31)).toEqual([]);
  });

  test('[DC11] the same field of one object set differently, while both are in force', () => {
    const set = (value: string, objectId = 'o1') => ({
      status: 'in-force' as const,
      sets: [{ objectId, field: 'Budget', value }],
    });
    const entry = (id: string, state: ReturnType<typeof set>) => ({ id, state });
    const found = conflictsAmong([
      entry('a', set('10')),
      entry('b', set('20')),
      entry('c', set('10')),
      entry('d', set('30', 'o2')),
    ]);
    expect(Object.fromEntries(found)).toEqual({ a: ['b'], b: ['a', 'c'], c: ['b'] });
    const over = { ...set('20'), status: 'superseded' as const };
    expect(conflictsAmong([entry('a', set('10')), { id: 'b', state: over }]).size).toBe(0);
    expect(conflictsAmong([entry('a', set(' Ten ')), entry('b', set('ten'))]).size).toBe(0);
  });
});

test('[DC16] the state is the fold of the events, and events that do not fit change nothing', () => {
  const it = aDecision();
  it.ask({ type: 'open', question, chosen: 'Leipzig', revisitOn: '2026-05-01' });
  it.ask({ type: 'reverse', reason: 'no space' }, { at: noon + day });
  expect(foldEntry(decisionRules, it.events)).toEqual(it.it);
  const again = foldEntry(decisionRules, it.events.slice(1, 3), it.it);
  expect(again).toEqual(it.it);
});
