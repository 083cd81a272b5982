import { createServer } from 'node:http';
import { createJournal } from '#server/store/journal/journal.ts';
import { openStore } from '#server/store/open.ts';
import { createSyncServer } from '#server/sync/sync-server.ts';
import { foldInWorker } from '#server/sync/fold-in-worker.ts';
import { systemClock } from '#server/sync/system-clock.ts';
import { cardRules } from '../sync/support/card-rules.ts';
import { person, silentLog } from '../sync/support/sync-host.ts';

/**
 * The sync server alone on a real store, as a process of its own that can be killed: `sync-process.ts <port> <data folder>`,
 * with DATABASE_URL on PostgreSQL. The bearer token is the person.
 */
const [port, dataDir] = process.argv.slice(2);
const store = await openStore({ databaseUrl: process.env.DATABASE_URL ?? null, dataDir: dataDir ?? '' });
const sync = createSyncServer({
  hooks: {
    admit: ({ headers }) =>
      Promise.resolve({ ok: true, value: person((headers.authorization ?? '').replace('Bearer ', '')) }),
    rightNow: ({ right }) => Promise.resolve(right),
    journal: createJournal(store),
    rules: cardRules,
  },
  clock: systemClock,
  random: Math.random,
  log: silentLog,
  fold: foldInWorker(),
});
const http = createServer((_request, response) => response.end());
http.on('upgrade', (request, socket, head) => {
  if (!sync.handleUpgrade(request, socket, head)) socket.destroy();
});
http.listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
process.on('SIGTERM', () => {
  void sync
    .drain()
    .then(() => store.close())
    .then(() => process.exit(0));
});
