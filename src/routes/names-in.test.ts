import { expect, test } from 'vitest';
import { namesIn } from './names-in.ts';

test.each([
  ['Payments\nPlatform\nMobile', ['Payments', 'Platform', 'Mobile']],
  ['Payments, Platform; Mobile\tData', ['Payments', 'Platform', 'Mobile', 'Data']],
  ['- Payments\r\n* Platform\n3. Mobile\n• Data', ['Payments', 'Platform', 'Mobile', 'Data']],
  ['Payments\npayments\n\n  \nPAYMENTS', ['Payments']],
  ['2nd line support', ['2nd line support']],
  ['', []],
])('[PG11] %j are the teams %j', (pasted, names) => {
  expect(namesIn(pasted)).toEqual(names);
});
