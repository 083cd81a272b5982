import { letHeapGrow } from './small-heap.ts';

// Everything else is loaded afterwards, so that it is loaded with a small heap.
const [{ run }, { StartFailure }] = await Promise.all([import('./run.ts'), import('./start-failure.ts')]);

run().then(letHeapGrow, (error: unknown) => {
  const words =
    error instanceof StartFailure
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`Throughline did not start. ${words}\n`);
  process.exit(1);
});
