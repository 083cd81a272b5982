import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time of a process in hundredths of a second, all its threads together. */
const tickMs = 10;

/** Processor time a process has used so far, user and system, with all its threads; 0 when it is gone. */
export function cpuMs(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in brackets may hold spaces; the fields behind it are counted from the third on.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * tickMs;
  } catch {
    return 0;
  }
}

/** The PostgreSQL processes that serve one database; the shared background writers are not among them. */
export function backendsOf(database: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith('postgres:') && names(pid, database);
      } catch {
        return false;
      }
    });
}

const names = (pid: number, database: string): boolean =>
  readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(` ${database} `);

/** Processor time of the server and, apart, of the database processes that work for it. */
export interface Use {
  readonly server: number;
  readonly database: number;
}

export function useOf(pid: number, database: string | null): Use {
  const backends = database === null ? [] : backendsOf(database);
  return { server: cpuMs(pid), database: backends.reduce((sum, backend) => sum + cpuMs(backend), 0) };
}

export const usedSince = (before: Use, after: Use): Use => ({
  server: after.server - before.server,
  database: after.database - before.database,
});
