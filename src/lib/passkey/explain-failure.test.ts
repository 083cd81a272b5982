import { expect, test } from 'vitest';
import { explainFailure } from './explain-failure.ts';

const named = (name: string): Error => Object.assign(new Error('the browser’s own words'), { name });

test.each([
  ['NotAllowedError', 'sign-in', /cancelled.*Try again, or sign in with your password/],
  ['NotAllowedError', 'add', /cancelled.*Try again/],
  ['InvalidStateError', 'add', /holds a passkey for your account already/],
  ['SecurityError', 'sign-in', /Open this page at the address/],
  ['NotSupportedError', 'sign-in', /can not use/],
  ['ConstraintError', 'add', /by finger, face or PIN/],
  ['UnknownError', 'add', /Try again/],
] as const)('[PK17] %s, to %s, is said with what to do', (name, act, words) => {
  expect(explainFailure(named(name), act)).toMatch(words);
});

test('[PK17] what the page itself broke off is not said, and what is no error is', () => {
  expect(explainFailure(named('AbortError'), 'sign-in')).toBeNull();
  expect(explainFailure('thrown', 'sign-in')).toMatch(/Try again/);
});
