import { StartFailure } from '../../start-failure.ts';

/**
 * A backup is one file for both stores: the line below, then gzipped lines of JSON, then the SHA-256 (32 bytes) of all
 * before it. The lines are a header, then for each table its name and columns followed by its rows (every value as the
 * database writes it as text), and at the end how many rows each table has and the SHA-256 of their lines.
 */
export const magic = 'throughline-backup/1\n';
export const sumBytes = 32;

export interface Header {
  readonly format: 'throughline-backup/1';
  /** Version of the app that wrote it. */
  readonly app: string;
  /** The tables' newest migration, milliseconds. */
  readonly migration: number;
  /** ISO. */
  readonly madeAt: string;
  readonly from: 'embedded' | 'postgresql';
}

export interface TableSum {
  readonly rows: number;
  /** Hex. */
  readonly sha256: string;
}

/** What a backup holds, by table. */
export type Manifest = Readonly<Record<string, TableSum>>;

export type Line =
  | { readonly kind: 'table'; readonly name: string; readonly columns: readonly string[] }
  | { readonly kind: 'row'; readonly text: string; readonly values: readonly (string | null)[] }
  | { readonly kind: 'end'; readonly manifest: Manifest };

/** A backup as it is read, with everything in its place. */
export interface Reading {
  readonly header: Header;
  readonly lines: AsyncIterable<Line>;
}

export const damaged = (what: string): StartFailure =>
  new StartFailure(`The backup is damaged (${what}). Use another one; nothing was changed.`);

/** Takes lines of text apart; throws when they are not those of a whole backup. */
export async function read(texts: AsyncIterable<string>): Promise<Reading> {
  const all = texts[Symbol.asyncIterator]();
  const first = await all.next();
  const header = first.done ? null : (parse(first.value) as Partial<Header>);
  if (header?.format !== 'throughline-backup/1' || typeof header.migration !== 'number') {
    throw damaged('it does not begin as one');
  }
  return { header: header as Header, lines: readLines({ [Symbol.asyncIterator]: () => all }) };
}

async function* readLines(texts: AsyncIterable<string>): AsyncGenerator<Line> {
  let ended = false;
  for await (const text of texts) {
    if (ended) throw damaged('something follows its end');
    const value = parse(text);
    if (Array.isArray(value)) yield { kind: 'row', text, values: value as (string | null)[] };
    else if ('table' in value) {
      yield { kind: 'table', name: value.table as string, columns: value.columns as string[] };
    } else {
      ended = true;
      yield { kind: 'end', manifest: value.end as Manifest };
    }
  }
  if (!ended) throw damaged('its end is missing');
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw damaged('a line can not be read');
  }
}
