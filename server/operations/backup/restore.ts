import type { Store } from '../../store/store.ts';
import { readMigrations } from '../../store/migrations.ts';
import { StartFailure } from '../../start-failure.ts';
import { compareManifests } from './backup-file.ts';
import { damaged, read, type Header, type Line, type Manifest, type TableSum } from './format.ts';
import { dropReferences, moveSequences, rebuildTables, upgradeTables } from './rebuild-tables.ts';
import {
  quote,
  readShape,
  settle,
  sumTable,
  TableDigest,
  tableNames,
  type Shape,
  type Tx,
} from './table-rows.ts';

export interface RestoreChoice {
  /** Puts the backup in the place of what is there; else only an empty store is taken. */
  readonly replace: boolean;
  /**
   * Raises every board's epoch: windows that show another past load afresh, and keep what was unsent as a copy. Not for a
   * move, where the past is the same.
   */
  readonly raiseEpochs: boolean;
}

export interface Restored {
  readonly header: Header;
  readonly manifest: Manifest;
}

const chunkChars = 2_000_000;
const chunkRows = 1_000;

/**
 * Puts the lines of a backup into a store, all in one transaction: when anything is wrong nothing has changed. Every row
 * is hashed as it comes in and again as the database gives it back.
 */
export async function restore(
  { sql }: Pick<Store, 'sql'>,
  texts: AsyncIterable<string>,
  choice: RestoreChoice,
): Promise<Restored> {
  const { header, lines } = await read(texts);
  refuseNewer(header);
  return sql.begin(async (tx) => {
    await settle(tx);
    await tx.unsafe(`set local lock_timeout = '20s'`);
    if (!choice.replace) await refuseFull(tx);
    const epochs = await readEpochs(tx);
    await rebuildTables(tx, header.migration);
    const putBack = await dropReferences(tx);
    const manifest = await load(tx, lines);
    const found: Record<string, TableSum> = {};
    for (const name of Object.keys(manifest)) found[name] = await sumTable(tx, name);
    compareManifests(found, manifest);
    await putBack();
    await moveSequences(tx);
    await upgradeTables(tx, header.migration);
    if (choice.raiseEpochs) await raiseEpochs(tx, epochs);
    return { header, manifest };
  });
}

function refuseNewer(header: Header): void {
  const migrations = readMigrations();
  if (header.migration > (migrations.at(-1)?.at ?? 0)) {
    throw new StartFailure(
      `The backup was made by a newer version of Throughline (${header.app}). Restore it with that version; nothing was changed.`,
    );
  }
  if (!migrations.some(({ at }) => at === header.migration))
    throw damaged('its tables are of an unknown version');
}

async function refuseFull(tx: Tx): Promise<void> {
  for (const name of tableNames) {
    const [row] = await tx.unsafe(`select 1 from ${quote(name)} limit 1`);
    if (row === undefined) continue;
    throw new StartFailure(
      'There is something in this store already. To put the backup in its place, and lose what is there, add --replace.',
    );
  }
}

async function readEpochs(tx: Tx): Promise<[id: string, epoch: number][]> {
  const rows = await tx.unsafe<{ id: string; epoch: string }[]>('select id::text, epoch::text from board');
  return rows.map(({ id, epoch }) => [id, Number(epoch)]);
}

/** Above the backup's own and above what any window of the replaced store may know. */
async function raiseEpochs(tx: Tx, before: readonly [string, number][]): Promise<void> {
  await tx.unsafe('update board set epoch = epoch + 1');
  for (const [id, epoch] of before) {
    await tx.unsafe('update board set epoch = greatest(epoch, $2::int + 1) where id = $1::uuid', [
      id,
      String(epoch),
    ]);
  }
}

/** Puts all rows in their tables and answers what the backup says they are. */
async function load(tx: Tx, lines: AsyncIterable<Line>): Promise<Manifest> {
  const found = new Map<string, TableDigest>();
  let table: Shape | null = null;
  let digest = new TableDigest();
  let rows: (readonly (string | null)[])[] = [];
  let chars = 0;
  const flush = async (): Promise<void> => {
    if (table && rows.length > 0) await insert(tx, table, rows);
    rows = [];
    chars = 0;
  };
  for await (const line of lines) {
    if (line.kind === 'row') {
      if (!table) throw damaged('a row is in no table');
      digest.add(line.text);
      rows.push(line.values);
      chars += line.text.length;
      if (rows.length >= chunkRows || chars >= chunkChars) await flush();
      continue;
    }
    await flush();
    if (line.kind === 'end') {
      compareManifests(Object.fromEntries([...found].map(([name, sum]) => [name, sum.end()])), line.manifest);
      return line.manifest;
    }
    table = await readShape(tx, line.name);
    const columns = table.columns.map((column) => column.name);
    if (JSON.stringify(columns) !== JSON.stringify(line.columns))
      throw damaged(`table ${line.name} is not known`);
    digest = new TableDigest();
    found.set(line.name, digest);
  }
  throw damaged('its end is missing');
}

async function insert(tx: Tx, { name, columns }: Shape, rows: (readonly (string | null)[])[]): Promise<void> {
  const names = columns.map((column) => quote(column.name)).join(', ');
  const typed = columns.map((column, i) => `a.c${i}::${column.type}`).join(', ');
  const parts = columns.map((_column, i) => `$${i + 1}::text[]`).join(', ');
  const aliases = columns.map((_column, i) => `c${i}`).join(', ');
  await tx.unsafe(
    `insert into ${quote(name)} (${names}) select ${typed} from unnest(${parts}) as a(${aliases})`,
    columns.map((_column, i) => list(rows.map((row) => row[i] ?? null))),
  );
}

/** An array literal; the driver's own arrays need a round trip for their types. */
const list = (items: readonly (string | null)[]): string =>
  `{${items.map((item) => (item === null ? 'NULL' : `"${item.replace(/["\\]/g, '\\$&')}"`)).join(',')}}`;
