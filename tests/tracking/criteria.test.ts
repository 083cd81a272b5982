import { expect, test } from 'vitest';
import { saidCriteria } from '../../src/domain/commitment/criteria.ts';
import { after, answer, ask, committed, offer, on, planningDay, proposed, terms } from './situations.ts';

const may = on('2026-05-01');
const words = { on: 'a week ahead', risk: 'no buffer', off: 'no supplier', stretch: '' };
const accept = { type: 'accept', confidence: 70 } as const;
const yes = (criteria = words) => after(proposed(), 'ben', { ...accept, fill: { criteria } }, planningDay);
const rescope = (change: object, more: object = {}) =>
  ({ type: 'rescope', change, reason: 'learning', text: 'we know more', ...more }) as const;

test('[CM61] the owner says with the yes what each status means, and the baseline keeps it', () => {
  expect(yes().versions[0]?.terms.criteria).toEqual(words);
  expect(committed().versions[0]?.terms).not.toHaveProperty('criteria');
  const none = { on: ' ', risk: '', off: '', stretch: '' };
  expect(yes(none).versions[0]?.terms).not.toHaveProperty('criteria');
  expect([saidCriteria(undefined), saidCriteria(none), saidCriteria(words)]).toEqual([null, null, words]);
});

test('[CM61] what was offered with words is not changed by the yes', () => {
  const offered = proposed({ terms: { ...terms, criteria: words } });
  const other = { ...accept, fill: { criteria: { ...words, on: 'tomorrow' } } };
  expect(answer(ask(offered, 'ben', other, planningDay))).toBe('invalid');
  expect(after(offered, 'ben', accept, planningDay).versions[0]?.terms.criteria).toEqual(words);
});

test('[CM61] afterwards other words are a change with reason and sentence, and both are kept', () => {
  const criteria = { ...words, off: 'two weeks late' };
  expect(answer(ask(yes(), 'ben', rescope({ criteria }, { text: '' }), may))).toBe('reason-missing');
  expect(answer(ask(yes(), 'ben', rescope({ criteria: words }), may))).toBe('nothing-changed');
  const empty = { on: '', risk: '', off: '', stretch: '' };
  expect(answer(ask(committed(), 'ben', rescope({ criteria: empty }), may))).toBe('nothing-changed');
  const it = after(yes(), 'ben', rescope({ criteria }), may);
  expect(it.versions.map((version) => version.terms.criteria?.off)).toEqual([
    'no supplier',
    'two weeks late',
  ]);
  expect(it.versions[1]).toMatchObject({ easedBy: 0, daysSlipped: 0 });
  const sponsored = { ...yes(), sponsor: 'cleo' };
  expect(after(sponsored, 'ben', rescope({ criteria }), may)).toMatchObject({
    pending: { sponsorAgreed: false },
    versions: [{}],
  });
});

test('[CM61] a card that is offered again takes no words away', () => {
  const later = { type: 'offer', ...offer, terms: { ...terms, due: '2026-07-01' } } as const;
  const asked = after(yes(), 'ana', later, may);
  expect(asked.status === 'committed' ? asked.pending?.terms : null).toMatchObject({
    ...{ due: '2026-07-01', criteria: words },
  });
  expect(ask(yes(), 'ana', { type: 'offer', ...offer }, may)).toEqual({ ok: true, value: [] });
});
