import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { eq, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../server/store/open.ts';
import * as schema from '../../server/store/schema.ts';
import type { Store } from '../../server/store/store.ts';
import { openTestStore, type TestStore } from '../support/embedded.ts';
import { createDatabase, serverUrl, type TestDatabase } from '../support/postgres.ts';
import { accountRow, addBoard, noon, organisationRow } from './rows.ts';

const { account, board, boardUpdate, event, organisation, person } = schema;

/** What every store promises, whichever database is behind it. `store` is asked for after `beforeAll` opened it. */
function storeContract(store: () => Store): void {
  test('[ST1] times, JSON and bytes come back as they went in', async () => {
    const { boardId, organisationId } = await addBoard(store().db, 'round trip');
    const settings = { text: 'ä\u2028"\\', nested: { list: [1, null, true, 1.5], empty: {} } };
    await store()
      .db.update(organisation)
      .set({ settings, clockNow: noon })
      .where(eq(organisation.id, organisationId));
    const [home] = await store().db.select().from(organisation).where(eq(organisation.id, organisationId));
    expect(home).toMatchObject({ settings, clockNow: noon, createdAt: noon });

    const everyByte = Uint8Array.from({ length: 256 }, (_, value) => value);
    const blobs = [new Uint8Array(0), everyByte, new Uint8Array(randomBytes(1_000_000))];
    for (const [index, bytes] of blobs.entries()) {
      await store()
        .db.insert(boardUpdate)
        .values({
          boardId,
          seq: index + 1,
          outbox: randomUUID(),
          n: 2 ** 40 + index,
          clientIds: [1, 2 ** 32 - 1],
          bytes,
          sha256: createHash('sha256').update(bytes).digest(),
          at: noon,
        });
    }
    const rows = await store()
      .db.select()
      .from(boardUpdate)
      .where(eq(boardUpdate.boardId, boardId))
      .orderBy(boardUpdate.seq);
    expect(rows.map((row) => Buffer.compare(row.bytes, blobs[row.seq - 1] ?? new Uint8Array(1)))).toEqual([
      0, 0, 0,
    ]);
    expect(rows[1]).toMatchObject({ n: 2 ** 40 + 1, clientIds: [1, 2 ** 32 - 1], at: noon });
  });

  test('[ST1] the plain driver reads and writes bytes and ISO times too', async () => {
    const { boardId } = await addBoard(store().db, 'plain');
    const bytes = new Uint8Array(randomBytes(5000));
    await store().sql`insert into board_checkpoint (board_id, seq, bytes, sha256, at)
      values (${boardId}, 1, ${bytes}, ${createHash('sha256').update(bytes).digest()}, ${noon.toISOString()})`;
    const [row] = await store().sql`select bytes, at from board_checkpoint where board_id = ${boardId}`;
    expect(Buffer.compare(row?.bytes as Uint8Array, bytes)).toBe(0);
    expect(new Date(String(row?.at)).getTime()).toBe(noon.getTime());
  });

  test('[ST2] eight readers and writers at once get their own rows', async () => {
    const people = Array.from({ length: 8 }, (_, index) => `reader ${index}`);
    const wrong: string[] = [];
    await Promise.all(
      people.map(async (name) => {
        for (let round = 0; round < 25; round += 1) {
          const row = accountRow(`${name} ${round}`);
          await store().db.insert(account).values(row);
          const [mine] = await store().db.select().from(account).where(eq(account.id, row.id));
          if (mine?.name !== row.name) wrong.push(row.name);
          await store().transaction(async (tx) => {
            await tx
              .update(account)
              .set({ name: `${row.name} renamed` })
              .where(eq(account.id, row.id));
            const [changed] = await tx.select().from(account).where(eq(account.id, row.id));
            if (changed?.name !== `${row.name} renamed`) wrong.push(row.name);
          });
        }
      }),
    );
    expect(wrong).toEqual([]);
    const kept = await store()
      .db.select({ name: account.name })
      .from(account)
      .where(sql`name like 'reader % renamed'`);
    expect(kept).toHaveLength(8 * 25);
  });

  test('[ST3] a transaction that throws leaves nothing, and the next one works', async () => {
    const [first, second] = [accountRow('first'), accountRow('second')];
    const failing = store().transaction(async (tx) => {
      await tx.insert(account).values(first);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    const refusedByDatabase = store().transaction(async (tx) => {
      await tx.insert(account).values(second);
      await tx.insert(account).values(second);
    });
    await expect(refusedByDatabase).rejects.toThrow();
    const ids = [first.id, second.id];
    expect(await store().db.select().from(account).where(inArray(account.id, ids))).toEqual([]);
    expect(
      await store().transaction(async (tx) => (await tx.insert(account).values(first).returning()).length),
    ).toBe(1);
  });

  test('[ST4] inside a transaction the outer handle is refused, afterwards it works again', async () => {
    const misused = store().transaction(async () => store().db.select().from(account));
    await expect(misused).rejects.toThrow('its own handle');
    const nested = store().transaction(async () => store().transaction(async () => 1));
    await expect(nested).rejects.toThrow('its own handle');
    // What a transaction set off but did not wait for may use the store once the transaction has ended.
    const ended = Promise.withResolvers<void>();
    let later: Promise<unknown> = Promise.resolve();
    await store().transaction(async () => {
      later = ended.promise.then(() => store().db.select().from(account).limit(1));
    });
    ended.resolve();
    await expect(later).resolves.toBeDefined();
  });

  test('[ST5] what must be unique is refused the second time', async () => {
    const taken = accountRow('taken');
    await store().db.insert(account).values(taken);
    await expect(
      store()
        .db.insert(account)
        .values({ ...accountRow('other'), email: taken.email }),
    ).rejects.toThrow();

    const [here, there] = [organisationRow('here'), organisationRow('there')];
    await store().db.insert(organisation).values([here, there]);
    const ana = { key: 'ana', name: 'Ana', colour: 1, createdAt: noon };
    await store()
      .db.insert(person)
      .values({ id: randomUUID(), organisationId: here.id, ...ana });
    await store()
      .db.insert(person)
      .values({ id: randomUUID(), organisationId: there.id, ...ana });
    await expect(
      store()
        .db.insert(person)
        .values({ id: randomUUID(), organisationId: here.id, ...ana }),
    ).rejects.toThrow();

    const history = {
      organisationId: here.id,
      objectKind: 'commitment',
      objectId: randomUUID(),
      version: 1,
      type: 'proposed',
      data: {},
      via: 'web',
      at: noon,
      recordedAt: noon,
      tz: 'Europe/Berlin',
    };
    const twins = await Promise.allSettled([
      store().db.insert(event).values(history),
      store().db.insert(event).values(history),
    ]);
    expect(twins.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('[ST14] removing an organisation removes all of it and nothing else', async () => {
    const [gone, stays] = [await addBoard(store().db, 'gone'), await addBoard(store().db, 'stays')];
    await store().db.delete(organisation).where(eq(organisation.id, gone.organisationId));
    const left = await store()
      .db.select({ id: board.id })
      .from(board)
      .where(inArray(board.id, [gone.boardId, stays.boardId]));
    expect(left).toEqual([{ id: stays.boardId }]);
  });

  test('[ST1] a store that works says it is ready', async () => {
    expect(await store().notReady()).toBeNull();
  });
}

describe('the embedded database', () => {
  let embedded: TestStore;
  beforeAll(async () => {
    embedded = await openTestStore();
  });
  afterAll(() => embedded.dispose());
  storeContract(() => embedded.store);
});

describe.skipIf(!serverUrl)('a PostgreSQL server', () => {
  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await createDatabase();
    store = await openStore({ databaseUrl: database.url, dataDir: 'unused' });
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });
  storeContract(() => store);
});
