import { describe, expect, test } from 'vitest';
import {
  after,
  asIn,
  ask,
  committed,
  done,
  due,
  offer,
  on,
  planningDay,
  proposed,
  terms,
} from './situations.ts';

const finished = () => asIn(after(committed(), 'ben', done, on('2026-06-20')), 'done');

describe('putting the record right', () => {
  test('[CM52] what is offered is put right in any state, and a card nobody touched does not undo it', () => {
    const correct = {
      ...({ type: 'correct', note: 'the contract says July' } as const),
      correction: { field: 'terms', change: { due: '2026-07-01' } } as const,
    };
    const no = { type: 'decline', reason: 'no room' } as const;
    const situations = [proposed(), after(proposed(), 'ben', no, planningDay)];
    for (const it of [...situations, after(proposed(), 'ben', { ...no, type: 'park' }, planningDay)]) {
      const right = after(it, 'olga', correct, planningDay);
      expect(right).toMatchObject({ status: it.status, versions: [], offered: { due: '2026-07-01' } });
      expect(right.corrections).toMatchObject([
        { before: { due }, after: { change: { due: '2026-07-01' } } },
      ]);
      // Committed again with the card as it was: it stays right, and what was declined stays declined.
      const again = ask(right, 'ana', { type: 'offer', ...offer }, planningDay);
      expect(again).toEqual({ ok: true, value: [] });
      const card = { type: 'offer', ...offer, terms: { ...terms, due: '2026-07-10' } } as const;
      const moved = after(right, 'ana', card, planningDay);
      expect(moved).toMatchObject({ status: 'proposed', offered: { due: '2026-07-10' } });
      expect(moved.corrections).toHaveLength(1);
    }
    const promise = after(
      after(proposed(), 'olga', correct, planningDay),
      'ben',
      { type: 'accept', confidence: 70 },
      planningDay,
    );
    expect(promise.versions[0]?.terms.due).toBe('2026-07-01');
    expect(ask(promise, 'ana', { type: 'offer', ...offer }, planningDay)).toEqual({ ok: true, value: [] });
    const card = { type: 'offer', ...offer, terms: { ...terms, weight: 5 } } as const;
    const pending = after(promise, 'ana', card, planningDay).pending;
    expect(pending?.terms).toMatchObject({ due: '2026-07-01', weight: 5 });
  });

  test('[CM52] what was agreed otherwise before the yes is not undone by a card nobody touched either', () => {
    const other = { type: 'propose-change', change: { due: '2026-07-01' }, text: 'a week more' } as const;
    const asked = after(proposed(), 'ben', other, planningDay);
    const agreed = after(asked, 'ana', { type: 'agree-change' }, planningDay);
    expect(ask(agreed, 'ana', { type: 'offer', ...offer }, planningDay)).toEqual({ ok: true, value: [] });
  });

  test('[CM52] a due put right decides anew whether what is done was late', () => {
    const note = 'typing error';
    const put = (day: string) =>
      asIn(
        after(
          finished(),
          'olga',
          { type: 'correct', note, correction: { field: 'terms', change: { due: day } } },
          on('2026-07-20'),
        ),
        'done',
      ).done.late;
    expect([put('2026-06-19'), put('2026-06-20')]).toEqual([true, false]);
  });
});
