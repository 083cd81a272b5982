import postgres from 'postgres';
import { StartFailure } from '../start-failure.ts';

/** Refuses while a server works on that PostgreSQL database: it would go on with what it remembers of another past. */
export async function refuseWhileServed(url: string, what: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    const [row] = await sql`
      select count(*)::int as servers from pg_stat_activity
      where datname = current_database() and application_name = 'throughline' and pid <> pg_backend_pid()`;
    if (row?.servers === 0) return;
  } catch {
    // That it can not be reached is told, with its reason, by whoever opens it next.
    return;
  } finally {
    await sql.end({ timeout: 5 });
  }
  throw new StartFailure(
    `A server is running on that database. Stop all of them, then ${what}; nothing was changed.`,
  );
}
