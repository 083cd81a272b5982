import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  readAnswer,
  type Answer,
  type AnswerMeasure,
} from '../../../src/domain/notify/answer/read-answer.ts';

const signups: AnswerMeasure = { key: 'm1', title: 'Sign-ups', kind: 'number', target: 20 };
const churn: AnswerMeasure = { key: 'm3', title: 'Churn', kind: 'number', target: 2.5 };
const launched: AnswerMeasure = { key: 'm2', title: 'Launched', kind: 'milestone', target: null };

const said = (text: string, measures: readonly AnswerMeasure[] = [signups]): Answer => {
  const read = readAnswer(text, measures);
  if (!read.ok) throw new Error(read.why);
  return read.answer;
};
const why = (text: string, measures: readonly AnswerMeasure[] = [signups]): string => {
  const read = readAnswer(text, measures);
  return read.ok ? `understood as ${JSON.stringify(read.answer)}` : read.why;
};

describe('reading an answer', () => {
  const all = { status: 'on', confidence: 80, values: { m1: 12 }, note: '' } as const;
  test.each<[string, Answer]>([
    ['on track', { ...all, confidence: null, values: {} }],
    ['On track, 80 %, 12 of 20', all],
    ['ON-TRACK 80% value 12', all],
    ['12 of 20\n80 % sure\non track.', all],
    ['On track - confidence: 80; 12/20', all],
    ['on track 80% sign-ups: 12', all],
    [
      'On track, 80 %, 12 of 20\n\nFirst users came.\n12 of 20 more wait.',
      { ...all, note: 'First users came.\n12 of 20 more wait.' },
    ],
    [
      'At risk. 40 %. The vendor is late',
      { status: 'risk', confidence: 40, values: {}, note: 'The vendor is late' },
    ],
    ['off track: nobody is there', { status: 'off', confidence: null, values: {}, note: 'nobody is there' }],
    ['No movement', { status: 'same', confidence: null, values: {}, note: '' }],
    ['no movement, 60%\nwe waited', { status: 'same', confidence: 60, values: {}, note: 'we waited' }],
    ['on track value -3', { ...all, confidence: null, values: { m1: -3 } }],
    ['on track value 2,5', { ...all, confidence: null, values: { m1: 2.5 } }],
    ['on track\n12 users came', { ...all, confidence: null, values: {}, note: '12 users came' }],
    ['on track 10% of them left', { ...all, confidence: 10, values: {}, note: 'of them left' }],
  ])('[NT49] “%s”', (text, answer) => {
    expect(said(text)).toEqual(answer);
  });

  test('[NT49] of several measures each is named; a milestone is done or not', () => {
    const several = [signups, churn, launched];
    expect(said('at risk 50%\nChurn: 2,5\nSign-ups: 12 of 20\nLaunched: done\nSo it is.', several)).toEqual({
      ...{ status: 'risk', confidence: 50, values: { m3: 2.5, m1: 12, m2: 1 }, note: 'So it is.' },
    });
    expect(said('at risk Launched: not done', several).values).toEqual({ m2: 0 });
    expect(why('at risk, value 12', several)).toBe(
      'It gives a value, and this promise has several: write “Sign-ups: 12” or “Churn: 12”.',
    );
    expect(why('at risk, Launched: 3', several)).toMatch(/is done or not/);
  });

  test.each([
    ['', /does not begin with how it stands/],
    ['Thanks!', /does not begin with how it stands/],
    ['not on track', /does not begin with how it stands/],
    ['on track?', /does not begin with how it stands/],
    ['on tracks', /does not begin with how it stands/],
    ['on track at risk', /two different things about how it stands/],
    ['on track 80% 90%', /two different things about how sure/],
    ['on track 180%', /0 to 100/],
    ['on track 12 of 25', /the target is 20/],
    ['on track value 12.000', /two ways/],
    ['on track 12 of 20, value 13', /two values/],
    ['no movement, 12 of 20', /nothing moved, and gives a value/],
  ])('[NT51] “%s” is not guessed', (text, reason) => {
    expect(why(text)).toMatch(reason);
  });

  test('[NT51] a value where there is no number to report is not dropped', () => {
    expect(why('on track 12 of 20', [launched])).toMatch(/no number to report/);
  });

  test('[NT49] what is said in any order is the same, and words of one’s own stay as they are', () => {
    const parts = fc.shuffledSubarray(['on track', '80 %', '12 of 20'], { minLength: 3 });
    const gap = fc.constantFrom(', ', '\n', '; ', ' – ', '. ');
    const note = fc
      .string({ unit: fc.constantFrom(...'ab cd\n.x1'), minLength: 1 })
      .map((it) => `So ${it}`.trim());
    fc.assert(
      fc.property(parts, gap, note, (words, between, own) => {
        expect(said(`${words.join(between)}\n\n${own}`)).toEqual({ ...all, note: own });
      }),
    );
  });

  test('[NT51] nothing makes it fail', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = readAnswer(text, [signups]);
        expect(read.ok ? read.answer.note : read.why).toEqual(expect.any(String));
      }),
    );
  });
});
