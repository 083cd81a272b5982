import { expect, test } from 'vitest';
import { pageOf } from './page-of.ts';

const seven = [1, 2, 3, 4, 5, 6, 7];
const at = (query: string) => new URL(`https://example.org/commitments${query}`);

test('[PG44] a long list comes in pages that keep what the address says', () => {
  expect(pageOf(seven, at('?team=red'), 3)).toEqual({
    ...{ rows: [1, 2, 3], from: 1, to: 3, of: 7, before: null, after: '/commitments?team=red&page=2' },
  });
  expect(pageOf(seven, at('?page=2&team=red'), 3)).toMatchObject({
    ...{ rows: [4, 5, 6], from: 4, to: 6, before: '/commitments?team=red' },
    after: '/commitments?page=3&team=red',
  });
  expect(pageOf(seven, at('?page=3'), 3)).toMatchObject({
    rows: [7],
    before: '/commitments?page=2',
    after: null,
  });
});

test('[PG44] a page that is not there is the nearest one', () => {
  expect(pageOf(seven, at('?page=99'), 3).rows).toEqual([7]);
  expect(pageOf(seven, at('?page=-4'), 3).rows).toEqual([1, 2, 3]);
  expect(pageOf(seven, at('?page=two'), 3).rows).toEqual([1, 2, 3]);
  expect(pageOf([], at('?page=2'), 3)).toMatchObject({ rows: [], from: 0, to: 0, before: null, after: null });
  expect(pageOf(seven, at(''), 10)).toMatchObject({ rows: seven, before: null, after: null });
});
