import { describe, expect, test } from 'vitest';
import { readAnswer, type FormAnswer } from './form-answer.ts';

const refusedAnswer: FormAnswer = {
  form: 'team',
  message: 'A team needs a name.',
  faults: { name: 'A team needs a name.' },
  typed: { name: [''], colour: ['3'], member: ['a', 'b'] },
  done: null,
};

describe('the answer of a form', () => {
  test('[PG6] a refused form gets back what was typed, and what is wrong beside its field', () => {
    const reading = readAnswer(refusedAnswer, 'team');
    expect(reading.message).toBe('A team needs a name.');
    expect(reading.fault('name')).toBe('A team needs a name.');
    expect(reading.fault('colour')).toBeUndefined();
    expect(reading.value('colour', '1')).toBe('3');
    expect(reading.value('name', 'Payments')).toBe('');
    expect(reading.values('member')).toEqual(['a', 'b']);
    expect(reading.values('unchecked', ['on'])).toEqual([]);
  });

  test('[PG6] another form of the page is not told', () => {
    const reading = readAnswer(refusedAnswer, 'invite');
    expect(reading.answered).toBe(false);
    expect(reading.message).toBeNull();
    expect(reading.value('colour', '1')).toBe('1');
  });

  test('[PG6] after success the form is empty again and says what was done', () => {
    const reading = readAnswer(
      { ...refusedAnswer, message: null, faults: {}, done: 'Saved.', shown: { link: 'x' } },
      'team',
    );
    expect(reading.done).toBe('Saved.');
    expect(reading.value('colour', '1')).toBe('1');
    expect(reading.values('member', ['c'])).toEqual(['c']);
    expect(reading.shown('link')).toBe('x');
  });

  test('[PG6] names of built-in properties are fields like any other', () => {
    expect(readAnswer(refusedAnswer, 'team').fault('constructor')).toBeUndefined();
    expect(readAnswer(refusedAnswer, 'team').value('__proto__', 'none')).toBe('none');
  });
});
