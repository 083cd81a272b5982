// `npm run backup`, `npm run restore`, `npm run to-postgres`.
import { runCommand } from './operations/command.ts';
import { StartFailure } from './start-failure.ts';

runCommand(process.argv.slice(2), process.env).then(
  (sentence) => process.stdout.write(`${sentence}\n`),
  (error: unknown) => {
    const unexpected = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${error instanceof StartFailure ? error.message : unexpected}\n`);
    process.exitCode = 1;
  },
);
