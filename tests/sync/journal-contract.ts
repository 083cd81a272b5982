import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Journal, NewRow } from '#server/sync/hooks.ts';
import { matches, sha256 } from '#server/sync/checksum.ts';
import { createJournal } from '#server/store/journal/journal.ts';
import type { Store } from '#server/store/store.ts';
import { addBoard } from '../store/rows.ts';
import { ana, ben } from './support/people.ts';

const newOutbox = (): string => randomBytes(16).toString('hex');

const row = (outbox: string, n: number, over: Partial<NewRow> = {}): NewRow => {
  const bytes = new Uint8Array(randomBytes(60));
  return {
    outbox,
    n,
    person: ana,
    signIn: null,
    clientIds: [4_000_000_000],
    bytes,
    sha256: sha256(bytes),
    at: 1_790_000_000_123,
    ...over,
  };
};

/** What a journal promises the sync server, whichever database is behind it. */
export function journalContract(store: () => Store): void {
  const journal = (): Journal => createJournal(store());
  const newBoard = async (): Promise<string> => (await addBoard(store().db, 'journal')).boardId;

  test('[SY1] rows come back as they went in, in order, with times, ids and checksums', async () => {
    const board = await newBoard();
    const outbox = newOutbox();
    const rows = [
      row(outbox, 1),
      row(outbox, 2, { person: null, signIn: 'sign-in "x" \\', clientIds: [] }),
      row(newOutbox(), 1, { person: ben, clientIds: [1, 4_294_967_295] }),
    ];
    expect(await journal().append(board, { epoch: 1, head: 0 }, rows)).toEqual({ kind: 'committed' });
    const loaded = await journal().load(board);
    expect(loaded?.head).toBe(3);
    expect(
      loaded?.rows.map(({ bytes, sha256: sum, ...rest }) => ({ ...rest, whole: matches(bytes, sum) })),
    ).toEqual(
      rows.map(({ bytes: _bytes, sha256: _sum, ...rest }, i) => ({ ...rest, seq: i + 1, whole: true })),
    );
    expect(
      Buffer.compare(loaded?.rows[0]?.bytes ?? new Uint8Array(), rows[0]?.bytes ?? new Uint8Array()),
    ).toBe(0);
    expect([...(loaded?.claims ?? [])].sort()).toEqual([
      [1, ben],
      [4_000_000_000, ana],
      [4_294_967_295, ben],
    ]);
  });

  test('[SY2] a batch is stored whole or not at all when another node wrote first', async () => {
    const board = await newBoard();
    const first = row(newOutbox(), 1);
    await journal().append(board, { epoch: 1, head: 0 }, [first]);
    const late = [row(newOutbox(), 1, { clientIds: [77] }), row(newOutbox(), 1)];
    expect(await journal().append(board, { epoch: 1, head: 0 }, late)).toEqual({ kind: 'moved' });
    const loaded = await journal().load(board);
    expect(loaded?.rows).toHaveLength(1);
    expect(loaded?.claims.has(77)).toBe(false);
    expect(await journal().append(board, { epoch: 1, head: 1 }, late)).toEqual({ kind: 'committed' });
    expect((await journal().readAfter(board, 1)).rows.map((each) => each.seq)).toEqual([2, 3]);
  });

  test('[SY3] the same (outbox, n) is never stored twice, and the whole batch with it is not', async () => {
    const board = await newBoard();
    const outbox = newOutbox();
    await journal().append(board, { epoch: 1, head: 0 }, [row(outbox, 1)]);
    const again = journal().append(board, { epoch: 1, head: 1 }, [row(newOutbox(), 1), row(outbox, 1)]);
    await expect(again).rejects.toThrow();
    expect((await journal().load(board))?.head).toBe(1);
    expect(await journal().lastOf(board, outbox)).toEqual({ n: 1, person: ana });
    expect(await journal().lastOf(board, newOutbox())).toBeNull();
  });

  test('[SY4] two nodes that append at once: one after the other, no gap, none twice', async () => {
    const board = await newBoard();
    const write = async (outbox: string): Promise<void> => {
      let head = 0;
      for (let n = 1; n <= 20;) {
        const answer = await journal().append(board, { epoch: 1, head }, [row(outbox, n)]);
        if (answer.kind === 'committed') {
          n++;
          head++;
        } else head = (await journal().load(board))?.head ?? 0;
      }
    };
    await Promise.all([write(newOutbox()), write(newOutbox()), write(newOutbox())]);
    const loaded = await journal().load(board);
    expect(loaded?.rows.map((each) => each.seq)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    expect(new Set(loaded?.rows.map((each) => `${each.outbox} ${each.n}`)).size).toBe(60);
  });

  test('[SY5] a board of another epoch takes nothing, and a board that is not there is null', async () => {
    const board = await newBoard();
    expect(await journal().append(board, { epoch: 2, head: 0 }, [row(newOutbox(), 1)])).toEqual({
      kind: 'epoch-changed',
    });
    expect(await journal().load(randomUUID())).toBeNull();
    expect(await journal().load('not-a-uuid')).toBeNull();
    await expect(journal().readAfter(randomUUID(), 0)).rejects.toThrow('no such board');
  });

  test('[SY6] a checkpoint spares the rows before it, replaces older ones, and can be left aside', async () => {
    const board = await newBoard();
    const outbox = newOutbox();
    await journal().append(
      board,
      { epoch: 1, head: 0 },
      [1, 2, 3, 4].map((n) => row(outbox, n)),
    );
    for (const seq of [1, 3]) {
      const bytes = new Uint8Array(randomBytes(100_000));
      await journal().saveCheckpoint(board, 1, { seq, bytes, sha256: sha256(bytes) });
    }
    const loaded = await journal().load(board);
    expect(loaded?.checkpoint?.seq).toBe(3);
    expect(loaded?.checkpoint && matches(loaded.checkpoint.bytes, loaded.checkpoint.sha256)).toBe(true);
    expect(loaded?.rows.map((each) => each.seq)).toEqual([4]);
    expect((await journal().load(board, { ignoreCheckpoint: true }))?.rows).toHaveLength(4);
    const kept = await store().sql`select seq from board_checkpoint where board_id = ${board}`;
    expect(kept.map((each) => Number(each.seq))).toEqual([3]);
    const bytes = new Uint8Array(10);
    await journal().saveCheckpoint(board, 2, { seq: 4, bytes, sha256: sha256(bytes) });
    expect((await journal().load(board))?.checkpoint?.seq).toBe(3);
  });

  test('[SY7] a large batch goes through', async () => {
    const board = await newBoard();
    const outbox = newOutbox();
    const big = new Uint8Array(randomBytes(3_000_000));
    const rows = Array.from({ length: 500 }, (_, i) => row(outbox, i + 1));
    rows.push(row(outbox, 501, { bytes: big, sha256: sha256(big) }));
    expect(await journal().append(board, { epoch: 1, head: 0 }, rows)).toEqual({ kind: 'committed' });
    const loaded = await journal().load(board);
    expect(loaded?.rows.every((each) => matches(each.bytes, each.sha256))).toBe(true);
    expect(loaded?.head).toBe(501);
  });
}
