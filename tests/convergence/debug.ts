import { runSeed } from './simulator/run-seed.ts';
console.log(await runSeed(Number(process.argv[2])));
