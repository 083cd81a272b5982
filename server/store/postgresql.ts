import postgres from 'postgres';
import { StartFailure } from '../start-failure.ts';
import { migrateTables } from './migrations.ts';
import type { Opened } from './store.ts';

/** Oldest server whose SQL we use. */
const OLDEST_VERSION = 140_000;
const CONNECTIONS = 10;

/**
 * Opens a PostgreSQL server and brings its tables up to date. Throws StartFailure, without ever repeating the password,
 * when it can not be reached, refuses the user, or lacks the database.
 */
export async function openPostgresql(url: string): Promise<Opened> {
  const place = describePlace(url);
  const warnings = await prepare(url, place);
  const sql = postgres(url, {
    max: CONNECTIONS,
    connect_timeout: 10,
    onnotice: () => {},
    // Asked at every connect and never needed; when the connection breaks just then, nobody catches the error.
    fetch_types: false,
    // A server that comes back is found within a second, however long it was away.
    backoff: (tries) => Math.min(1, 0.05 * 2 ** Math.min(tries, 6)) * (0.5 + Math.random() / 2),
    connection: {
      application_name: 'throughline',
      // A node that hangs in a transaction must not hold a board's row for ever (sync.md Y4).
      idle_in_transaction_session_timeout: 5_000,
      TimeZone: 'UTC',
      // It compiles for a quarter of a second what then runs for a tenth: our statements are many and short.
      jit: 'off',
    },
  });
  return {
    info: {
      kind: 'postgresql',
      promise: `PostgreSQL at ${place}: what is saved is as safe as that server, power cuts included.`,
      warnings,
    },
    sql,
    close: () => sql.end({ timeout: 5 }),
  };
}

/** Migrates over a connection of its own and returns what is dangerous about the server's settings. */
async function prepare(url: string, place: string): Promise<string[]> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    const [version] =
      await sql`select current_setting('server_version_num')::int as number, current_setting('server_version') as text`;
    if (Number(version?.number) < OLDEST_VERSION) {
      throw new StartFailure(
        `The PostgreSQL at ${place} is version ${version?.text}; Throughline needs 14 or newer.`,
      );
    }
    const warnings = await findDangers(sql, place);
    await migrateTables(sql, 'postgresql');
    return warnings;
  } catch (error) {
    throw error instanceof StartFailure ? error : new StartFailure(explain(error, place));
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function findDangers(sql: postgres.Sql, place: string): Promise<string[]> {
  const warnings: string[] = [];
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    const [row] = await sql`select current_setting(${name}) as value`;
    if (row?.value === 'off') {
      warnings.push(
        `${name} is off on the PostgreSQL at ${place}: a crash of that server can lose what was shown as saved. Turn it on.`,
      );
    }
  }
  return warnings;
}

/** Host, port and database of a URL, never its user or password. */
function describePlace(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname || 'localhost'}${port ? `:${port}` : ''}${pathname}`;
}

function explain(error: unknown, place: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons: Record<string, string> = {
    ECONNREFUSED: 'nothing answers there; is the server running, are host and port right?',
    ENOTFOUND: 'that host name is not known',
    EAI_AGAIN: 'that host name can not be looked up now',
    CONNECT_TIMEOUT: 'it did not answer within 10 seconds',
    ENOENT: 'that socket does not exist',
    '28P01': 'user or password are wrong',
    '28000': 'this user may not sign in there',
    '3D000': 'that database does not exist; create it first',
    '42501': 'this user may not create tables there',
    '53300': 'it has no connection free',
  };
  const reason =
    reasons[code] ?? (error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error));
  return `The database of DATABASE_URL (${place}) can not be used: ${reason}.`;
}
