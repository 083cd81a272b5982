import type { Contender } from './contenders.ts';
import { joiners, joinSizes, quietBoards, returning, rooms } from './plan.ts';
import { joinName, liveName, type Results } from './results.ts';
import { write, type Target } from './targets.ts';

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_name, i) => (i < 2 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

export function targetTable(targets: readonly Target[]): string {
  const verdict = (kept: boolean | null): string =>
    kept === null ? 'not measured' : kept ? 'kept' : '**missed**';
  return table(
    ['Target', 'Limit', 'Throughline', 'Peer', 'Measured', ''],
    targets.map((it) => [it.what, it.limit, it.ours, it.peer, it.value, verdict(it.kept)]),
  );
}

type Servers = readonly Pick<Contender, 'id' | 'name'>[];

type Get = (figure: string) => number | null;

const share = (get: Get): string => {
  const of = get('deliveredShare') ?? 0;
  const isEqual = get('isEqual') === 1;
  return of === 1 ? `100 %${isEqual ? '' : ', **not equal**'}` : `${(of * 100).toFixed(1)} %`;
};
const several = (get: Get, ...figures: string[]): string =>
  figures.map((figure) => write(get(figure))).join(' / ');

/** Columns of the rooms; the README shows the first few. */
const columns: readonly (readonly [string, (get: Get) => string])[] = [
  ['Delivered', share],
  ['Latency p50 / p95 / p99 ms', (get) => several(get, 'p50', 'p95', 'p99')],
  ['CPU ms per 1,000 edits', (get) => write(get('cpuPer1000'))],
  ['Frames/s per client', (get) => write(get('framesPerS'))],
  ['Ack p50 / p99 ms', (get) => several(get, 'ackP50', 'ackP99')],
  ['CPU µs per delivery', (get) => write(get('cpuPerDelivery'), '', 1)],
  ['PostgreSQL ms per 1,000', (get) => write(get('databasePer1000'))],
  ['Cursor p95 ms', (get) => write(get('cursorP95'))],
  ['Check p50 / p95 µs', (get) => several(get, 'checkP50', 'checkP95')],
  ['kB/s per client', (get) => write(get('kbPerPerson'))],
  ['Memory MB', (get) => write(get('heldMb'))],
];
const inReadme = 5;

/** All rooms, all servers that were in them. */
export function roomTable(
  results: Results,
  servers: Servers,
  { short }: { readonly short: boolean },
): string {
  const scenes = [...rooms, { people: 200, editsPerS: 5, cursorsPerS: 20 }];
  const shown = short ? columns.slice(0, inReadme) : columns;
  const rows = scenes.flatMap((scene) => {
    const name = liveName(scene);
    const room = `${scene.people}, ${scene.editsPerS} edits + ${scene.cursorsPerS} cursors/s`;
    return servers
      .filter(({ id }) => results.runs(name, id) > 0)
      .map(({ id, name: server }) => {
        const get: Get = (figure) => results.get(name, id, figure);
        return [room, server, ...shown.map(([, say]) => say(get)), String(results.runs(name, id))];
      });
  });
  return table(['People', 'Server', ...shown.map(([head]) => head), 'Runs'], rows);
}

/** Coming, coming back, being there, and being killed. */
export function otherTable(results: Results, servers: Servers): string {
  const rows: string[][] = [];
  const add = (what: string, scene: string, say: (get: Get) => string): void => {
    for (const { id, name } of servers) {
      if (results.runs(scene, id) === 0) continue;
      rows.push([
        what,
        name,
        say((figure) => results.get(scene, id, figure)),
        String(results.runs(scene, id)),
      ]);
    }
  };
  for (const records of joinSizes) {
    add(`${joiners} join a board of ${records.toLocaleString('en')} records`, joinName(records), (get) => {
      const came = get('came') ?? 0;
      const end = came < joiners ? `only ${came} came in` : 'all in after';
      const sum = `${end} ${write(get('allMs'))} ms, p95 ${write(get('p95'))} ms, CPU ${write(get('cpu'))} ms`;
      return get('isEqual') === 1 ? sum : `${sum}, not all the same`;
    });
  }
  add(`${returning} come back after a restart, 1,000 records`, 'return', (get) => {
    const tries = write(get('attempts'));
    return `all back after ${write(get('allMs'))} ms, p95 ${write(get('p95'))} ms, CPU ${write(get('cpu'))} ms, ${tries} attempts`;
  });
  add(
    `${quietBoards} quiet boards of 1,000 records`,
    'idle',
    (get) => `${write(get('kbPerBoard'))} kB a board`,
  );
  add(
    'kill -9 with 20 people at 10 edits/s, their windows closed with it',
    'kill',
    (get) => `${write(get('lost'))} of ${write(get('acknowledged'))} acknowledged edits lost`,
  );
  return table(['What', 'Server', 'Measured', 'Runs'], rows);
}
