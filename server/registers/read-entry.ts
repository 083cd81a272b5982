import { and, eq } from 'drizzle-orm';
import type { Assumption } from '#domain/assumption/assumption.ts';
import type { Decision } from '#domain/decision/decision.ts';
import type { MetricRule } from '#domain/register/metric-rule.ts';
import type { Entry } from '#domain/register/entry.ts';
import type { StrategyFrame } from '#domain/strategy/strategy-frame.ts';
import { entryMoves } from '#domain/register/decide-entry.ts';
import { allowed, type Outcome } from '#domain/outcome.ts';
import type { Instant } from '#domain/time.ts';
import type { EntryPlace, RegisterDetail, RegisterKind, RegisterMore } from '#protocol/views/registers.ts';
import type { HistoryLine } from '#protocol/views/tracking.ts';
import type { Viewer } from '../app.ts';
import { board } from '../store/schema.ts';
import { onSeenBoards } from '../store/seen-boards.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { toHistoryLine } from '../tracking/history-line.ts';
import { readPeopleNames } from '../tracking/names.ts';
import { readObjectEvents } from '../tracking/read-events.ts';
import { actorOf, standingOf } from '../tracking/standing.ts';
import { contextFor, noSuchEntry, notThen } from './act-on-entry.ts';
import { readEntriesAt } from './entries-at.ts';
import { loadEntry } from './entry-rows.ts';
import { readEntryLinks } from './entry-links.ts';
import { seenOf, touchedIn, viewEntries } from './entry-view.ts';
import { asOf, lookOf, type Look } from './look.ts';
import type { Words } from './part.ts';
import { registerParts } from './parts.ts';
import { readWords, withMeasure } from './words.ts';

/** One entry with everything its page shows, as of the organisation's now or as it was; nothing can be done to the past. */
export async function readEntry<K extends RegisterKind>(
  queries: Queries,
  viewer: Viewer,
  kind: K,
  id: string,
  at?: Instant,
): Promise<Outcome<RegisterDetail<K>>> {
  if (!isUuid(id)) return noSuchEntry;
  const { organisationId } = viewer;
  const look = await lookOf(queries, viewer, at);
  const known = await loadEntry(queries, kind, organisationId, id);
  if (known === null) return noSuchEntry;
  if (known.row.createdAt.getTime() > look.at) return notThen;
  const loaded = look.past === true ? (await readEntriesAt(queries, kind, look, [id]))[0] : known;
  if (loaded === undefined) return notThen;
  const [row] = await viewEntries(queries, look, kind, [loaded]);
  if (row === undefined) return noSuchEntry;
  const state = withoutUnseen(asOf(kind, loaded, look).state, look);
  const part = registerParts[kind];
  const touched = await touchedIn(queries, look, state.affects);
  const plain = await readWords(queries, look, touched);
  const words = await withMeasure(queries, look, plain, ruleIn(state));
  const context = contextFor(await standingOf(queries, viewer), look.zone, look.settings);
  const actor = actorOf(viewer);
  const more: RegisterMore = {
    facts: part.facts(state, words),
    fields: { ...state, affects: seenOf(look, state.affects, touched) },
    links: await readEntryLinks(queries, look, kind, { id, state }),
    place: await readPlace(queries, viewer, state),
    history: await readHistory(queries, look, kind, id, words),
    moves: look.past === true ? [] : entryMoves(part.rules, state, { actor, at: look.at, context }),
  };
  return allowed({ ...row, ...more });
}

/** Where it is on a board; a board of whose being the viewer knows nothing is none. */
async function readPlace(queries: Queries, viewer: Viewer, state: Entry): Promise<EntryPlace | null> {
  if (state.board === null) return null;
  const [found] = await queries
    .select({ title: board.title })
    .from(board)
    .where(
      and(
        ...[eq(board.organisationId, viewer.organisationId), eq(board.id, state.board)],
        onSeenBoards(board.id, viewer.hiddenBoards),
      ),
    );
  return found === undefined ? null : { boardId: state.board, boardTitle: found.title, key: state.key };
}

/** Priorities of a strategy name the board they stand on: those of boards that are hidden are left out. */
function withoutUnseen<S extends Entry>(state: S, { seer }: Look): S {
  const { priorities } = state as Partial<Pick<StrategyFrame, 'priorities'>>;
  if (priorities === undefined || seer === undefined) return state;
  return { ...state, priorities: priorities.filter(({ board }) => !seer.hiddenBoards.includes(board)) };
}

/** The rule of a measure that it is watched by. */
function ruleIn(state: object): MetricRule | null {
  const { signpost } = state as Partial<Assumption>;
  const { triggerMetric = null } = state as Partial<Decision>;
  return signpost?.kind === 'metric' ? signpost : triggerMetric;
}

async function readHistory(
  queries: Queries,
  { organisationId, at }: Look,
  kind: RegisterKind,
  id: string,
  words: Words,
): Promise<readonly HistoryLine[]> {
  const events = await readObjectEvents(queries, { organisationId, kind, id }, at);
  const names = await readPeopleNames(queries, organisationId);
  return events.map((it) => toHistoryLine(it, names, registerParts[kind].sentence(it, words)));
}
