import type { OutputKind } from '#domain/facilitation/agenda.ts';
import type { SessionCommand } from '#domain/facilitation/command.ts';
import type { Input } from '#domain/facilitation/section-tools.ts';
import type { Task } from '#domain/facilitation/session.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { CheckInInput, WeeklyPromiseInput } from '../app-tracking.ts';
import type { SessionActInput } from '../app-facilitation.ts';
import type { Registers } from '../app-registers.ts';
import type { Viewer } from '../app.ts';
import type { TrackingPart } from '../tracking/tracking.ts';

export interface Parts {
  readonly tracking: TrackingPart;
  readonly registers: Registers;
}

/** What an act is to the section it is done in: to a row that is there, a new issue, or something else new. */
export const inputOf = ({ id, kind }: SessionActInput): Input =>
  id !== null ? 'row' : kind === 'triage-item' ? 'raise' : 'write';

type Produce = Extract<SessionCommand, { type: 'produce' }>;

const registerKinds = [
  ...(['decision', 'assumption', 'risk', 'triage-item', 'interrupt', 'learning'] as const),
  ...(['outside-signal', 'strategy-frame'] as const),
];
type RegisterName = (typeof registerKinds)[number];

/**
 * Does something to a real object and says how it stands in the minutes: as which output, in which words. The rules of
 * the object itself decide who may; a session gives nobody a voice in another's promise.
 */
export async function actOnObject(
  { tracking, registers }: Parts,
  viewer: Viewer,
  { id: sessionId, board }: { readonly id: string; readonly board: string | null },
  { stage, kind, id, act, input }: SessionActInput,
): Promise<Outcome<Produce>> {
  const by: Viewer = { ...viewer, via: 'session' };
  const line = (
    title: string,
    what: string,
    output: OutputKind | null,
    on: string,
    task?: Task,
  ): Outcome<Produce> => {
    // A question is followed by its answer, anything else by what became of it.
    const text = what === '' ? title : `${title}${title.endsWith('?') ? '' : ':'} ${what}`;
    const more = task === undefined ? {} : { task };
    return allowed({ type: 'produce', stage, output, text, ref: { kind, id: on }, ...more });
  };
  if (kind === 'commitment' && id === null) {
    const made = await tracking.promiseForWeek(by, input as unknown as WeeklyPromiseInput, { board });
    if (!made.ok) return made;
    const { id: promise, statement, ownerId, due } = made.value;
    return line(statement, '', 'promises', promise, { owner: ownerId, due });
  }
  if (kind === 'commitment' && id !== null) {
    const done =
      act === 'check-in'
        ? await tracking.checkIn(by, id, input as unknown as CheckInInput)
        : await tracking.act(by, id, act, input);
    if (!done.ok) return done;
    const { statement, boardId } = done.value;
    return line(statement, wordsOf(act, input, boardId), promiseOutput(act, boardId), id);
  }
  if (kind === 'dependency' && id !== null) {
    const done = await tracking.actOnDependency(by, id, act, input);
    return done.ok ? line(done.value.what, done.value.word, askOutput[act] ?? null, id) : done;
  }
  const register = registerKinds.find((each) => each === kind);
  if (register !== undefined) {
    const within = { sessionId };
    const done =
      id === null
        ? await registers.create(by, register, input, within)
        : await registers.act(by, register, id, act, input, within);
    if (!done.ok) return done;
    const { title, status } = done.value;
    return line(
      title,
      entryWords(act, input, id === null ? '' : status),
      registerOutput[register] ?? null,
      done.value.id,
      // Who acts on an issue acts by a day.
      act === 'act' && done.value.kind === 'triage-item'
        ? { owner: done.value.ownerId, due: done.value.actBy }
        : undefined,
    );
  }
  return refused('invalid', 'This cannot be done from within a session.', { path: 'kind' });
}

/** What was done to an entry: the answer where there is one, else how it stands now. */
function entryWords(act: string, input: Readonly<Record<string, unknown>>, status: string): string {
  if (typeof input.chosen === 'string') return input.chosen;
  if (act === 'check') return input.answer === 'holds' ? 'it holds' : 'doubtful';
  return status.replaceAll('-', ' ');
}

/** A yes to what the plan asks is part of the plan; one to a promise for the week is that promise. */
function promiseOutput(act: string, boardId: string | null): OutputKind | null {
  if (act === 'accept') return boardId === null ? 'promises' : 'plan';
  return (
    ({ rescope: 'rescopes', carry: 'carried', 'give-cause': 'causes' }[act] as OutputKind | undefined) ?? null
  );
}

const askOutput: Readonly<Record<string, OutputKind>> = {
  accept: 'needs',
  'own-as-risk': 'needs',
  'accept-counter': 'needs',
};

const registerOutput: Readonly<Partial<Record<RegisterName, OutputKind>>> = {
  decision: 'decisions',
  'triage-item': 'triage',
  learning: 'learnings',
  'strategy-frame': 'frame',
};

/** What was done to a promise, in the past tense. */
function wordsOf(act: string, input: Readonly<Record<string, unknown>>, boardId: string | null): string {
  const said = (name: string): string => {
    const value = input[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  switch (act) {
    case 'check-in':
      return `${{ on: 'on track', risk: 'at risk', off: 'off track' }[said('status')] ?? ''}, ${said('confidence')} % sure`;
    case 'undo-check-in':
      return 'check-in taken back';
    case 'complete':
      return boardId === null ? 'kept' : 'done';
    case 'miss':
      return boardId === null ? 'not kept' : 'missed';
    case 'drop':
      return `dropped, ${said('reason')}`;
    case 'carry':
      return 'carried over, asked anew';
    case 'give-cause':
      return `cause: ${said('cause').replaceAll('-', ' ')}`;
    case 'accept':
      return 'accepted';
    case 'continue':
      return `goes on without the assumption, ${said('reason')}`;
    case 'rescope':
      return `changed, ${said('text')}`;
    default:
      return act.replaceAll('-', ' ');
  }
}
