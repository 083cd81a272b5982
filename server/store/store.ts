import { AsyncLocalStorage } from 'node:async_hooks';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import type { StoreInfo } from '../app.ts';
import * as schema from './schema.ts';

export type Database = PostgresJsDatabase<typeof schema>;
/** The handle inside a transaction: the only one that may be used there. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
/** What a query needs that may run inside a transaction or outside. */
export type Queries = Database | Transaction;

/** The one door to the database; the same on the embedded store and on PostgreSQL. */
export interface Store {
  readonly info: StoreInfo;
  readonly kind: StoreInfo['kind'];
  /** Typed queries outside a transaction. Taking it inside `transaction` throws: on the embedded store it would hang. */
  readonly db: Database;
  /**
   * The driver itself, for single statements drizzle can not say. Drizzle has switched its parsers off: times and dates
   * come as text and go in as ISO text, JSON goes in as text, bytes are Uint8Array both ways.
   */
  readonly sql: postgres.Sql;
  /**
   * Runs `work` in one transaction; a throw rolls all of it back and comes out again. Keep it short and await nothing
   * but its queries: on the embedded store everybody else waits.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Null when the database answers, else why not. */
  notReady(): Promise<string | null>;
  /** Ends all connections after what is under way; the embedded database is closed and its folder unlocked. */
  close(): Promise<void>;
}

/** What an opened database brings; `kindOf` names it for people. */
export interface Opened {
  readonly info: StoreInfo;
  readonly sql: postgres.Sql;
  close(): Promise<void>;
}

/** Makes the store of an opened database. */
export function makeStore(opened: Opened): Store {
  const db = drizzle(opened.sql, { schema });
  const current = new AsyncLocalStorage<{ open: boolean }>();
  const outside = <T>(handle: T): T => {
    if (current.getStore()?.open) {
      throw new Error(
        'Inside a transaction only its own handle may be used: the embedded store has one connection.',
      );
    }
    return handle;
  };
  return {
    info: opened.info,
    kind: opened.info.kind,
    get db() {
      return outside(db);
    },
    get sql() {
      return outside(opened.sql);
    },
    async transaction(work) {
      const mark = { open: true };
      const begin = outside(db);
      try {
        return await begin.transaction((tx) => current.run(mark, () => work(tx)));
      } finally {
        mark.open = false;
      }
    },
    async notReady() {
      try {
        await opened.sql`select 1`;
        return null;
      } catch (error) {
        return `the database does not answer (${error instanceof Error ? error.message : 'unknown reason'})`;
      }
    },
    close: () => opened.close(),
  };
}
