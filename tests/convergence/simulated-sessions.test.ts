import { describe, expect, test } from 'vitest';
import { runSeed, type RunReport } from './simulator/run-seed.ts';

/** `npm run test:nightly` gives other seeds, and more of them. */
const seeds = Number(process.env.SEEDS ?? 2_000);
const first = Number(process.env.FIRST_SEED ?? 1);

describe('simulated sessions', () => {
  test(
    '[SY60] with lines, nodes, tabs and the store failing, nothing saved is lost and all end equal',
    async () => {
      const bad: RunReport[] = [];
      const sum = {
        edits: 0,
        savedEdits: 0,
        rows: 0,
        crashes: 0,
        tabsKilled: 0,
        copies: 0,
        repairs: 0,
        steps: 0,
      };
      for (let seed = first; seed < first + seeds; seed++) {
        const report = await runSeed(seed);
        for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += report[key];
        if (report.faults.length > 0) bad.push(report);
        if (bad.length >= 5) break;
      }
      expect(bad, `seeds ${first} to ${first + seeds - 1}`).toEqual([]);
      // The fuzz did work: every kind of trouble was met.
      for (const count of Object.values(sum)) expect(count).toBeGreaterThan(0);
      console.info(`${seeds} seeds from ${first}: ${JSON.stringify(sum)}`);
    },
    900_000 + seeds * 200,
  );

  test('[SY61] a seed replays the same run', async () => {
    expect(await runSeed(first + 3)).toEqual(await runSeed(first + 3));
  });
});
