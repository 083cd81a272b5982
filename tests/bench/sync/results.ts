import { median, percentile } from '../figures.ts';
import type { Contender } from './contenders.ts';
import type { JoinResult } from './load/join-scene.ts';
import type { KillResult } from './load/kill-scene.ts';
import type { LiveResult } from './load/live-scene.ts';
import type { ReturnResult } from './load/return-scene.ts';
import type { LiveScene } from './scenes.ts';

type Id = Contender['id'];

/** A scene's figures as numbers; of several runs each is the median. */
export type Numbers = Readonly<Record<string, number>>;

/** Everything measured, by scene and server. */
export class Results {
  readonly #runs = new Map<string, Numbers[]>();

  add(scene: string, id: Id, numbers: Numbers): void {
    const key = `${scene}|${id}`;
    this.#runs.set(key, [...(this.#runs.get(key) ?? []), numbers]);
  }

  runs(scene: string, id: Id): number {
    return this.#runs.get(`${scene}|${id}`)?.length ?? 0;
  }

  /** The median of one figure; null when it was not measured. */
  get(scene: string, id: Id, figure: string): number | null {
    const values = (this.#runs.get(`${scene}|${id}`) ?? [])
      .map((run) => run[figure])
      .filter((value): value is number => value !== undefined);
    return values.length === 0 ? null : median(values);
  }
}

export const liveName = ({ people, editsPerS, cursorsPerS }: LiveScene): string =>
  `${people} at ${editsPerS}+${cursorsPerS}`;
export const joinName = (records: number): string => `join ${records}`;

const given = (numbers: Readonly<Record<string, number | null>>): Numbers =>
  Object.fromEntries(Object.entries(numbers).filter((entry): entry is [string, number] => entry[1] !== null));

export function liveNumbers(
  result: LiveResult & { readonly heldMb: number; readonly checks: readonly number[] },
  people: number,
): Numbers {
  const { edits, owed, delivered, latency, cursors, ack, cpu, seconds, checks } = result;
  return given({
    deliveredShare: delivered / owed,
    p50: latency.p50,
    p95: latency.p95,
    p99: latency.p99,
    cursorP95: cursors.p95,
    ackP50: ack.p50,
    ackP99: ack.p99,
    cpuPer1000: (cpu.server / edits) * 1_000,
    cpuPerDelivery: delivered === 0 ? null : (cpu.server / delivered) * 1_000,
    databasePer1000: cpu.database === 0 ? null : (cpu.database / edits) * 1_000,
    heldMb: result.heldMb,
    kbPerPerson: result.bytesOut / 1_024 / people / seconds,
    framesPerS: result.framesPerClient / seconds,
    checkP50: checks.length === 0 ? null : percentile(checks, 0.5),
    checkP95: checks.length === 0 ? null : percentile(checks, 0.95),
    isEqual: result.isEqual ? 1 : 0,
  });
}

export const joinNumbers = (result: JoinResult): Numbers =>
  given({
    came: result.came,
    p95: result.each.p95,
    allMs: result.allMs,
    cpu: result.cpu.server,
    mb: result.bytesOut / 2 ** 20,
    isEqual: result.isEqual ? 1 : 0,
  });

export const returnNumbers = ({ each, allMs, cpu, attempts }: ReturnResult): Numbers =>
  given({ p95: each.p95, allMs, cpu: cpu.server, attempts });

export const killNumbers = ({ edits, acknowledged, lost }: KillResult): Numbers => ({
  edits,
  acknowledged,
  lost,
});
