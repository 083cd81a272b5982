// `npm run bench:gate`: what the gate costs for each honest edit, and that it refuses none of them.
import { honestEdits, percentile } from './honest-edits.ts';

const edits = Number(process.env.EDITS ?? 100_000);
const goalMicros = 150;
const rounds = 5;
let refused = 0;
let done = 0;
const micros: number[] = [];
const repairs: number[] = [];
for (let seed = 1; seed <= rounds; seed++) {
  const run = honestEdits({ edits: Math.ceil(edits / rounds), cards: 2_000, people: 8, seed });
  for (const each of run.refused) console.error(each);
  refused += run.refused.length;
  done += run.edits;
  for (const each of run.micros) micros.push(each);
  repairs.push(...run.repairs);
  console.log(
    `round ${seed}: ${run.edits} edits, ${run.records} records, median ${percentile(run.micros, 0.5).toFixed(0)} µs`,
  );
}
micros.sort((a, b) => a - b);
const mean = micros.reduce((sum, each) => sum + each, 0) / micros.length;
console.log(`honest edits through the gate: ${done}, refused: ${refused}`);
console.log(
  `per edit, checked, applied and judged: mean ${mean.toFixed(0)} µs, p50 ${percentile(micros, 0.5).toFixed(0)}, p95 ${percentile(micros, 0.95).toFixed(0)}, p99 ${percentile(micros, 0.99).toFixed(0)} (goal: at most ${goalMicros} on the mean)`,
);
repairs.sort((a, b) => a - b);
console.log(
  `put right by the server: ${repairs.length} times, p50 ${(percentile(repairs, 0.5) / 1_000).toFixed(1)} ms, longest ${(percentile(repairs, 1) / 1_000).toFixed(1)} ms`,
);
process.exitCode = refused === 0 && mean <= goalMicros ? 0 : 1;
