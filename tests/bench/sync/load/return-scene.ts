import * as Y from 'yjs';
import { longestWait } from '#lib/live/longest-wait.ts';
import { closeCode } from '#protocol/close-codes.ts';
import { restartReason, spreadOf } from '#protocol/restart-spread.ts';
import { usedSince, useOf, type Use } from '../process-use.ts';
import type { DialectName } from './dialects.ts';
import { Person } from './person.ts';
import { Spread, type SpreadSummary } from './spread.ts';
import { pause, until } from './wait.ts';
import type { Parent } from './main.ts';

export interface ReturnJob {
  readonly scene: 'return';
  readonly origin: string;
  readonly dialect: DialectName;
  readonly board: string;
  readonly seed: string;
  readonly database: string | null;
  readonly people: number;
}

export interface ReturnResult {
  readonly each: SpreadSummary;
  readonly allMs: number;
  readonly cpu: Use;
  readonly attempts: number;
}

/**
 * How long each client waits before its k-th attempt to come back (k from 0), as its own provider does by default. Ours
 * is told by a server that stops within how many milliseconds to try.
 */
const waits: Record<DialectName, (k: number, awayMs: number, told: number | null) => number> = {
  own: (k, awayMs, told) => Math.random() * (told ?? longestWait(k, awayMs)),
  stock: (k) => Math.min(2_500, 100 * 2 ** k),
  'stock on ours': (k) => Math.min(2_500, 100 * 2 ** k),
  hocuspocus: (k) => 1_000 + Math.random() * (Math.min(30_000, 1_000 * 2 ** k) - 1_000),
};

/** The server goes away under a full room and comes back; everybody has the board already. */
export async function playReturn(job: ReturnJob, seed: Uint8Array, parent: Parent): Promise<ReturnResult> {
  const vector = Y.encodeStateVectorFromUpdate(seed);
  const each = new Spread();
  let serverAt = Infinity;
  let attempts = 0;
  let isOver = false;
  const people = Array.from({ length: job.people }, () => {
    let tries = 0;
    let lostAt = 0;
    let told: number | null = null;
    const person: Person = new Person({
      ...{ origin: job.origin, board: job.board, dialect: job.dialect, crowd: null, vector },
      ...(job.dialect === 'own' ? { standing: '&epoch=1&seq=1' } : {}),
      onReady: () => {
        tries = 0;
        if (serverAt < Infinity) each.add(performance.now() - serverAt);
      },
      onClosed: (code) => {
        if (isOver) return;
        if (tries === 0) lostAt = performance.now();
        if (code === closeCode.restarting) told = spreadOf(restartReason(job.people));
        const wait = waits[job.dialect](tries++, performance.now() - lostAt, told);
        setTimeout(() => {
          if (isOver) return;
          attempts += 1;
          person.connect();
        }, wait);
      },
    });
    return person;
  });
  for (const person of people) {
    person.connect();
    await pause(3);
  }
  await until(() => people.every((person) => person.isReady), 20_000, 'everybody has the board');
  await parent.tell('settled');
  const { pid } = await parent.told('restarted');
  const before = useOf(pid, job.database);
  serverAt = performance.now();
  await until(() => each.count >= people.length, 30_000, 'everybody is back');
  const allMs = performance.now() - serverAt;
  const cpu = usedSince(before, useOf(pid, job.database));
  isOver = true;
  for (const person of people) person.end();
  return { each: each.summary(), allMs, cpu, attempts };
}
