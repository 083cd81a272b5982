import * as Y from 'yjs';
import { Crowd } from './crowd.ts';
import type { DialectName } from './dialects.ts';
import { Person } from './person.ts';
import { pause, until } from './wait.ts';
import type { Parent } from './main.ts';

export interface KillJob {
  readonly scene: 'kill';
  readonly origin: string;
  readonly dialect: DialectName;
  readonly board: string;
  readonly seed: string;
  readonly people: number;
  readonly editsPerS: number;
  readonly ms: number;
}

export interface KillResult {
  readonly edits: number;
  readonly acknowledged: number;
  /** Acknowledged, and not there after the restart. */
  readonly lost: number;
}

/** The server is killed while everybody writes, and all windows are closed with it; then somebody new looks. */
export async function playKill(job: KillJob, seed: Uint8Array, parent: Parent): Promise<KillResult> {
  const crowd = new Crowd();
  const common = { origin: job.origin, board: job.board, dialect: job.dialect };
  const people = Array.from({ length: job.people }, () => new Person({ ...common, crowd, seed }));
  for (const person of people) {
    person.have = new Uint32Array(people.length);
    person.connect();
  }
  await until(() => people.every((person) => person.isReady), 20_000, 'everybody has the board');
  const timer = setInterval(() => {
    for (const person of people) person.edit(performance.now());
  }, 1_000 / job.editsPerS);
  await pause(job.ms);
  await parent.tell('settled');
  await parent.told('restarted');
  clearInterval(timer);
  for (const person of people) person.end();

  const doc = new Y.Doc();
  const late = new Person({ ...common, crowd: null, onDocument: (update) => Y.applyUpdate(doc, update) });
  late.connect();
  await until(() => late.isReady, 20_000, 'the board is there again');
  await pause(300);
  late.end();
  let [edits, acknowledged, lost] = [0, 0, 0];
  for (const { acks, client, index } of people) {
    const { ends } = crowd.authors[index] ?? { ends: [] };
    const stored = Y.getState(doc.store, client);
    edits += ends.length;
    acknowledged += acks;
    lost += ends.slice(0, acks).filter((end) => end > stored).length;
  }
  return { edits, acknowledged, lost };
}
