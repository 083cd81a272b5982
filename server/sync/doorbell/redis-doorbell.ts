import { Redis } from 'ioredis';
import type { Doorbell, RightsChange, SyncLog } from '../hooks.ts';

/** Presence of a board that nobody else shows need not travel far, but it must not pile up either. */
const presenceBytesCap = 256 * 1024;

/**
 * The doorbell between nodes over Redis or Valkey (sync.md Y4): "(board, seq) is committed", presence, and "look at these
 * rights again". It stores nothing and may lose anything: every node also reads the journal every 5 s, and saving never
 * waits for it. While Redis is away rings are dropped, not queued; the client library comes back by itself.
 */
export function redisDoorbell(url: string, log: SyncLog, prefix = 'throughline'): Doorbell {
  const self = `${process.pid}-${Math.random().toString(36).slice(2)}`;
  const options = {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times: number) =>
      Math.min(5_000, 100 * 2 ** Math.min(times, 6)) * (0.5 + Math.random() / 2),
    lazyConnect: false,
  } as const;
  const speaker = new Redis(url, options);
  const listener = new Redis(url, { ...options, enableOfflineQueue: true, autoResubscribe: true });
  let down = false;
  const trouble = (cause: Error): void => {
    if (!down)
      log.warn({ cause: cause.message }, 'Redis is away; other nodes are heard of by reading every 5 s');
    down = true;
  };
  for (const client of [speaker, listener]) {
    client.on('error', trouble);
    client.on('ready', () => (down = false));
  }
  const channel = {
    ring: `${prefix}:ring`,
    presence: `${prefix}:presence`,
    rights: `${prefix}:rights`,
    session: `${prefix}:session`,
  };
  const say = (to: string, payload: Buffer | string): void => {
    if (speaker.status === 'ready') speaker.publish(to, payload).catch(trouble);
  };
  return {
    ring: (board, seq) => say(channel.ring, JSON.stringify([self, board, seq])),
    relayPresence: (board, message) => {
      if (message.byteLength > presenceBytesCap) return;
      say(channel.presence, Buffer.concat([Buffer.from(`${self} ${board}\n`), message]));
    },
    ringRights: (change) => say(channel.rights, JSON.stringify([self, change])),
    ringSession: (session) => say(channel.session, JSON.stringify([self, session])),
    listen: (ears) => {
      listener.on('messageBuffer', (name: Buffer, payload: Buffer) => {
        try {
          const to = name.toString();
          if (to === channel.presence) {
            const end = payload.indexOf(10);
            const [from, board] = payload.subarray(0, end).toString().split(' ');
            if (from !== self && board) ears.presence(board, new Uint8Array(payload.subarray(end + 1)));
          } else if (to === channel.ring) {
            const [from, board, seq] = JSON.parse(payload.toString()) as [string, string, number];
            if (from !== self) ears.rung(board, seq);
          } else if (to === channel.rights) {
            const [from, change] = JSON.parse(payload.toString()) as [string, RightsChange];
            if (from !== self) ears.rights(change);
          } else if (to === channel.session) {
            const [from, session] = JSON.parse(payload.toString()) as [string, string];
            if (from !== self) ears.session?.(session);
          }
        } catch (cause) {
          log.warn({ cause: String(cause) }, 'a message between nodes could not be read');
        }
      });
      listener.subscribe(...Object.values(channel)).catch(trouble);
    },
    close: async () => {
      await Promise.allSettled([speaker.quit(), listener.quit()]);
      speaker.disconnect();
      listener.disconnect();
    },
  };
}
