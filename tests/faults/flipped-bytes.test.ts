import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createJournal } from '#server/store/journal/journal.ts';
import { loadBoard } from '#server/sync/board-state.ts';
import { seeded } from '../convergence/simulator/sim-world.ts';
import { addBoard } from '../store/rows.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { cardRules, cardsOf, putCard } from '../sync/support/card-rules.ts';
import { openTab, person, saved, silentLog, startHost } from '../sync/support/sync-host.ts';

const flips = Number(process.env.FLIPS ?? 300);
vi.setConfig({ testTimeout: 60_000 + flips * 300, hookTimeout: 120_000 });

describe.each(stores)('stored bytes that change by themselves: $name', ({ missing, open }) => {
  let opened: OpenedStore;
  let board: string;
  let whole: unknown;
  let rows: number;

  beforeAll(async () => {
    if (missing) return;
    opened = await open();
    ({ boardId: board } = await addBoard(opened.store.db, 'flipped'));
    const name = randomUUID();
    const host = await startHost({ journal: createJournal(opened.store), cast: { [name]: person(name) } });
    const tab = await openTab({ url: host.url, board, name });
    await saved(tab);
    for (let i = 0; i < 40; i++) {
      putCard(tab.doc, `c${i}`, { x: i, title: `card ${i} of many` });
      await saved(tab);
    }
    whole = cardsOf(tab.doc);
    await tab.close();
    await host.stop();
    rows = (await createJournal(opened.store).load(board, { ignoreCheckpoint: true }))?.head ?? 0;
  });
  afterAll(() => opened?.dispose());

  const load = async (ignoreCheckpoint: boolean) => {
    const journal = createJournal(opened.store);
    const from = ignoreCheckpoint
      ? { ...journal, load: (id: string) => journal.load(id, { ignoreCheckpoint: true }) }
      : journal;
    const told: string[] = [];
    const log = { ...silentLog, error: (_fields: object, message: string) => void told.push(message) };
    return { state: await loadBoard(from, board, cardRules, Math.random, log), told };
  };
  const shown = (state: Awaited<ReturnType<typeof load>>['state']): unknown =>
    state ? cardsOf(state.working(() => []).doc) : null;

  test.skipIf(missing)(
    '[SY96] in a stored edit are always noticed, and nothing behind them is shown',
    async () => {
      const random = seeded(20_261_125);
      const { sql } = opened.store;
      expect((await load(true)).state?.damage).toBeNull();
      let noticed = 0;
      for (let i = 0; i < flips; i++) {
        const seq = 1 + Math.floor(random() * rows);
        const [row] = await sql<{ bytes: Uint8Array }[]>`
        select bytes from board_update where board_id = ${board} and seq = ${seq}`;
        const bytes = Buffer.from(row?.bytes ?? []);
        for (let n = 1 + Math.floor(random() * 4); n > 0; n--) {
          const at = Math.floor(random() * bytes.length);
          bytes[at] = (bytes[at] ?? 0) ^ (1 + Math.floor(random() * 255));
        }
        const same = bytes.equals(Buffer.from(row?.bytes ?? []));
        await sql`update board_update set bytes = ${bytes} where board_id = ${board} and seq = ${seq}`;
        const { state, told } = await load(true);
        if (!same) {
          expect(state?.damage, `flip ${i}`).toBe(`Edit ${seq} of this board is damaged in the store.`);
          expect(state?.committed.head).toBe(seq - 1);
          expect(told).toHaveLength(1);
          noticed += 1;
        }
        await sql`update board_update set bytes = ${row?.bytes ?? null} where board_id = ${board} and seq = ${seq}`;
      }
      expect(noticed).toBeGreaterThan(flips * 0.98);
      expect(shown((await load(true)).state)).toEqual(whole);
      console.info(`${noticed} of ${noticed} changed edits noticed`);
    },
  );

  test.skipIf(missing)(
    '[SY96] in a checkpoint are always noticed, and the whole log is read instead',
    async () => {
      const random = seeded(20_261_126);
      const { sql } = opened.store;
      const [kept] = await sql<{ bytes: Uint8Array }[]>`
      select bytes from board_checkpoint where board_id = ${board}`;
      const good = Buffer.from(kept?.bytes ?? []);
      expect(good.length).toBeGreaterThan(100);
      for (let i = 0; i < flips / 3; i++) {
        const bytes = Buffer.from(good);
        const at = Math.floor(random() * bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 + Math.floor(random() * 255));
        await sql`update board_checkpoint set bytes = ${bytes} where board_id = ${board}`;
        const { state, told } = await load(false);
        expect(told, `flip ${i}`).toEqual(['a checkpoint is damaged; reading the whole log instead']);
        expect(state?.damage).toBeNull();
        expect(shown(state)).toEqual(whole);
      }
      await sql`update board_checkpoint set bytes = ${good} where board_id = ${board}`;
    },
  );
});
