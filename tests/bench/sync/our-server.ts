/**
 * Our sync server alone on a real store, as a process of its own: journal with its commits, gatekeeper and the rules of a
 * real board are on. Only signing in is spared, as in the peers: the bearer token is the person.
 */
import { createServer } from 'node:http';
import { boardRules } from '#server/sync/board-rules.ts';
import { foldInWorker } from '#server/sync/fold-in-worker.ts';
import type { SyncMetrics } from '#server/sync/hooks.ts';
import { createSyncServer } from '#server/sync/sync-server.ts';
import { systemClock } from '#server/sync/system-clock.ts';
import { createJournal } from '#server/store/journal/journal.ts';
import { openStore } from '#server/store/open.ts';

const { PORT, DATABASE_URL, DATA_DIR = '' } = process.env;
const store = await openStore({ databaseUrl: DATABASE_URL ?? null, dataDir: DATA_DIR });

const checks: number[] = [];
const refused: Record<string, number> = {};
const metrics: SyncMetrics = {
  count: (name, label) => {
    if (name === 'refused') refused[label ?? ''] = (refused[label ?? ''] ?? 0) + 1;
  },
  observe: (name, value) => {
    if (name === 'checkMicros') checks.push(value);
  },
};
const loud = (fields: Record<string, unknown>, message: string): void =>
  console.error(message, JSON.stringify(fields));

const sync = createSyncServer({
  hooks: {
    admit: ({ headers }) => {
      const person = (headers.authorization ?? '').replace('Bearer ', '');
      const value = { person, account: person, name: person.slice(0, 8), colour: 1, signIn: null };
      return Promise.resolve({ ok: true, value: { ...value, right: 'write', roleVersion: 1 } });
    },
    rightNow: ({ right }) => Promise.resolve(right),
    mayStillWrite: () => true,
    journal: createJournal(store),
    rules: boardRules,
  },
  clock: systemClock,
  random: Math.random,
  log: { info: () => {}, warn: loud, error: loud },
  metrics,
  fold: foldInWorker(),
});
const http = createServer((_request, response) => response.end());
http.on('upgrade', (request, socket, head) => {
  if (!sync.handleUpgrade(request, socket, head)) socket.destroy();
});
http.listen(Number(PORT), '127.0.0.1', () => process.send?.({ ready: true }));

process.on('message', (message) => {
  if (message === 'collect') {
    globalThis.gc?.();
    process.send?.({ collected: true });
  } else if (message === 'checks') {
    process.send?.({ checks: checks.splice(0), refused });
  }
});
process.on('SIGTERM', () => {
  void sync
    .drain()
    .then(() => store.close())
    .then(() => process.exit(0));
});
