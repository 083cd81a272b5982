import { expect, test } from 'vitest';
import { initialsOf } from './initials.ts';

test.each([
  ['Ana Kovač', 'AK'],
  ['Maria de la Cruz', 'MC'],
  ['@nikomatsakis', 'NI'],
  ['Q', 'Q'],
  ['compiler-errors', 'CE'],
  ['You (visitor)', 'YV'],
  ['李小龍', '李小'],
  ['  ', '?'],
])('[PG7] %s is drawn as %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
