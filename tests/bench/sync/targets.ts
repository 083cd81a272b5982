import { joinName, liveName, type Results } from './results.ts';

/** One line of the promise, with what was measured. */
export interface Target {
  readonly what: string;
  readonly ours: string;
  readonly peer: string;
  /** What is held against the limit. */
  readonly value: string;
  readonly limit: string;
  /** Null: not measured. */
  readonly kept: boolean | null;
}

const room = (people: number): string => liveName({ people, editsPerS: 5, cursorsPerS: 20 });
const large = liveName({ people: 200, editsPerS: 2, cursorsPerS: 5 });

export const write = (value: number | null, unit = '', digits = 0): string =>
  value === null ? '-' : `${value.toFixed(digits)}${unit}`;

/** The targets of the sync server (docs/benchmarks.md), judged by the medians. */
export function judge(results: Results): readonly Target[] {
  const ours = (scene: string, figure: string): number | null => results.get(scene, 'ours', figure);
  const hocus = (scene: string, figure: string): number | null => results.get(scene, 'hocuspocus', figure);

  const against = (what: string, scene: string, figure: string, limit: number, unit: string): Target => {
    const [a, b] = [ours(scene, figure), hocus(scene, figure)];
    const ratio = a === null || b === null || b === 0 ? null : a / b;
    return {
      ...{ what, ours: write(a, unit), peer: write(b, unit), limit: `≤ ${limit.toFixed(2)}×` },
      ...{ value: write(ratio, '×', 2), kept: ratio === null ? null : ratio <= limit },
    };
  };
  const atMost = (what: string, scene: string, figure: string, limit: number, unit: string): Target => {
    const value = ours(scene, figure);
    return {
      ...{ what, ours: write(value, unit), peer: write(hocus(scene, figure), unit) },
      ...{
        value: write(value, unit),
        limit: `≤ ${limit}${unit}`,
        kept: value === null ? null : value <= limit,
      },
    };
  };

  return [
    against('CPU per 1,000 edits, 50 people', room(50), 'cpuPer1000', 0.3, ' ms'),
    against('CPU per 1,000 edits, 100 people', room(100), 'cpuPer1000', 0.25, ' ms'),
    against('Frames a second per client, 50 people', room(50), 'framesPerS', 0.15, ''),
    besideBest(results),
    atMost('p95, 100 people', room(100), 'p95', 100, ' ms'),
    against('p95, 200 people', large, 'p95', 0.5, ' ms'),
    everythingDelivered(results),
    against('100 join 5,000 records: CPU', joinName(5_000), 'cpu', 0.1, ' ms'),
    against('100 join 5,000 records: until all are in', joinName(5_000), 'allMs', 0.1, ' ms'),
    atMost('100 join 20,000 records: until all are in', joinName(20_000), 'allMs', 3_000, ' ms'),
    against('Memory per quiet board of 1,000 records', 'idle', 'kbPerBoard', 0.25, ' kB'),
    atMost('Ack p99, 50 people', room(50), 'ackP99', 30, ' ms'),
    atMost('Checking one edit, median, 50 people', room(50), 'checkP50', 150, ' µs'),
    atMost('Acknowledged edits lost by kill -9', 'kill', 'lost', 0, ''),
  ];
}

function besideBest(results: Results): Target {
  const own = results.get(room(10), 'ours', 'p95');
  const peers = (['hocuspocus', 'y-websocket'] as const)
    .map((id) => results.get(room(10), id, 'p95'))
    .filter((value) => value !== null);
  const best = peers.length === 0 ? null : Math.min(...peers);
  const more = own === null || best === null ? null : own - best;
  return {
    ...{
      what: 'p95, 10 people, beside the best peer',
      ours: write(own, ' ms', 1),
      peer: write(best, ' ms', 1),
    },
    ...{ value: more === null ? '-' : `${more < 0 ? '' : '+'}${more.toFixed(1)} ms`, limit: '≤ +10 ms' },
    kept: more === null ? null : more <= 10,
  };
}

function everythingDelivered(results: Results): Target {
  const share = results.get(large, 'ours', 'deliveredShare');
  const isEqual = results.get(large, 'ours', 'isEqual');
  const peer = results.get(large, 'hocuspocus', 'deliveredShare');
  const percent = (of: number | null): string =>
    of === null ? '-' : `${(of * 100).toFixed(of === 1 ? 0 : 1)} %`;
  return {
    ...{ what: 'Delivered, all documents equal, 200 people', ours: percent(share), peer: percent(peer) },
    ...{ value: percent(share), limit: '100 %', kept: share === null ? null : share === 1 && isEqual === 1 },
  };
}
