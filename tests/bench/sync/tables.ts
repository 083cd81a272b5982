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

/** All rooms, all servers that were in them. */
export function roomTable(results: Results, servers: Servers): string {
  const scenes = [...rooms, { people: 200, editsPerS: 5, cursorsPerS: 20 }];
  const head = ['People', 'Server', 'Delivered', 'Latency p50 / p95 / p99 ms', 'Ack p50 / p99 ms'];
  head.push('CPU ms per 1,000 edits', 'µs per delivery', 'Database ms per 1,000');
  head.push('Frames/s per client', 'kB/s per client', 'Memory MB', 'Runs');
  const rows = scenes.flatMap((scene) => {
    const name = liveName(scene);
    return servers
      .filter(({ id }) => results.runs(name, id) > 0)
      .map(({ id, name: server }) => {
        const get = (figure: string): number | null => results.get(name, id, figure);
        const share = get('deliveredShare') ?? 0;
        const equal = get('isEqual') === 1 ? '' : share === 1 ? ', **not equal**' : '';
        return [
          `${scene.people}, ${scene.editsPerS} edits + ${scene.cursorsPerS} cursors/s`,
          server,
          `${share === 1 ? '100' : (share * 100).toFixed(1)} %${equal}`,
          [get('p50'), get('p95'), get('p99')].map((value) => write(value)).join(' / '),
          [get('ackP50'), get('ackP99')].map((value) => write(value)).join(' / '),
          write(get('cpuPer1000')),
          write(get('cpuPerDelivery'), '', 1),
          id === 'ours' || id === 'ours stock' ? write(get('databasePer1000')) : '-',
          write(get('framesPerS')),
          write(get('kbPerPerson')),
          write(get('heldMb')),
          String(results.runs(name, id)),
        ];
      });
  });
  return table(head, rows);
}

/** Coming, coming back, being there, and being killed. */
export function otherTable(results: Results, servers: Servers): string {
  const rows: string[][] = [];
  const add = (
    what: string,
    scene: string,
    say: (get: (figure: string) => number | null) => string,
  ): void => {
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
