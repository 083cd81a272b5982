import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { compactBoards } from '#server/store/journal/compaction.ts';
import { createHistory } from '#server/store/journal/history.ts';
import { createJournal } from '#server/store/journal/journal.ts';
import { endOldLogs } from '#server/store/journal/retention.ts';
import { thinSnapshots } from '#server/store/thin-snapshots.ts';
import { board as boardTable, period, snapshot } from '#server/store/schema.ts';
import type { Store } from '#server/store/store.ts';
import { loadBoard } from '#server/sync/board-state.ts';
import { matches, sha256 } from '#server/sync/checksum.ts';
import { foldParts } from '#server/sync/fold.ts';
import type { NewRow } from '#server/sync/hooks.ts';
import { eq } from 'drizzle-orm';
import { addBoard } from '../store/rows.ts';
import { cardRules } from './support/card-rules.ts';
import { ana, ben } from './support/people.ts';
import { silentLog } from './support/sync-host.ts';

const DAY = 86_400_000;
const now = Date.parse('2026-11-25T12:00:00Z');
const log = { info: () => {}, warn: () => {}, error: () => {} };

/** What becomes of older edits, whichever database is behind it. */
export function compactionContract(store: () => Store): void {
  const journal = () => createJournal(store());
  const compact = (at = now) => compactBoards({ store: store(), log, now: () => at });
  const newBoard = async (): Promise<string> => (await addBoard(store().db, 'segments')).boardId;

  /** A board of `count` real edits, each a minute after the one before, the last a day ago; a checkpoint over all. */
  const written = async (count: number, endsAt = now - 2 * DAY) => {
    const board = await newBoard();
    const doc = new Y.Doc();
    const outbox = randomBytes(16).toString('hex');
    const rows: NewRow[] = [];
    doc.on('update', (bytes: Uint8Array) => {
      const n = rows.length + 1;
      const at = endsAt - (count - n) * 60_000;
      const person = n % 2 ? ana : ben;
      rows.push({
        outbox,
        n,
        person,
        signIn: null,
        clientIds: [doc.clientID],
        bytes,
        sha256: sha256(bytes),
        at,
      });
    });
    for (let i = 0; i < count; i++) doc.getMap('cards').set(`c${i % 40}`, `edit ${i}`);
    for (let at = 0; at < count; at += 500) {
      await journal().append(board, { epoch: 1, head: at }, rows.slice(at, at + 500));
    }
    const bytes = Y.encodeStateAsUpdate(doc);
    await journal().saveCheckpoint(board, 1, { seq: count, bytes, sha256: sha256(bytes) });
    return { board, rows, outbox, content: doc.getMap('cards').toJSON() };
  };
  const left = async (board: string): Promise<number[]> =>
    (
      await store().sql<
        { seq: string }[]
      >`select seq from board_update where board_id = ${board} order by seq`
    ).map((row) => Number(row.seq));
  const shown = (parts: readonly Uint8Array[]): unknown => {
    const doc = new Y.Doc();
    for (const part of parts) Y.applyUpdate(doc, part);
    return doc.getMap('cards').toJSON();
  };

  test('[SY70] edits under a checkpoint move into segments with author and time, and the log reads as before', async () => {
    const { board, rows } = await written(2_500);
    expect(await compact()).toBeGreaterThanOrEqual(2_499);
    expect(await left(board)).toEqual([2_500]);
    const whole = await journal().load(board, { ignoreCheckpoint: true });
    expect(whole?.checkpoint).toBeNull();
    expect(
      whole?.rows.map(({ bytes, sha256: sum, ...rest }) => ({ ...rest, whole: matches(bytes, sum) })),
    ).toEqual(
      rows.map(({ bytes: _bytes, sha256: _sum, ...rest }, i) => ({ ...rest, seq: i + 1, whole: true })),
    );
    const lean = await journal().load(board);
    expect([lean?.checkpoint?.seq, lean?.rows.length]).toEqual([2_500, 0]);
    // A node that slept meanwhile reads on where it was.
    const late = await journal().readAfter(board, 700);
    expect(late.rows.map((row) => row.seq)).toEqual(Array.from({ length: 1_800 }, (_, i) => 701 + i));
  });

  test('[SY71] an edit that moved is still known by its number, and sending it again is harmless', async () => {
    const { board, outbox } = await written(1_200);
    await compact();
    expect(await journal().lastOf(board, outbox)).toEqual({ n: 1_200, person: ben });
    await store().sql`delete from board_update where board_id = ${board}`;
    expect(await journal().lastOf(board, outbox)).toEqual({ n: 1_199, person: ana });
    expect(await journal().lastOf(board, randomBytes(16).toString('hex'))).toBeNull();
  });

  test('[SY72] what is young, few, uncovered or damaged stays where it is', async () => {
    const young = await written(1_200, now);
    const { board: uncovered } = await written(1_200);
    await store().sql`delete from board_checkpoint where board_id = ${uncovered}`;
    const { board: badCheckpoint } = await written(1_200);
    await store().sql`update board_checkpoint set bytes = '\\x00'::bytea where board_id = ${badCheckpoint}`;
    const { board: damaged } = await written(1_200);
    await store()
      .sql`update board_update set bytes = '\\x00'::bytea where board_id = ${damaged} and seq = 100`;
    const few = await written(300, now - DAY / 2);
    await compact();
    expect((await left(young.board)).length).toBeLessThanOrEqual(1_200 - 1_000);
    expect((await left(young.board)).length).toBeGreaterThan(10);
    expect(await left(uncovered)).toHaveLength(1_200);
    expect(await left(badCheckpoint)).toHaveLength(1_200);
    expect(await left(damaged)).toHaveLength(1_200);
    expect(await left(few.board)).toHaveLength(300);
    await compact(now + DAY);
    expect(await left(few.board)).toEqual([300]);
  });

  test('[SY73] nodes that move the same edits at once move each of them once', async () => {
    const { board, rows } = await written(3_000);
    await Promise.all([compact(), compact(), compact()]);
    await compact();
    const whole = await journal().load(board, { ignoreCheckpoint: true });
    expect(whole?.rows.map((row) => row.seq)).toEqual(rows.map((_, i) => i + 1));
    expect(await left(board)).toEqual([3_000]);
  });

  test('[SY74] a segment whose bytes changed is noticed, and the board opens as it was before it', async () => {
    const { board } = await written(2_500);
    await compact();
    await store().sql`update board_checkpoint set bytes = '\\x00'::bytea where board_id = ${board}`;
    await store().sql`update board_segment set bytes = overlay(bytes placing '\\xff'::bytea from 40)
      where board_id = ${board} and from_seq = 1001`;
    const state = await loadBoard(journal(), board, cardRules, Math.random, silentLog);
    expect(state?.damage).toContain('1001');
    expect(state?.committed.head).toBe(1_000);
    await expect(createHistory(store()).until(board, now)).rejects.toThrow('1001');
  });

  test('[SY75] a board is read as it was at any moment', async () => {
    const { board, rows, content } = await written(2_200);
    await compact();
    const history = createHistory(store());
    for (const n of [1, 999, 1_000, 1_001, 2_199, 2_200]) {
      const at = await history.until(board, (rows[n - 1]?.at ?? 0) + 1);
      expect(at?.seq).toBe(n);
      expect(shown(at?.parts ?? [])).toEqual(shown(rows.slice(0, n).map((row) => row.bytes)));
    }
    expect(shown((await history.until(board, now))?.parts ?? [])).toEqual(content);
    expect(await history.until(board, (rows[0]?.at ?? 0) - 1)).toMatchObject({ seq: 0, parts: [] });
    expect((await history.upTo(board, 1_500))?.parts).toHaveLength(1_500);
  });

  test('[SY76] nobody who writes waits for old edits to be moved', async () => {
    const { board: big } = await written(12_000);
    const busy = await newBoard();
    let head = 0;
    let moving = true;
    const took: number[] = [];
    const writing = (async () => {
      const outbox = randomBytes(16).toString('hex');
      while (moving) {
        const bytes = new Uint8Array(randomBytes(60));
        const row = { outbox, n: head + 1, person: ana, signIn: null, clientIds: [7], at: now };
        const begun = performance.now();
        await journal().append(busy, { epoch: 1, head }, [{ ...row, bytes, sha256: sha256(bytes) }]);
        took.push(performance.now() - begun);
        head++;
      }
    })();
    await compact();
    moving = false;
    await writing;
    expect(await left(big)).toEqual([12_000]);
    took.sort((a, b) => a - b);
    const at = (p: number): string => (took[Math.floor((took.length - 1) * p)] ?? 0).toFixed(1);
    console.info(
      `commits while 12,000 edits moved: ${took.length}, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`,
    );
    // It was written to all the time, and no commit came near the whole of the moving.
    expect(took.length).toBeGreaterThan(20);
    expect(took.at(-1)).toBeLessThan(1_000);
  });

  test('[SY77] edits live 400 days and until the period after the board’s has closed, then only the board is kept', async () => {
    const old = now - 500 * DAY;
    const { board, content } = await written(2_200, old);
    const kept = await written(1_200, old);
    const organisation = await store().db.select().from(boardTable).where(eq(boardTable.id, kept.board));
    const periods = [
      { kind: 'year' as const, label: 'own', start: '2026-01-01', end: '2026-12-31' },
      { kind: 'quarter' as const, label: 'of another kind', start: '2027-01-01', end: '2027-03-31' },
    ].map((it) => ({
      ...it,
      id: crypto.randomUUID(),
      organisationId: organisation[0]?.organisationId ?? '',
      createdAt: new Date(now),
    }));
    await store().db.insert(period).values(periods);
    await store()
      .db.update(boardTable)
      .set({ periodId: periods[0]?.id ?? null })
      .where(eq(boardTable.id, kept.board));
    await compact();
    await store().sql`delete from board_segment where board_id not in (${board}, ${kept.board})`;
    const end = (at: number) =>
      endOldLogs({
        store: store(),
        log,
        now: () => at,
        days: 400,
        fold: (parts) => Promise.resolve(foldParts(parts)),
      });
    expect(await end(old + 397 * DAY)).toBe(0);
    const segments = async (of: string): Promise<number> =>
      (await store().sql`select 1 from board_segment where board_id = ${of}`).length;
    expect(await segments(board)).toBe(5);
    expect(await end(now)).toBeGreaterThanOrEqual(5);
    expect([await segments(board), await segments(kept.board)]).toEqual([1, 3]);
    await store().sql`update board_checkpoint set bytes = '\\x00'::bytea where board_id = ${board}`;
    const state = await loadBoard(journal(), board, cardRules, Math.random, silentLog);
    expect([state?.damage, state?.committed.head]).toEqual([null, 2_200]);
    expect(shown(state?.committed.parts() ?? [])).toEqual(content);
    const history = createHistory(store());
    expect(await history.until(board, old - DAY)).toBeNull();
    expect((await history.until(board, now))?.seq).toBe(2_200);
    expect(await end(now)).toBe(0);
    // The period after the board's is not planned yet: it is taken to be a year as well.
    await end(Date.parse('2027-12-30T12:00:00Z'));
    expect(await segments(kept.board)).toBe(3);
    await end(Date.parse('2028-01-02T12:00:00Z'));
    expect(await segments(kept.board)).toBe(1);
  });

  test('[SY78] automatic snapshots thin to one an hour after 30 days and one a day after 90; others stay', async () => {
    const { boardId, organisationId } = await addBoard(store().db, 'snapshots');
    let number = 0;
    const shot = (why: 'automatic' | 'manual', at: number) => ({
      id: crypto.randomUUID(),
      organisationId,
      boardId,
      number: ++number,
      why,
      at: new Date(at),
      seq: 1,
      bytes: new Uint8Array(1),
      sha256: new Uint8Array(32),
      plan: {} as never,
      problems: [],
    });
    const hour = Date.parse('2026-11-25T10:00:00Z');
    for (const days of [10, 40, 100]) {
      const from = hour - days * DAY;
      await store()
        .db.insert(snapshot)
        .values([0, 5, 10, 65, 70].map((minutes) => shot('automatic', from + minutes * 60_000)));
      await store().db.insert(snapshot).values(shot('manual', from));
    }
    expect(await thinSnapshots(store(), now)).toBe(3 + 4);
    const rest = await store().db.select().from(snapshot).where(eq(snapshot.boardId, boardId));
    expect(rest.map((each) => each.number).sort((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 9, 11, 12, 17, 18,
    ]);
    expect(await thinSnapshots(store(), now)).toBe(0);
  });
}
