import { createServer } from 'node:http';
import { createJournal } from '#server/store/journal/journal.ts';
import { openStore } from '#server/store/open.ts';
import { redisDoorbell } from '#server/sync/doorbell/redis-doorbell.ts';
import { createSyncServer } from '#server/sync/sync-server.ts';
import { foldInWorker } from '#server/sync/fold-in-worker.ts';
import type { Journal, SyncMetrics } from '#server/sync/hooks.ts';
import { systemClock } from '#server/sync/system-clock.ts';
import { cardRules } from '../sync/support/card-rules.ts';
import { person, silentLog } from '../sync/support/sync-host.ts';

/**
 * The sync server alone on a real store, as a process of its own that can be killed: `sync-process.ts <port> <data folder>`,
 * with DATABASE_URL on PostgreSQL, with REDIS_URL and REDIS_PREFIX as one of several nodes. The bearer token is the person.
 * KILL_AT names the step of an edit's way at which the process kills itself, KILL_AFTER how often it gets past it first.
 */
const [port, dataDir] = process.argv.slice(2);
const { KILL_AT = '', KILL_AFTER = '0', DATABASE_URL = null, REDIS_URL, REDIS_PREFIX } = process.env;
let left = Number(KILL_AFTER);
const reach = (step: 'insert' | 'commit' | 'broadcast' | 'ack'): void => {
  if (step === KILL_AT && left-- <= 0) process.kill(process.pid, 'SIGKILL');
};

const store = await openStore({
  databaseUrl: DATABASE_URL,
  dataDir: dataDir ?? '',
  // As the real server does: whoever runs it starts it again.
  onLost: () => process.exit(1),
});
const stored = createJournal(store);
const journal: Journal = {
  ...stored,
  append: async (...asked) => {
    reach('insert');
    const answer = stored.append(...asked);
    // The statement is on its way; whether it commits is not known to anybody who dies now.
    setImmediate(() => reach('commit'));
    return answer;
  },
};
const metrics: SyncMetrics = {
  count: (name) => {
    if (name === 'commits') reach('broadcast');
  },
  observe: (name) => {
    if (name === 'ackMs') reach('ack');
  },
};
const sync = createSyncServer({
  hooks: {
    admit: ({ headers }) =>
      Promise.resolve({ ok: true, value: person((headers.authorization ?? '').replace('Bearer ', '')) }),
    rightNow: ({ right }) => Promise.resolve(right),
    journal,
    rules: cardRules,
  },
  clock: systemClock,
  random: Math.random,
  log: silentLog,
  fold: foldInWorker(),
  metrics,
  ...(REDIS_URL && { doorbell: redisDoorbell(REDIS_URL, silentLog, REDIS_PREFIX) }),
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
