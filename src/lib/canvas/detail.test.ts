import { expect, test } from 'vitest';
import { detailAt } from './detail.ts';

test('[CV8] near a card shows everything, at 30 % its title, far out its status alone', () => {
  expect(detailAt(1)).toBe('full');
  expect(detailAt(0.66)).toBe('full');
  expect(detailAt(0.3)).toBe('tile');
  expect(detailAt(0.1)).toBe('speck');
});
