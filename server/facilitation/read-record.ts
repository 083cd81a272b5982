import { and, asc, eq, gte, inArray, lte } from 'drizzle-orm';
import type { Decision } from '#domain/decision/decision.ts';
import { flagsOf, promisedFor, riskOwnerOf } from '#domain/dependency/flags.ts';
import { changeWord } from '#domain/facilitation/change-words.ts';
import { isNeedOpen, needGroup } from '#domain/facilitation/need-group.ts';
import type {
  DecisionLine,
  MeetingRecord,
  NeedLine,
  ObjectiveLine,
  PromiseLine,
  RiskLine,
} from '#domain/facilitation/record.ts';
import type { Session } from '#domain/facilitation/session.ts';
import type { Risk } from '#domain/risk/risk.ts';
import type { CommitmentRow } from '#protocol/views/tracking.ts';
import { event, team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { Moment } from '../tracking/commitment-view.ts';
import type { ListedDependency } from '../tracking/dependency-view.ts';
import type { PlannedCard } from './planned-cards.ts';
import { readFactsAt, readFactsNow, type StateOf } from './record-facts.ts';

/** When the record is read, and what lies on the board beside what was promised. */
export interface RecordAsked {
  readonly moment: Moment;
  /** Cards of the session's board; null where nobody could read it. */
  readonly cards: readonly PlannedCard[] | null;
  /** Read as it was, from the log of each object, instead of as it is. */
  readonly asOf?: boolean;
  /** Real time: what is written down by then happened in the session. */
  readonly until: number;
}

/**
 * How everything a session is about stands (facilitation.md F17), for everybody in the room: what lies on boards that
 * not all of them may look at is not in it.
 */
export async function readRecord(
  queries: Queries,
  organisationId: string,
  it: Session,
  { moment, cards, asOf = false, until }: RecordAsked,
): Promise<MeetingRecord> {
  const window = { since: it.startedAt ?? until, until };
  const facts = await (asOf ? readFactsAt : readFactsNow)(queries, organisationId, it, { moment, window });
  const teams = await readTeamNames(queries, organisationId);
  const { promises, asks, risks, decisions } = facts;
  const ids = [...promises, ...asks.map(({ row }) => row), ...risks, ...decisions].map(({ id }) => id);
  const changes = await readChangeWords(queries, organisationId, ids, window);
  const produced = new Set(it.produced.flatMap(({ ref }) => ref?.id ?? []));
  const cardOf = (boardId: string | null, key: string | null): string | null =>
    boardId !== null && boardId === it.board ? key : null;
  // A board is a period: all of it is told. Elsewhere what was over before the meeting is history.
  const belongs = (id: string, over: boolean): boolean => it.board !== null || !over || changes.has(id);
  const planned = new Map((cards ?? []).map((card) => [card.key, card]));
  const teamName = (id: string | null): string | null => (id === null ? null : (teams.get(id) ?? null));
  const objective = (row: CommitmentRow): ObjectiveLine => ({
    ref: { kind: 'commitment', id: row.id },
    ...{ title: row.statement, card: cardOf(row.boardId, row.objectKey), owner: row.ownerId },
    ...{ team: teamName(row.teamId), state: row.display, due: row.due, weight: row.weight },
    value: row.boardId === it.board ? (planned.get(row.objectKey)?.value ?? null) : null,
    ...{ confidence: row.confidence, status: row.reportedStatus, saidAt: row.lastCheckInAt },
  });
  const promised = new Set(promises.map(({ objectKey }) => objectKey));
  const drafts = (cards ?? []).filter(({ key, inPlan }) => inPlan && !promised.has(key));
  return {
    objectives: [
      ...promises
        .filter(({ id, status }) => !facts.weekly.has(id) && belongs(id, isOver(status)))
        .map(objective),
      ...drafts.map(({ key, title, owner, team: teamId, due, weight, value }): ObjectiveLine => ({
        ...{ ref: null, title, card: key, owner, team: teamName(teamId), state: 'draft', due, weight },
        ...{ value, confidence: null, status: null, saidAt: null },
      })),
    ],
    needs: asks.flatMap((ask) => {
      const line = needLine(ask, moment, cardOf, teamName);
      return line !== null && belongs(ask.row.id, !line.open) ? [line] : [];
    }),
    risks: risks
      .filter(({ id, state, boardId }) => {
        const own = boardId !== null && boardId === it.board;
        return own || !isSettled(state) || changes.has(id);
      })
      .map((entry) => riskLine(entry, cardOf))
      .sort(byTitle),
    decisions: decisions
      .filter(({ id }) => changes.has(id) || produced.has(id))
      .map((entry) => decisionLine(entry, cardOf))
      .sort((a, b) => (a.decidedAt ?? Infinity) - (b.decidedAt ?? Infinity) || byTitle(a, b)),
    promises: promises.flatMap((row): PromiseLine[] => {
      const change = changes.get(row.id);
      if (change === undefined) return [];
      const { ref, title, card, owner, due } = objective(row);
      return [{ ref, title, card, owner, due, change, open: !isOver(row.status) }];
    }),
  };
}

const isOver = (status: string): boolean => status !== 'proposed' && status !== 'committed';
const isSettled = ({ status }: Risk): boolean => status === 'resolved' || status === 'happened';
const byTitle = (a: { readonly title: string }, b: { readonly title: string }): number =>
  a.title.localeCompare(b.title, 'en');

type CardOf = (boardId: string | null, key: string | null) => string | null;

function needLine(
  { row, state, requesterTitle }: ListedDependency,
  { at, zone, settings }: Moment,
  cardOf: CardOf,
  teamName: (id: string | null) => string | null,
): NeedLine | null {
  const group = needGroup(state, flagsOf(state, at, { zone, settings: settings.tracking }));
  if (group === null) return null;
  return {
    ...{ ref: { kind: 'dependency', id: row.id }, title: state.ask.what, group, objective: requesterTitle },
    card: cardOf(row.boardId, row.objectKey),
    ...{ needer: teamName(state.requester.team), giver: teamName(state.provider.team) },
    ...{ person: state.provider.person, neededBy: state.ask.neededBy, promisedFor: promisedFor(state) },
    ...{ riskOwner: riskOwnerOf(state), open: isNeedOpen(state) },
  };
}

function riskLine({ id, boardId, key, state }: StateOf<Risk>, cardOf: CardOf): RiskLine {
  const accepted = state.status === 'accepted';
  return {
    ...{ ref: { kind: 'risk', id }, title: state.title, card: cardOf(boardId, key), group: state.status },
    ...{ sign: state.sign, owner: accepted ? state.acceptedBy : state.owner },
    followUp: state.status === 'owned' ? state.followUp : isSettled(state) ? null : state.reviewOn,
    reason: [state.handling?.text ?? '', ...(state.handling?.todos ?? [])]
      .filter((it) => it !== '')
      .join('; '),
  };
}

function decisionLine({ id, boardId, key, state }: StateOf<Decision>, cardOf: CardOf): DecisionLine {
  return {
    ...{ ref: { kind: 'decision', id }, title: state.question, card: cardOf(boardId, key) },
    ...{ open: state.status === 'open', status: state.status, chosen: state.chosen },
    ...{ decider: state.decider, decidedAt: state.decidedAt, neededBy: state.neededBy },
    alternatives: state.options
      .map(({ text }) => text)
      .filter((text) => text !== '' && text !== state.chosen),
    why: state.rationale,
  };
}

/** What was done to each of these while the session ran, in words; check-ins and what only the clock noted say nothing here. */
async function readChangeWords(
  queries: Queries,
  organisationId: string,
  ids: readonly string[],
  { since, until }: { readonly since: number; readonly until: number },
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(ids);
  const rows = await queries
    .select({ kind: event.objectKind, id: event.objectId, type: event.type, data: event.data })
    .from(event)
    .where(
      and(
        ...[eq(event.organisationId, organisationId), gte(event.recordedAt, new Date(since))],
        lte(event.recordedAt, new Date(until)),
        inArray(event.objectKind, ['commitment', 'dependency', 'decision', 'risk']),
      ),
    )
    .orderBy(asc(event.id));
  const words = new Map<string, readonly string[]>();
  for (const { kind, id, type, data } of rows) {
    if (!wanted.has(id) || type === 'checked-in') continue;
    const word = changeWord({ ref: { kind, id }, type, data });
    if (word !== null) words.set(id, [...new Set([...(words.get(id) ?? []), word])]);
  }
  return new Map([...words].map(([id, its]) => [id, its.join(', ')]));
}

async function readTeamNames(queries: Queries, organisationId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await queries
    .select({ id: team.id, name: team.name })
    .from(team)
    .where(eq(team.organisationId, organisationId));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
