import type { Figure, Figures } from '../figures.ts';
import { boardsOf, idOf, peopleOf } from './make-organisation.ts';
import { measureMinutes } from './measure-minutes.ts';
import { signIn, type Signed } from './signed-in.ts';
import { PER_BOARD, type Size } from './size.ts';

/** How often each thing is asked for; `warm` times before, which do not count. */
export interface Runs {
  readonly pages: number;
  readonly checkIns: number;
  readonly past: number;
  readonly warm: number;
}

type Of = Pick<Figure, 'store' | 'times'>;

const DAY = 86_400_000;
/** Days back at which everything is asked for: a month, a year, half way, near the beginning. */
const PAST = [30, 365, 900, 1_700];
const PEOPLE = 12;
/** The longest from a check-in until a card in another window shows it. */
const REPAINT_MS = 300;

/**
 * Asks a running server for its pages and calls, one after the other, as different people, and notes how long each answer
 * took whole. Some of each kind come first and are not counted: they compile code and fill caches.
 */
export async function measureTracking(
  figures: Figures,
  of: Of,
  { url, size, runs }: { readonly url: string; readonly size: Size; readonly runs: Runs },
): Promise<void> {
  const all: Signed[] = [];
  const people = Math.min(peopleOf(size), PEOPLE);
  for (let it = 0; it < people; it += 1) {
    all.push(await signIn(url, Math.floor((it * peopleOf(size)) / people)));
  }
  const at = (turn: number): Signed => {
    const found = all[turn % all.length];
    if (found === undefined) throw new Error('Nobody is signed in.');
    return found;
  };
  /** `ask` says how long it took when not all of it counts. */
  const measure = async (
    what: string,
    times: number,
    limit: number | null,
    ask: (turn: number) => Promise<Response | number>,
  ): Promise<void> => {
    const samples: number[] = [];
    const warm = Math.min(runs.warm, times);
    for (let turn = 0; turn < warm + times; turn += 1) {
      const start = performance.now();
      const answer = await ask(turn);
      if (typeof answer !== 'number') await readWhole(what, answer);
      const ms = typeof answer === 'number' ? answer : performance.now() - start;
      if (turn >= warm) samples.push(ms);
    }
    const goal = limit === null ? {} : { goal: { of: 'p95', limit } as const };
    figures.add({ what, ...of, unit: 'ms', ...goal }, ...samples);
  };
  const team = (turn: number): string => idOf('team', (turn * 7) % size.teams);
  const board = (turn: number): string => idOf('board', turn % boardsOf(size));
  /** Each person's own, one after the other. */
  const own = (turn: number): number => at(turn).commitment(Math.floor(turn / all.length));
  const checkIn = (turn: number): Promise<Response> =>
    at(turn).call(`/commitments/${idOf('commitment', own(turn))}/check-ins`, {
      ...{ status: 'on', confidence: 80, values: { tasks: 96 }, whatChanged: 'Closed the last ones.' },
    });

  await measure('My page', runs.pages, 100, (turn) => at(turn).page('/home'));
  await measure('Team page', runs.pages, 100, (turn) => at(turn).page(`/teams/${team(turn)}`));
  await measure(`Ledger of a board of ${PER_BOARD}, as a page`, runs.pages, 100, (turn) =>
    at(turn).page(`/commitments?board=${board(turn)}`),
  );
  await measure('The same, over the API', runs.pages, 100, (turn) =>
    at(turn).call(`/commitments?board=${board(turn)}`),
  );
  await measure('Commitment page', runs.pages, null, (turn) =>
    at(turn).page(`/commitments/${idOf('commitment', own(turn))}`),
  );
  await measure('One check-in', runs.checkIns, 50, checkIn);
  const windows = await Promise.all(
    Array.from({ length: boardsOf(size) }, (_, it) => at(it).open(idOf('board', it))),
  );
  await measure(
    `Check-in until another window of a board of ${PER_BOARD} has heard of it`,
    runs.checkIns,
    REPAINT_MS,
    async (turn) => {
      const start = performance.now();
      const { id, version } = (await (await checkIn(turn)).json()) as { id: string; version: number };
      const heard = await windows[Math.floor(own(turn) / PER_BOARD)]?.heard(id, version);
      if (heard === undefined) throw new Error('No window shows this board.');
      return heard - start;
    },
  );
  for (const window of windows) window.close();
  const past = (turn: number): string => {
    const days = PAST[turn % PAST.length] ?? 30;
    return new Date(Date.now() - days * DAY).toISOString();
  };
  await measure('Everything as of a date, over the API', runs.past, 2_000, (turn) =>
    at(turn).call(`/commitments?at=${past(turn)}`),
  );
  await measure('One commitment as of a date, as a page', runs.pages, null, (turn) =>
    at(turn).page(
      `/commitments/${idOf('commitment', turn % size.commitments)}?at=${past(turn).slice(0, 10)}`,
    ),
  );
  await measureMinutes(measure, Math.max(2, runs.past / 2), at);
}

async function readWhole(what: string, answer: Response): Promise<void> {
  const body = await answer.text();
  if (!answer.ok) throw new Error(`${what}: ${answer.status} ${body.slice(0, 300)}`);
}
