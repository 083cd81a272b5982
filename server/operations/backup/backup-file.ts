import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { StartFailure } from '../../start-failure.ts';
import { damaged, magic, read, sumBytes, type Header, type Manifest } from './format.ts';
import { TableDigest } from './table-rows.ts';

/** Writes lines as a backup, readable by this user only. Under its name it stands whole or not at all. */
export async function writeBackupFile(lines: AsyncIterable<string>, path: string): Promise<void> {
  const partial = `${path}.partial`;
  const hash = createHash('sha256').update(magic);
  const withSum = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    yield Buffer.from(magic);
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
    yield hash.digest();
  };
  const ended = async function* (): AsyncGenerator<string> {
    for await (const line of lines) yield `${line}\n`;
  };
  try {
    const file = createWriteStream(partial, { mode: 0o600, flush: true });
    await pipeline(ended(), createGzip(), withSum, file);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw explainFile(error, path);
  }
}

/** Reads a whole backup and compares every hash in it. Throws StartFailure when a single bit is not as it was. */
export async function verifyBackupFile(path: string): Promise<{ header: Header; manifest: Manifest }> {
  await compareSum(path);
  const { header, lines } = await read(readLines(path));
  let current: { name: string; digest: TableDigest } | null = null;
  const found = new Map<string, TableDigest>();
  for await (const line of lines) {
    if (line.kind === 'table') {
      current = { name: line.name, digest: new TableDigest() };
      found.set(current.name, current.digest);
    } else if (line.kind === 'row') current?.digest.add(line.text);
    else {
      compareManifests(Object.fromEntries([...found].map(([name, it]) => [name, it.end()])), line.manifest);
      return { header, manifest: line.manifest };
    }
  }
  throw damaged('its end is missing');
}

/** Throws when the tables that were found are not those, row for row, that the manifest names. */
export function compareManifests(found: Manifest, manifest: Manifest): void {
  for (const name of new Set([...Object.keys(found), ...Object.keys(manifest)])) {
    const [is, should] = [found[name], manifest[name]];
    if (is?.rows !== should?.rows || is?.sha256 !== should?.sha256) {
      throw damaged(
        `table ${name} has ${is?.rows ?? 'no'} rows that are not the ${should?.rows ?? 'no'} it should have`,
      );
    }
  }
}

async function compareSum(path: string): Promise<void> {
  try {
    const { size } = await stat(path);
    if (size < magic.length + sumBytes) throw damaged('it is too short');
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path, { end: size - sumBytes - 1 }))
      hash.update(chunk as Buffer);
    const file = await open(path);
    const { buffer } = await file.read(Buffer.alloc(sumBytes), 0, sumBytes, size - sumBytes);
    const start = await file.read(Buffer.alloc(magic.length), 0, magic.length, 0);
    await file.close();
    if (start.buffer.toString() !== magic) throw new StartFailure(`${path} is no backup of Throughline.`);
    if (!hash.digest().equals(buffer)) throw damaged('its checksum does not match');
  } catch (error) {
    throw explainFile(error, path);
  }
}

/** The lines of a backup whose checksum was compared. */
export async function* readLines(path: string): AsyncGenerator<string> {
  const { size } = await stat(path);
  const raw = createReadStream(path, { start: magic.length, end: size - sumBytes - 1 });
  const gunzip = createGunzip();
  raw.on('error', (error) => gunzip.destroy(error));
  let parts: Buffer[] = [];
  try {
    for await (const chunk of raw.pipe(gunzip) as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        parts.push(chunk.subarray(from, at));
        yield Buffer.concat(parts).toString();
        parts = [];
        from = at + 1;
      }
      if (from < chunk.length) parts.push(chunk.subarray(from));
    }
  } finally {
    raw.destroy();
  }
  if (parts.length > 0) throw damaged('its last line is cut off');
}

/** In words for people, what keeps a file from being read or written. */
export function explainFile(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons: Record<string, string> = {
    ENOENT: 'there is no such file or folder',
    EACCES: 'this user may not',
    EISDIR: 'it is a folder',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    EROFS: 'the disk is read-only',
  };
  return reasons[code] === undefined
    ? error
    : new StartFailure(`${path} can not be read or written: ${reasons[code]}.`);
}
