import { describe, expect, test } from 'vitest';
import type { Standing } from '../../src/domain/access/standing.ts';
import { entryMoves } from '../../src/domain/register/decide-entry.ts';
import { triageRules } from '../../src/domain/triage/triage-rules.ts';
import { aLearning, anInterrupt, anItem, ben, cleo, contextAs, finn, noon } from './register-acts.ts';

const raised = () => {
  const it = anItem();
  it.ask({ type: 'raise', title: 'Builds are slow', team: 'red', rank: 1 }, { who: cleo });
  return it;
};

describe('an issue', () => {
  test('[TG1] any member raises it with any team, an observer does not', () => {
    expect(raised().it).toMatchObject({ status: 'new', team: 'red', raisedBy: 'cleo', kind: 'issue' });
    expect(anItem().ask({ type: 'raise', title: 'x' }, { who: finn })).toBe('not-yours');
    expect(anItem().ask({ type: 'raise', title: '' })).toBe('invalid');
  });

  test('[TG2] its team places it, with a reason where it is not theirs', () => {
    const it = raised();
    expect(it.ask({ type: 'place', where: 'now' }, { who: cleo })).toBe('not-yours');
    expect(it.ask({ type: 'place', where: 'not-ours' }, { who: ben })).toBe('invalid');
    expect(it.ask({ type: 'place', where: 'now' }, { who: ben })).toBe('placed');
    expect(it.it.status).toBe('now');
    expect(it.ask({ type: 'place', where: 'now' }, { who: ben })).toBe('');
  });

  test('[TG3] assessed, together, acted on, closed', () => {
    const it = raised();
    expect(it.ask({ type: 'act', owner: 'ben', by: '2026-04-10' })).toBe('wrong-state');
    it.ask({ type: 'place', where: 'now' });
    expect(it.ask({ type: 'assess', text: 'the cache', weight: 7 })).toBe('assessed');
    expect(it.ask({ type: 'collaborate', people: [] })).toBe('invalid');
    expect(it.ask({ type: 'collaborate', people: ['ben', 'cleo'] })).toBe('taken-together');
    expect(it.ask({ type: 'act', owner: 'ben', by: null })).toBe('invalid');
    expect(it.ask({ type: 'act', owner: 'ben', by: '2026-04-10', text: 'warm it' })).toBe('action-agreed');
    expect(it.it).toMatchObject({ status: 'act', owner: 'ben', actBy: '2026-04-10', weight: 7 });
    expect(it.ask({ type: 'close' })).toBe('invalid');
    expect(it.ask({ type: 'close', decision: 'd1' }, { who: ben })).toBe('closed');
    expect(it.it).toMatchObject({ status: 'closed', closedAt: noon });
    expect(it.ask({ type: 'reopen', reason: 'slow again' })).toBe('reopened');
  });

  test('[TG5] handed to another team it is new there, and theirs', () => {
    const it = raised();
    it.ask({ type: 'place', where: 'later' });
    expect(it.ask({ type: 'hand-over', team: 'blue' })).toBe('handed-over');
    expect(it.it).toMatchObject({ status: 'new', team: 'blue' });
    expect(it.ask({ type: 'place', where: 'now' }, { who: ben })).toBe('not-yours');
    expect(it.ask({ type: 'place', where: 'now' }, { who: cleo })).toBe('placed');
  });

  test('[TG13] each move is offered only to its people, and is then refused only for its facts', () => {
    const it = raised();
    const offered = (who: Standing) =>
      entryMoves(triageRules, it.it, {
        actor: { person: who.person, via: 'web' },
        at: noon,
        context: contextAs(who),
      });
    expect(offered(finn)).toEqual([]);
    expect(offered(cleo)).toEqual(['close', 'amend']);
    expect(offered(ben)).toEqual(['place', 'close', 'hand-over', 'amend']);
    for (const type of offered(ben)) {
      expect(raised().ask({ type, where: 'now' } as never, { who: ben })).not.toMatch(
        /not-yours|wrong-state/,
      );
    }
  });
});

describe('urgent work', () => {
  test('[TG6] names what it displaces and what that costs', () => {
    const it = anInterrupt();
    const report = { type: 'report', what: 'An outage', displaced: 'c1' } as const;
    expect(it.ask({ ...report, displaced: '' })).toBe('invalid');
    expect(it.ask(report)).toBe('invalid');
    expect(it.ask({ ...report, costDays: 3, team: 'red' })).toBe('reported');
    expect(it.it).toMatchObject({ status: 'open', affects: ['c1'], costDays: 3 });
    expect(it.ask({ type: 'stop', reason: '' })).toBe('invalid');
    expect(it.ask({ type: 'finish', costDays: 5 }, { who: ben })).toBe('finished');
    expect(it.it).toMatchObject({ status: 'done', costDays: 5 });
    const stopped = anInterrupt();
    stopped.ask({ ...report, costWeight: 2 });
    stopped.ask({ type: 'stop', reason: 'not urgent' });
    expect(stopped.it.status).toBe('stopped');
  });
});

test('[TG7] a learning has a sentence, and what changed or none yet', () => {
  const it = aLearning();
  expect(it.ask({ type: 'learn', sentence: '' })).toBe('invalid');
  expect(it.ask({ type: 'learn', sentence: 'Ask the platform team first', cause: 'capacity' })).toBe(
    'learned',
  );
  expect(it.it.status).toBe('none-yet');
  const change = (text: string) => it.ask({ type: 'link-change', change: { kind: 'text', id: null, text } });
  expect(change('')).toBe('invalid');
  expect(change('The template asks for it')).toBe('change-linked');
  expect(it.it.status).toBe('changed');
});
