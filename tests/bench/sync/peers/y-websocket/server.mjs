// @y/websocket-server with its own defaults. It keeps nothing; a board is read from its seed file when first asked for.
import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { setPersistence, setupWSConnection } from '@y/websocket-server/utils';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { port, seedFolder, serveBench } from '../child.mjs';

setPersistence({
  provider: null,
  bindState: (name, doc) => {
    const file = join(seedFolder, name);
    if (existsSync(file)) Y.applyUpdate(doc, readFileSync(file));
  },
  writeState: async () => {},
});

// As in the package's own server.js.
const sockets = new WebSocket.Server({ noServer: true });
sockets.on('connection', setupWSConnection);
const server = http.createServer((_request, response) => response.end('okay'));
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request));
});
server.listen(port, '127.0.0.1', serveBench);
