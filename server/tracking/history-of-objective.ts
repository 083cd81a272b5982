import { nobody } from '#domain/access/standing.ts';
import { termsNow, type Commitment } from '#domain/commitment/commitment.ts';
import type { Report } from '#domain/commitment/check-in.ts';
import type { CommitmentCommand } from '#domain/commitment/command.ts';
import type { CommitmentContext } from '#domain/commitment/context.ts';
import { decide } from '#domain/commitment/decide.ts';
import type { CommitmentEvent } from '#domain/commitment/event.ts';
import { foldAll } from '#domain/commitment/fold.ts';
import type { Measure } from '#domain/commitment/terms.ts';
import type { Actor } from '#domain/event.ts';
import type { PlanUpdate } from '#domain/plan/format/plan-file.ts';
import { instantAt } from '#domain/rhythm/local-time.ts';
import type { Instant } from '#domain/time.ts';
import type { RuleFacts } from './rule-facts.ts';

/** What turns a source's updates about one objective into its history. */
export interface SourceHistory {
  readonly updates: readonly PlanUpdate[];
  /** When the plan began: the source's promise is as old as that. */
  readonly acceptedAt: Instant;
  readonly facts: RuleFacts;
  /** Slot ids by the source's period labels. */
  readonly slots: ReadonlyMap<string, string>;
  /** Person ids by key. */
  readonly people: ReadonlyMap<string, string>;
  readonly newId: () => string;
}

const tasksKey = 'tasks-done';

/**
 * Plays a source's updates onto a commitment it proposed (tracking.md T19): accepted as of the plan's start; texts are
 * check-ins, the latest of a period stands; a row without text brings its count only; counts go into a measure *Tasks
 * done*, whose changed total is a re-based version; the first outcome ends it. Status and confidence are not in the
 * source and stay null.
 */
export function historyOfObjective(
  offered: Commitment,
  source: SourceHistory,
): { readonly events: readonly CommitmentEvent[]; readonly taken: number } {
  const events: CommitmentEvent[] = [];
  let state = offered;
  const play = (command: CommitmentCommand, at: Instant, person: string | null): void => {
    const actor: Actor = { person, via: 'import' };
    const decided = decide(state, command, actor, at, importing(source.facts));
    if (!decided.ok) {
      throw new Error(`imported history of "${state.source.key}" was refused: ${decided.refusal.message}`);
    }
    events.push(...decided.value);
    state = foldAll(decided.value, state) ?? state;
  };
  const updates = inOrder(source.updates);
  const first = updates.find(({ progress }) => progress !== null)?.progress ?? null;
  if (state.status === 'proposed') {
    const measures = first === null ? {} : { measures: withTasks(state.offered.measures, first.total) };
    play({ type: 'accept', confidence: null, perSource: true, ...measures }, source.acceptedAt, null);
  }
  for (const update of updates) {
    const at = Math.max(instantAt(update.date, '12:00', source.facts.zone), source.acceptedAt);
    const person = source.people.get(update.author ?? '') ?? null;
    if (state.status === 'committed') rebase(state, update, (command) => play(command, at, null));
    if (state.status !== 'committed') {
      // Written after it ended: kept as history, which the rules of a running promise do not decide.
      const event = afterTheEnd(update, source, at, person);
      events.push(event);
      state = foldAll([event], state) ?? state;
      continue;
    }
    play(toCheckIn(update, source), at, person);
    close(update, (command) => play(command, at, person));
  }
  return { events, taken: updates.length };
}

/** By date; on one day a comment comes before the summary that draws on it, in the order of the file. */
function inOrder(updates: readonly PlanUpdate[]): readonly PlanUpdate[] {
  const rank = { comment: 0, 'no-update': 1, summary: 2, final: 3 };
  return [...updates].sort((a, b) =>
    a.date === b.date ? rank[a.kind] - rank[b.kind] : a.date < b.date ? -1 : 1,
  );
}

/** The card's own measures stay to be seen; the source's count speaks for them. */
function withTasks(measures: readonly Measure[], total: number): readonly Measure[] {
  const tasks: Measure = {
    ...{ key: tasksKey, title: 'Tasks done', kind: 'number', unit: 'tasks', baseline: 0, target: total },
    ...{ direction: 'up', due: null, owner: null, done: false, helpWanted: false },
  };
  return [...measures.map((it) => ({ ...it, weight: 0 })), tasks];
}

function rebase(
  state: Commitment,
  { progress }: PlanUpdate,
  play: (command: CommitmentCommand) => void,
): void {
  if (progress === null) return;
  const { measures } = termsNow(state);
  const tasks = measures.find(({ key }) => key === tasksKey);
  if (tasks?.target === progress.total) return;
  const others = measures.filter(({ key }) => key !== tasksKey);
  play({ type: 'rebase', change: { measures: withTasks(others, progress.total) } });
}

function toCheckIn(update: PlanUpdate, { slots, newId }: SourceHistory): CommitmentCommand {
  const reading = update.kind === 'no-update';
  return {
    type: 'check-in',
    id: newId(),
    slot: reading ? null : (slots.get(update.period ?? '') ?? null),
    reading,
    ...saidBy(update),
  };
}

function saidBy({ author, progress, text, link }: PlanUpdate): Report & { readonly byName: string | null } {
  return {
    byName: author,
    values: progress === null ? {} : { [tasksKey]: progress.done },
    ...{ status: null, confidence: null, whatChanged: text, nextStep: '', blocker: null },
    ...{ helpWanted: '', link, noMovement: false },
  };
}

function afterTheEnd(
  update: PlanUpdate,
  { newId }: SourceHistory,
  at: Instant,
  person: string | null,
): CommitmentEvent {
  const kind = update.kind === 'no-update' ? 'reading' : 'note';
  const data = { id: newId(), slot: null, kind, revises: null, filled: null, ...saidBy(update) } as const;
  return { type: 'checked-in', data, at, actor: { person, via: 'import' } };
}

/** The first row with an outcome closes the objective at its date, whatever the progress. */
function close({ outcome, text }: PlanUpdate, play: (command: CommitmentCommand) => void): void {
  const evidence = text.trim() === '' ? 'so says the imported source' : text;
  if (outcome === 'done') play({ type: 'complete', evidence });
  if (outcome === 'dropped') play({ type: 'drop', reason: evidence, frees: '' });
  // Where to a source carried something is not in it: what is known is that it did not land.
  if (outcome === 'missed' || outcome === 'carried') play({ type: 'miss', cause: 'not-in-source', text: '' });
}

const importing = (facts: RuleFacts): CommitmentContext => ({
  ...facts,
  ...{ standing: nobody, depth: 'light', slots: [], needs: [], capacity: 'unknown' },
  ...{ period: null, periodClosesAt: null, inCloseSession: false, importing: true },
});
