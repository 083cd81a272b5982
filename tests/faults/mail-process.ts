import { randomUUID } from 'node:crypto';
import { openStore } from '#server/store/open.ts';
import { createNotify } from '#server/notify/notify.ts';
import { readReminders } from '#server/registers/reminders.ts';

/**
 * One node that plans and sends, again and again, as a process of its own that can be killed: `mail-process.ts <now>`,
 * with DATABASE_URL and SMTP_URL. Its clock starts at `now` and runs on. It says `ready`, and `round` after each round.
 */
const began = Date.now();
const start = Number(process.argv[2]);
const store = await openStore({ databaseUrl: process.env.DATABASE_URL ?? null, dataDir: '' });
const silent = (): void => undefined;
const nobody = () => Promise.reject(new Error('no page is served here'));
const notify = createNotify({
  ...{ store, newId: randomUUID, node: randomUUID(), log: { info: silent, warn: silent, error: silent } },
  now: () => start + (Date.now() - began),
  baseUrl: 'https://plan.example.org',
  mail: { smtpUrl: process.env.SMTP_URL ?? null, from: 'Throughline <plan@example.org>' },
  tracking: { commitment: nobody, checkIn: nobody, act: nobody },
  reminders: readReminders,
  chat: { allowedHosts: (process.env.CHAT_HOSTS ?? '').split(','), warnings: async () => [] },
  viewerOf: () => Promise.resolve(null),
});
process.stdout.write('ready\n');
for (;;) {
  await notify.plan();
  await notify.send();
  if (process.env.CHAT_HOSTS) await notify.tellChats();
  process.stdout.write('round\n');
}
