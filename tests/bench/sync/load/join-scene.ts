import * as Y from 'yjs';
import { usedSince, useOf, type Use } from '../process-use.ts';
import { hashDocument } from './crowd.ts';
import type { DialectName } from './dialects.ts';
import { Person } from './person.ts';
import { Spread, type SpreadSummary } from './spread.ts';
import { pause, until } from './wait.ts';

export interface JoinJob {
  readonly scene: 'join';
  readonly origin: string;
  readonly dialect: DialectName;
  readonly board: string;
  readonly seed: string;
  readonly pid: number;
  readonly database: string | null;
  readonly people: number;
  readonly limitMs: number;
}

export interface JoinResult {
  readonly came: number;
  readonly each: SpreadSummary;
  /** Until the last one has the board. */
  readonly allMs: number;
  readonly cpu: Use;
  readonly bytesOut: number;
  /** Everybody got the same bytes, and they are the board. */
  readonly isEqual: boolean;
}

/** So many empty windows open one board at the same moment, where one person is already. */
export async function playJoin(job: JoinJob, seed: Uint8Array): Promise<JoinResult> {
  const common = { origin: job.origin, board: job.board, dialect: job.dialect, crowd: null };
  const host = new Person(common);
  host.connect();
  await until(() => host.isReady, 60_000, 'the first one has the board');
  await pause(300);

  const each = new Spread();
  let first: Buffer | null = null;
  let isSame = true;
  let last = 0;
  const before = useOf(job.pid, job.database);
  const start = performance.now();
  const people = Array.from(
    { length: job.people },
    () =>
      new Person({
        ...common,
        onDocument: (update) => {
          first ??= Buffer.from(update);
          isSame &&= first.equals(update);
        },
        onReady: () => {
          last = performance.now();
          each.add(last - start);
        },
      }),
  );
  for (const person of people) person.connect();
  await until(() => each.count === people.length, job.limitMs).catch(() => {});
  const came = each.count;
  const allMs = (came === people.length ? last : performance.now()) - start;
  for (let missing = came; missing < people.length; missing++) each.add(allMs);
  await pause(200);
  const cpu = usedSince(before, useOf(job.pid, job.database));
  const bytesOut = people.reduce((sum, person) => sum + person.bytes, 0);
  for (const person of [...people, host]) person.end();

  const [got, expected] = [new Y.Doc(), new Y.Doc()];
  Y.applyUpdate(got, first ?? new Uint8Array([0, 0]));
  Y.applyUpdate(expected, seed);
  const isEqual = isSame && came === people.length && hashDocument(got) === hashDocument(expected);
  return { came, each: each.summary(), allMs, cpu, bytesOut, isEqual };
}
