// Hocuspocus with its own defaults (stores 2 s after the last change, at the latest after 10 s), into one file a board.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Server } from '@hocuspocus/server';
import * as Y from 'yjs';
import { port, seedFolder, serveBench } from '../child.mjs';

const server = new Server({
  port,
  address: '127.0.0.1',
  quiet: true,
  onLoadDocument: async ({ document, documentName }) => {
    const file = join(seedFolder, documentName);
    if (existsSync(file)) Y.applyUpdate(document, readFileSync(file));
    return document;
  },
  onStoreDocument: async ({ document, documentName }) => {
    const file = join(seedFolder, documentName);
    writeFileSync(`${file}.new`, Y.encodeStateAsUpdate(document));
    renameSync(`${file}.new`, file);
  },
});
await server.listen();
serveBench();
