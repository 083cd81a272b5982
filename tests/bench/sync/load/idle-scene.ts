import type { DialectName } from './dialects.ts';
import { Person } from './person.ts';
import { until } from './wait.ts';
import type { Parent } from './main.ts';

export interface IdleJob {
  readonly scene: 'idle';
  readonly origin: string;
  readonly dialect: DialectName;
  readonly boards: readonly string[];
}

/** One person sits on each board and does nothing. */
export async function playIdle(job: IdleJob, parent: Parent): Promise<{ readonly boards: number }> {
  const people = job.boards.map(
    (board) => new Person({ origin: job.origin, dialect: job.dialect, board, crowd: null }),
  );
  // A few at a time: a morning, not a storm.
  for (let at = 0; at < people.length; at += 5) {
    const some = people.slice(at, at + 5);
    for (const person of some) person.connect();
    await until(() => some.every((person) => person.isReady), 20_000, 'a quiet board is open');
  }
  await parent.tell('settled');
  await parent.told('restarted');
  const open = people.filter((person) => person.isReady).length;
  for (const person of people) person.end();
  return { boards: open };
}
