import type { OutputKind } from '#domain/facilitation/agenda.ts';
import type { SessionCommand } from '#domain/facilitation/command.ts';
import type { Session } from '#domain/facilitation/session.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { SessionActInput } from '../app-facilitation.ts';
import type { Viewer } from '../app.ts';
import type { PlanPort } from './deps.ts';

type Produce = Extract<SessionCommand, { type: 'produce' }>;

const kinds = ['objective', 'team', 'ritual', 'board'];

/** True for acts on the board that is planned: they change its document, which has no transaction with the session. */
export const isBoardAct = ({ kind }: SessionActInput): boolean => kinds.includes(kind);

/**
 * Does something to the board a plan is made on, and says how it stands in the minutes. The board changes first; should
 * the server die before the line is written, doing it again changes nothing more and writes the line.
 */
export async function actOnBoard(
  planned: PlanPort,
  viewer: Viewer,
  it: Session,
  asked: SessionActInput,
): Promise<Outcome<Produce>> {
  const { kind, id, act } = asked;
  const by: Viewer = { ...viewer, via: 'session' };
  // What a team can do is said of a period, which a meeting without a board names itself.
  if (kind === 'team' && act === 'set-room') return setRoom(planned, by, it.board, asked);
  if (it.board === null) return refused('invalid', 'This session is on no board.', { path: 'kind' });
  if (kind === 'objective' && act === 'put-aside' && id !== null)
    return putAside(planned, by, it.board, asked);
  if (kind === 'ritual' && act === 'book') return book(planned, by, it.board, asked);
  if (kind === 'board' && act === 'commit') return commit(planned, by, it.board, asked);
  return refused('invalid', 'This cannot be done from within a session.', { path: 'act' });
}

async function putAside(
  planned: PlanPort,
  viewer: Viewer,
  board: string,
  asked: SessionActInput,
): Promise<Outcome<Produce>> {
  const reason = said(asked, 'reason');
  const done = await planned.putAside(viewer, board, asked.id ?? '', reason);
  if (!done.ok) return done;
  return line(asked, `${done.value.title}: ${reason.trim()}`, 'not-doing', { kind: 'board', id: board });
}

async function setRoom(
  planned: PlanPort,
  viewer: Viewer,
  board: string | null,
  asked: SessionActInput,
): Promise<Outcome<Produce>> {
  const { personWeeks, periodId: named } = asked.input;
  if (typeof personWeeks !== 'number') {
    return refused('invalid', 'Give the person-weeks as a number from 0.', { path: 'personWeeks' });
  }
  const teamId = asked.id ?? '';
  const period = typeof named === 'string' ? allowed(named) : await periodOf(planned, viewer, board);
  if (!period.ok) return period;
  const periodId = period.value;
  const done = await planned.setCapacity(viewer, teamId, { periodId, personWeeks });
  if (!done.ok) return done;
  const text = `${said(asked, 'name').slice(0, 200)}: ${personWeeks} person-weeks`;
  return line(asked, text, 'capacity', { kind: 'team', id: teamId });
}

/** The period of the board that is planned; no such period where there is none: who sets a number is told so. */
async function periodOf(planned: PlanPort, viewer: Viewer, board: string | null): Promise<Outcome<string>> {
  if (board === null) return refused('invalid', 'Choose the period this is for.', { path: 'periodId' });
  const on = await planned.board(viewer, board);
  return on.ok ? allowed(on.value.period?.id ?? '') : on;
}

async function book(
  planned: PlanPort,
  viewer: Viewer,
  board: string,
  asked: SessionActInput,
): Promise<Outcome<Produce>> {
  const offers = await planned.offers(viewer, { boardId: board });
  if (!offers.ok) return offers;
  const offer = offers.value.find(({ terms }) => terms.kind === asked.id);
  if (offer === undefined) {
    return refused('not-found', 'This meeting is not offered any more. Book it on the page of the rhythm.');
  }
  const { terms, words, booked } = offer;
  if (booked) return line(asked, `${terms.title}: ${words}`, 'bookings', null);
  const done = await planned.book(viewer, [terms]);
  if (!done.ok) return done;
  const [made] = done.value;
  const ref = made === undefined ? null : { kind: 'ritual', id: made.id };
  return line(asked, `${terms.title}: ${words}`, 'bookings', ref);
}

/** Commits exactly what the section showed: a board that has moved since is looked at again. */
async function commit(
  planned: PlanPort,
  viewer: Viewer,
  board: string,
  asked: SessionActInput,
): Promise<Outcome<Produce>> {
  const review = await planned.review(viewer, board, {});
  if (!review.ok) return review;
  const { seq, rows, rhythm } = review.value;
  if (seq !== asked.input.version) {
    return refused(
      'board-moved',
      'The board has changed since this was shown. Look at it, then press again.',
    );
  }
  const reason = said(asked, 'reason').trim();
  const done = await planned.commit(viewer, board, {
    include: rows.filter(({ ticked }) => ticked).map(({ key }) => key),
    ...{ seq, rhythm },
    ...(reason === '' ? {} : { overrides: { reason } }),
  });
  if (!done.ok) return done;
  return line(asked, committedWords(done.value.commitments.length, reason), 'plan', {
    kind: 'board',
    id: board,
  });
}

/** What a commit leaves in the minutes. */
export function committedWords(promises: number, reason: string): string {
  const asked = promises === 1 ? 'one owner is asked' : `owners are asked for ${promises} promises`;
  return `The plan is committed: ${asked}${reason === '' ? '' : `; its problems were left open: “${reason}”`}`;
}

const line = (
  { stage }: SessionActInput,
  text: string,
  output: OutputKind,
  ref: Produce['ref'],
): Outcome<Produce> => allowed({ type: 'produce', stage, output, text, ref: ref ?? null });

function said({ input }: SessionActInput, name: string): string {
  const value = input[name];
  return typeof value === 'string' ? value : '';
}
