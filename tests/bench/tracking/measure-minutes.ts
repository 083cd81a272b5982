import { randomUUID } from 'node:crypto';
import type { Signed } from './signed-in.ts';

/** Measures one thing so many times; `ask` says how long it took when not all of it counts. */
export type Measure = (
  what: string,
  times: number,
  limit: number | null,
  ask: (turn: number) => Promise<Response | number>,
) => Promise<void>;

/** From the press that ends a session until its report is there (facilitation.md F17). */
const REPORT_MS = 10_000;

/**
 * A session about everything that was ever promised: its end, with how it all stands noted in its log, until its page of
 * minutes is read; and the minutes by themselves, as a page and as data.
 */
export async function measureMinutes(
  measure: Measure,
  times: number,
  at: (turn: number) => Signed,
): Promise<void> {
  const ended: string[] = [];
  await measure(
    'End of a session about everything, until its minutes are read',
    times,
    REPORT_MS,
    async (turn) => {
      const who = at(turn);
      const id = await begin(who);
      const start = performance.now();
      await command(who, id, { type: 'end', leaveOpen: true });
      const page = await who.page(`/sessions/${id}/minutes`);
      const text = await page.text();
      if (!page.ok || !text.includes('Objectives and commitments'))
        throw new Error(`minutes: ${page.status}`);
      ended.push(id);
      return performance.now() - start;
    },
  );
  const one = (turn: number): string => ended[turn % ended.length] ?? '';
  await measure('Its minutes as a page', times, null, (turn) =>
    at(turn).page(`/sessions/${one(turn)}/minutes`),
  );
  await measure('Its minutes as JSON', times, null, (turn) =>
    at(turn).page(`/sessions/${one(turn)}/minutes.json`),
  );
}

async function begin(who: Signed): Promise<string> {
  const made = await read<{ session: { id: string } }>(
    who.call('/sessions', { kind: 'custom', title: 'Everything' }),
  );
  const { id } = made.session;
  await read(who.call(`/sessions/${id}/beat`, {}));
  await command(who, id, { type: 'start' });
  return id;
}

async function command(who: Signed, id: string, asked: Readonly<Record<string, unknown>>): Promise<void> {
  const { session } = await read<{ session: { rev: number } }>(who.call(`/sessions/${id}`));
  const body = { command: asked, commandId: randomUUID(), expectedRev: session.rev };
  await read(who.call(`/sessions/${id}/commands`, body));
}

async function read<T>(asked: Promise<Response>): Promise<T> {
  const answer = await asked;
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
  return (await answer.json()) as T;
}
