// `npm start`: build if needed, then become the server. The server runs in this very process, which takes the place of
// npm's shell (`exec` in package.json), so that a signal sent to npm reaches it; a shell in between would die alone and
// leave the server behind.
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildWhenStale } from './build-when-stale.mjs';

process.env.NODE_ENV ??= 'production';
buildWhenStale();
const main = resolve(fileURLToPath(import.meta.url), '..', '..', 'server', 'main.ts');
process.argv[1] = main;
await import(pathToFileURL(main).href);
