import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { createJournal } from '#server/store/journal/journal.ts';
import { addBoard } from '../../store/rows.ts';
import { openTestStore } from '../../support/embedded.ts';
import { putCard } from '../../sync/support/card-rules.ts';
import { person, shows, socketAs, startHost } from '../../sync/support/sync-host.ts';

const idleMs = Number(process.env.IDLE_MS ?? 180_000);
vi.setConfig({ testTimeout: idleMs + 60_000 });

test('[SY103] the unmodified y-websocket client stays connected while nothing happens for minutes', async () => {
  const made = await openTestStore();
  const { boardId: board } = await addBoard(made.store.db, 'idle');
  const people = [randomUUID(), randomUUID()];
  const host = await startHost({
    journal: createJournal(made.store),
    cast: Object.fromEntries(people.map((id) => [id, person(id)])),
  });
  const [idle, other] = people.map(
    (name) =>
      new WebsocketProvider(host.url, board, new Y.Doc(), {
        disableBc: true,
        WebSocketPolyfill: socketAs(name),
      }),
  );
  if (!idle || !other) throw new Error('nobody is there');
  const drops: unknown[] = [];
  await Promise.all(
    [idle, other].map((it) => new Promise<void>((resolve) => it.once('sync', () => resolve()))),
  );
  for (const it of [idle, other]) it.on('connection-close', (event) => drops.push(event?.code));
  const socket = idle.ws;
  // Really idle: minutes of a real clock are what is tested here, with no word from either side's user.
  await wait(idleMs);
  expect(drops).toEqual([]);
  expect(idle.ws).toBe(socket);
  expect([idle.wsconnected, other.wsconnected]).toEqual([true, true]);
  putCard(other.doc, 'after the rest', { x: 1 });
  await shows(idle.doc, (doc) => doc.getMap('cards').has('after the rest'), 2_000);
  console.info(`two stock clients idle for ${idleMs / 1_000} s: 0 drops`);
  idle.destroy();
  other.destroy();
  await host.stop();
  await made.dispose();
});
