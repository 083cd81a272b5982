import { monitorEventLoopDelay } from 'node:perf_hooks';
import { cpuMs, usedSince, useOf, type Use } from '../process-use.ts';
import { Crowd, hashDocument } from './crowd.ts';
import type { DialectName } from './dialects.ts';
import { Person } from './person.ts';
import { Spread, type SpreadSummary } from './spread.ts';
import { pause, until } from './wait.ts';

export interface LiveJob {
  readonly scene: 'live';
  readonly origin: string;
  readonly dialect: DialectName;
  readonly board: string;
  readonly seed: string;
  readonly pid: number;
  readonly database: string | null;
  readonly people: number;
  readonly editsPerS: number;
  readonly cursorsPerS: number;
  readonly warmMs: number;
  readonly ms: number;
}

export interface LiveResult {
  readonly edits: number;
  /** Edits times other people, and how many of these deliveries came. */
  readonly owed: number;
  readonly delivered: number;
  readonly latency: SpreadSummary;
  readonly cursors: SpreadSummary;
  readonly ack: SpreadSummary;
  readonly cpu: Use;
  readonly seconds: number;
  readonly bytesOut: number;
  readonly framesPerClient: number;
  /** All windows hold the same document as all edits together make. */
  readonly isEqual: boolean;
  readonly faults: readonly string[];
  /** How far behind the load generator itself was, and the share of a core it used. */
  readonly lagMs: number;
  readonly loadCores: number;
}

const wholePeople = 3;
const drainMs = 4_000;

/** Everybody drags a card and moves a cursor; what arrives where and when is counted, and what it costs. */
export async function playLive(job: LiveJob, seed: Uint8Array): Promise<LiveResult> {
  const crowd = new Crowd();
  const cursors = new Spread();
  const ended: string[] = [];
  const people = Array.from(
    { length: job.people },
    (_, i) =>
      new Person({
        ...{
          origin: job.origin,
          board: job.board,
          dialect: job.dialect,
          crowd,
          seed,
          isWhole: i < wholePeople,
        },
        onClosed: (code) => void ended.push(`a connection was closed with ${code}`),
      }),
  );
  const byClient = new Map(people.map((person) => [person.client, person]));
  for (const person of people) {
    person.have = new Uint32Array(people.length);
    person.connect();
    await pause(3);
  }
  await until(() => people.every((person) => person.isReady), 20_000, 'everybody has the board');

  const stop = move(people, job);
  await pause(job.warmMs);
  for (const person of people.slice(0, wholePeople)) {
    person.onPresence = (client, clock) => {
      const at = byClient.get(client)?.cursorAt[clock];
      if (at !== undefined && at >= crowd.from && at < crowd.until && client !== person.client) {
        cursors.add(performance.now() - at);
      }
    };
  }
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const before = useOf(job.pid, job.database);
  const loadBefore = cpuMs(process.pid);
  const framesBefore = people.map((person) => person.frames);
  const bytesBefore = people.reduce((sum, person) => sum + person.bytes, 0);
  crowd.from = performance.now();
  await pause(job.ms);
  crowd.until = performance.now();
  const loadCores = (cpuMs(process.pid) - loadBefore) / (crowd.until - crowd.from);
  stop();
  const frames = people.reduce((sum, person, i) => sum + person.frames - (framesBefore[i] ?? 0), 0);
  const hasAll = (): boolean => people.every((person) => crowd.hasAll(person.have, person.index));
  await until(hasAll, drainMs).catch(() => {});
  const cpu = usedSince(before, useOf(job.pid, job.database));
  const now = performance.now();
  lag.disable();
  const bytes = people.reduce((sum, person) => sum + person.bytes, 0) - bytesBefore;
  const { delivered } = crowd;
  const missing = people.reduce((sum, person) => sum + crowd.owe(person.have, person.index, now), 0);
  await until(
    () =>
      people.every(
        (person) => person.acks === 0 || person.acks >= (crowd.authors[person.index]?.ends.length ?? 0),
      ),
    2_000,
  ).catch(() => {});
  const ack = new Spread();
  for (const person of people) ack.take(person.ackMs);
  const faults = [...new Set([...ended, ...people.flatMap((person) => person.refusals)])];
  const isEqual = missing === 0 && areEqual(people, crowd, seed);
  for (const person of people) person.end();
  return {
    ...{ edits: crowd.made, owed: delivered + missing, delivered, isEqual, faults, cpu },
    ...{ latency: crowd.latency.summary(), cursors: cursors.summary(), ack: ack.summary() },
    seconds: (crowd.until - crowd.from) / 1_000,
    bytesOut: bytes,
    framesPerClient: frames / people.length,
    lagMs: lag.percentile(95) / 1e6 - 5,
    loadCores,
  };
}

/** Each moves at its own moment, evenly spread; a cursor each time, and at every so manieth the card under it. */
function move(people: readonly Person[], job: LiveJob): () => void {
  const gap = 1_000 / job.cursorsPerS / people.length;
  const every = job.cursorsPerS / job.editsPerS;
  const start = performance.now();
  let next = 0;
  let timer: NodeJS.Timeout | null = null;
  const step = (): void => {
    const now = performance.now();
    for (; start + next * gap <= now; next++) {
      const at = next % people.length;
      const person = people[at];
      const turn = Math.floor(next / people.length);
      if ((turn + at) % every === 0) person?.edit(performance.now());
      person?.cursor(performance.now(), people.length);
    }
    timer = setTimeout(step, 1);
  };
  step();
  return () => {
    if (timer) clearTimeout(timer);
  };
}

/** Those who got the same pieces have the same document; of each such group one is put together and compared. */
function areEqual(people: readonly Person[], crowd: Crowd, seed: Uint8Array): boolean {
  const expected = crowd.expectedHash(seed);
  const groups = new Map<string, Person>();
  for (const person of people) {
    const ids = [...new Set(person.ids)].sort((a, b) => a - b);
    groups.set(ids.join(), person);
  }
  const built = [...groups.values()].slice(0, 12);
  return (
    built.every(({ ids, index }) => crowd.hashOf(ids, crowd.authors[index]?.updates ?? []) === expected) &&
    people.every(({ doc }) => doc === null || hashDocument(doc) === expected)
  );
}
