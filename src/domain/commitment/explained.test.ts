import { expect, test } from 'vitest';
import { dayMs } from '../rhythm/local-time.ts';
import type { Commitment } from './commitment.ts';
import { explanationOf } from './explained.ts';
import { defaultSettings } from './settings.ts';

const ended = 1_000_000;
const missed = (cause: object | null) =>
  ({ status: 'missed', missed: { at: ended, cause } }) as unknown as Commitment;

test('[CM45] a miss without a cause is awaited for five days and then unexplained, until somebody says', () => {
  const after = (ms: number, it = missed(null)) => explanationOf(it, ended + ms, defaultSettings);
  expect(after(5 * dayMs - 1)).toEqual({ state: 'awaited', until: ended + 5 * dayMs });
  expect(after(5 * dayMs)).toEqual({ state: 'unexplained' });
  const cause = { code: 'capacity', text: '', by: null, at: ended };
  expect(after(30 * dayMs, missed(cause))).toEqual({ state: 'explained', cause });
  expect(after(30 * dayMs, { status: 'done' } as unknown as Commitment)).toBeNull();
});
