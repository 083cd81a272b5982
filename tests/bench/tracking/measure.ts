import { type Figures, type Figure } from '../figures.ts';
import { emailOf, idOf, PASSWORD, peopleOf, boardsOf } from './make-organisation.ts';
import type { Size } from './size.ts';

/** How often each thing is asked for. */
export interface Runs {
  readonly pages: number;
  readonly checkIns: number;
  readonly past: number;
}

type Of = Pick<Figure, 'store' | 'times'>;

const DAY = 86_400_000;
/** Days back at which everything is asked for: a month, a year, half way, near the beginning. */
const PAST = [30, 365, 900, 1_700];

/**
 * Asks a running server for its pages and calls, one after the other, as different people, and notes how long each answer
 * took whole. The first of each kind is not counted: it compiles code and plans queries.
 */
export async function measureTracking(
  figures: Figures,
  of: Of,
  { url, size, runs }: { readonly url: string; readonly size: Size; readonly runs: Runs },
): Promise<void> {
  const people = Math.min(peopleOf(size), 12);
  const all: Signed[] = [];
  for (let it = 0; it < people; it += 1)
    all.push(await signIn(url, Math.floor((it * peopleOf(size)) / people)));
  const at = (turn: number): Signed => {
    const found = all[turn % all.length];
    if (found === undefined) throw new Error('Nobody is signed in.');
    return found;
  };
  const measure = async (
    what: string,
    times: number,
    goal: Figure['goal'],
    ask: (turn: number) => Promise<Response>,
  ): Promise<void> => {
    const samples: number[] = [];
    for (let turn = 0; turn <= times; turn += 1) {
      const start = performance.now();
      const answer = await ask(turn);
      const body = await answer.text();
      const ms = performance.now() - start;
      if (!answer.ok) throw new Error(`${what}: ${answer.status} ${body.slice(0, 300)}`);
      if (turn > 0) samples.push(ms);
    }
    figures.add({ what, ...of, unit: 'ms', ...(goal && { goal }) }, ...samples);
  };
  const within = (limit: number): Figure['goal'] => ({ of: 'p95', limit });
  const team = (turn: number): string => idOf('team', turn % size.teams);
  const board = (turn: number): string => idOf('board', turn % boardsOf(size));
  await measure('My page', runs.pages, within(100), (turn) => at(turn).page('/home'));
  await measure('Team page', runs.pages, within(100), (turn) => at(turn).page(`/teams/${team(turn)}`));
  await measure('Board ledger (250 commitments, API)', runs.pages, within(100), (turn) =>
    at(turn).call(`/commitments?board=${board(turn)}`),
  );
  await measure('Board ledger as a page', runs.pages, undefined, (turn) =>
    at(turn).page(`/commitments?board=${board(turn)}`),
  );
  await measure('Commitment page', runs.pages, undefined, (turn) =>
    at(turn).page(`/commitments/${idOf('commitment', at(turn).commitment(turn))}`),
  );
  await measure('One check-in', runs.checkIns, within(50), (turn) =>
    at(turn).call(`/commitments/${idOf('commitment', at(turn).commitment(turn))}/check-ins`, {
      ...{ status: 'on', confidence: 80, values: { tasks: 96 }, whatChanged: 'Closed the last ones.' },
    }),
  );
  const past = (turn: number): string => {
    const days = PAST[turn % PAST.length] ?? 30;
    return new Date(Date.now() - days * DAY).toISOString();
  };
  await measure('Everything as of a date (API)', runs.past, { of: 'p95', limit: 2_000 }, (turn) =>
    at(turn).call(`/commitments?at=${past(turn)}`),
  );
  await measure('One commitment as of a date (page)', runs.pages, undefined, (turn) =>
    at(turn).page(
      `/commitments/${idOf('commitment', turn % size.commitments)}?at=${past(turn).slice(0, 10)}`,
    ),
  );
}

/** Somebody signed in: with a cookie for pages and a token for calls. */
interface Signed {
  page(path: string): Promise<Response>;
  call(path: string, body?: unknown): Promise<Response>;
  /** One of their own commitments. */
  commitment(turn: number): number;
}

async function signIn(url: string, person: number): Promise<Signed> {
  const form = new URLSearchParams({ email: emailOf(person), password: PASSWORD });
  const answer = await fetch(`${url}/sign-in?/enter`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { origin: url, accept: 'text/html' },
  });
  const cookie = answer.headers
    .getSetCookie()
    .map((it) => it.split(';')[0])
    .join('; ');
  if (answer.status !== 303 || cookie === '') throw new Error(`signing in answered ${answer.status}`);
  const made = await fetch(`${url}/api/v1/tokens`, {
    method: 'POST',
    body: JSON.stringify({ name: 'bench', scope: 'write', days: 1 }),
    headers: { 'content-type': 'application/json', cookie, origin: url },
  });
  const { token } = (await made.json()) as { token?: string };
  if (token === undefined) throw new Error(`no token: ${made.status}`);
  return {
    page: (path) => fetch(`${url}${path}`, { headers: { cookie, accept: 'text/html' }, redirect: 'error' }),
    call: (path, body) =>
      fetch(`${url}/api/v1${path}`, {
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      }),
    commitment: (turn) => person * 5 + 1 + (turn % 4),
  };
}
