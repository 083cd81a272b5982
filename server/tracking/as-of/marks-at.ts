import { foldAssumption } from '#domain/assumption/fold.ts';
import type { AssumptionEvent } from '#domain/assumption/command.ts';
import type { Assumption } from '#domain/assumption/assumption.ts';
import type { Decision } from '#domain/decision/decision.ts';
import type { DecisionEvent } from '#domain/decision/command.ts';
import { concernsEntry } from '#domain/register/concerned.ts';
import { foldDecision } from '#domain/decision/fold.ts';
import type { Queries } from '../../store/store.ts';
import type { Moment } from '../commitment-view.ts';
import { readKindEvents, type LoggedEvent } from '../read-events.ts';
import { marksOf, type Doubt, type Marks, type Wait } from '../register-marks.ts';

/** What the registers said about promises at an instant: the same marks, of decisions and assumptions folded up to then. */
export async function readMarksAt(
  queries: Queries,
  organisationId: string,
  ids: readonly string[],
  { at, zone, settings: { registers }, eyes }: Moment,
): Promise<ReadonlyMap<string, Marks>> {
  if (ids.length === 0) return new Map();
  const wanted = new Set(ids);
  const [decided, assumed] = await Promise.all([
    readKindEvents(queries, { organisationId, kind: 'decision' }, at),
    readKindEvents(queries, { organisationId, kind: 'assumption' }, at),
  ]);
  const decisions = folded<Decision, DecisionEvent>(decided, foldDecision);
  const assumptions = folded<Assumption, AssumptionEvent>(assumed, foldAssumption);
  const waits = decisions
    .filter(({ state }) => state.status === 'open')
    .sort((a, b) => byDay(a.state.neededBy, b.state.neededBy) || (a.id < b.id ? -1 : 1))
    .flatMap(({ id, state }): Wait[] => {
      const { affects, question, decider, neededBy } = state;
      const shown = { id, question, deciderId: decider, neededBy, seen: isSeen(state, eyes) };
      return affects.map((commitment) => ({ commitment, ...shown }));
    });
  const doubts = assumptions.flatMap(({ state }): Doubt[] =>
    state.affects.map((commitment) => ({ commitment, state })),
  );
  const touching = ({ commitment }: { readonly commitment: string }): boolean => wanted.has(commitment);
  return marksOf(waits.filter(touching), doubts.filter(touching), { at, zone, registers });
}

/** `seenBy` of register-marks.ts, of a state. */
function isSeen(state: Decision, eyes: Moment['eyes']): boolean {
  if (eyes === undefined || state.board === null) return true;
  if ('board' in eyes) return state.board === eyes.board;
  return !eyes.hiddenBoards.includes(state.board) || concernsEntry(state, eyes.personId);
}

/** What has no day comes last. */
const byDay = (a: string | null, b: string | null): number => (a ?? '9999').localeCompare(b ?? '9999');

function folded<S, E>(
  events: readonly LoggedEvent[],
  fold: (state: S | null, event: E) => S | null,
): { readonly id: string; readonly state: S }[] {
  return [...Map.groupBy(events, ({ objectId }) => objectId)].flatMap(([id, its]) => {
    const state = its.reduce<S | null>((before, event) => fold(before, event as E), null);
    return state === null ? [] : [{ id, state }];
  });
}
