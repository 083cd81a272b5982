import { expect, test } from 'vitest';
import { initialsOf } from './initials.ts';

test.each([
  ['Ana Kovač', 'AK'],
  ['Maria de la Cruz', 'MC'],
  ['@nikomatsakis', 'N'],
  ['compiler-errors', 'CE'],
  ['You (visitor)', 'YV'],
  ['李小龍', '李'],
  ['  ', '?'],
])('[PG7] %s is drawn as %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
