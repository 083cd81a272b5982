import { and, asc, eq, gt, inArray, lte, ne, or } from 'drizzle-orm';
import { askLateNews, askNews, unansweredNews, type AskFacts } from '#domain/notify/ask-news.ts';
import { concernsChat } from '#domain/notify/chat/chat-hears.ts';
import type { ChatTopic } from '#domain/notify/chat/chat-post.ts';
import type { Window } from '#domain/notify/ladder.ts';
import type { DependencyEvent } from '#domain/dependency/event.ts';
import { endOfDay } from '#domain/rhythm/local-time.ts';
import {
  boardTeam,
  commitment,
  decision,
  dependency,
  event,
  ritualTeam,
  session,
  team,
} from '../../store/schema.ts';
import type { Queries } from '../../store/store.ts';
import { requesterJoin, withRequester, type LoadedDependency } from '../../tracking/dependency-rows.ts';
import { readHappened, readOverdueAsks } from '../news-messages.ts';
import type { OrganisationClock } from '../readers.ts';

/** Something to say in chats, before it is known in which. */
export interface ChatNews {
  readonly topic: ChatTopic;
  /** What is said once in a chat. */
  readonly key: string;
  readonly subject: { readonly kind: string; readonly id: string } | null;
  readonly title: string;
  readonly lines: readonly string[];
  /** Path within the site. */
  readonly link: string;
  readonly action: string;
  readonly at: number;
  /** Later it is not said any more. */
  readonly until: number | null;
  isFor(team: string | null): boolean;
}

/** What began earlier may become visible later: this much is looked at twice. */
const overlapMs = 120_000;
/** A session that began so long ago is not joined because of a message. */
const startIsNewsMs = 30 * 60_000;
/** Moves of the handshake that a chat hears of. */
const moves = new Set(['requested', 're-requested', 'accepted', 'countered', 'declined', 'reneged']);

export async function readChatNews(
  queries: Queries,
  clock: OrganisationClock,
  window: Window,
  topics: ReadonlySet<string>,
): Promise<readonly ChatNews[]> {
  return [
    ...(topics.has('handshake') ? await readAsksNews(queries, clock, window) : []),
    ...(topics.has('decisions') ? await readDecisionNews(queries, clock, window) : []),
    ...(topics.has('sessions') ? await readSessionNews(queries, clock, window) : []),
  ];
}

async function readAsksNews(
  queries: Queries,
  clock: OrganisationClock,
  window: Window,
): Promise<readonly ChatNews[]> {
  const happened = (await readHappened(queries, clock.id, window)).filter(
    ({ kind, event: it }) => kind === 'dependency' && moves.has(it.type),
  );
  const overdue = await readOverdueAsks(queries, clock, window);
  if (happened.length + overdue.length === 0) return [];
  const names = new Map(
    (
      await queries
        .select({ id: team.id, name: team.name })
        .from(team)
        .where(eq(team.organisationId, clock.id))
    ).map(({ id, name }) => [id, name]),
  );
  const factsOf = ({ row, state, requesterTitle }: LoadedDependency): AskFacts => ({
    ...{ what: state.ask.what, neededBy: state.ask.neededBy, respondBy: state.respondBy },
    ...{ objective: requesterTitle, zone: clock.zone, requesters: [], providers: [] },
    requesterTeam: names.get(row.requesterTeamId ?? '') ?? 'A team',
    providerTeam: names.get(row.providerTeamId ?? '') ?? 'A team',
  });
  const say = (
    ask: LoadedDependency,
    words: { readonly title: string; readonly evidence: string },
    { key, at }: { readonly key: string; readonly at: number },
  ): ChatNews => {
    const { requesterTeam, providerTeam } = factsOf(ask);
    return {
      ...{ topic: 'handshake', key, at, until: null, title: words.title },
      lines: [`${requesterTeam} asks, ${providerTeam} provides.`, words.evidence],
      ...{
        subject: { kind: 'dependency', id: ask.row.id },
        link: `/dependencies/${ask.row.id}`,
        action: 'Open the ask',
      },
      isFor: (of) => concernsChat(of, [ask.row.requesterTeamId, ask.row.providerTeamId]),
    };
  };
  const asks = await readAsks(queries, [...new Set(happened.map(({ objectId }) => objectId))]);
  const told = happened.flatMap(({ objectId, version, event: it }) => {
    const ask = asks.get(objectId);
    const words = ask === undefined ? null : askNews(it as DependencyEvent, factsOf(ask));
    return ask === undefined || words === null || ask.state.status === 'draft'
      ? []
      : [say(ask, words, { key: `ask:${objectId}:${version}`, at: it.at })];
  });
  const late = overdue.flatMap((ask): readonly ChatNews[] => {
    const key = `late:${ask.row.id}:${ask.row.version}`;
    if (ask.state.status === 'requested') {
      return [say(ask, unansweredNews(factsOf(ask)), { key, at: ask.state.respondBy ?? clock.at })];
    }
    const day = ask.state.status === 'accepted' ? ask.state.agreement.date : null;
    if (day === null || endOfDay(day, clock.zone) > clock.at) return [];
    return [say(ask, askLateNews(factsOf(ask), day), { key, at: endOfDay(day, clock.zone) })];
  });
  return [...told, ...late];
}

async function readAsks(queries: Queries, ids: string[]): Promise<ReadonlyMap<string, LoadedDependency>> {
  if (ids.length === 0) return new Map();
  const rows = await queries
    .select({ row: dependency, owner: commitment.ownerId, title: commitment.statement })
    .from(dependency)
    .leftJoin(commitment, requesterJoin)
    .where(inArray(dependency.id, ids));
  return new Map(rows.map((found) => [found.row.id, withRequester(found)]));
}

async function readDecisionNews(
  queries: Queries,
  { id }: OrganisationClock,
  { since, at }: Window,
): Promise<readonly ChatNews[]> {
  const rows = await queries
    .select({ it: decision, version: event.version, at: event.at, type: event.type })
    .from(event)
    .innerJoin(decision, eq(decision.id, event.objectId))
    .where(
      and(
        eq(event.organisationId, id),
        eq(event.objectKind, 'decision'),
        inArray(event.type, ['decided', 'reversed']),
        gt(event.recordedAt, new Date(since - overlapMs)),
        lte(event.recordedAt, new Date(at)),
        ne(event.via, 'import'),
      ),
    )
    .orderBy(asc(event.id));
  const teamsOf = await readBoardTeams(
    queries,
    rows.map(({ it }) => it.boardId),
  );
  return rows.map(({ it, version, at: when, type }) => {
    const { chosen = '', rationale = '' } = it.state as { chosen?: string; rationale?: string };
    const teams = it.teamId === null ? (teamsOf.get(it.boardId ?? '') ?? []) : [it.teamId];
    return {
      ...{ topic: 'decisions', key: `decision:${it.id}:${version}`, at: when.getTime(), until: null },
      title: type === 'reversed' ? `Reversed: ${it.title}` : `Decided: ${it.title}`,
      lines: [chosen, rationale].filter((line) => line.trim() !== ''),
      ...{
        subject: { kind: 'decision', id: it.id },
        link: `/decisions/${it.id}`,
        action: 'Open the decision',
      },
      isFor: (of) => concernsChat(of, teams),
    };
  });
}

async function readSessionNews(
  queries: Queries,
  { id }: OrganisationClock,
  { since, at }: Window,
): Promise<readonly ChatNews[]> {
  const lately = (column: typeof session.startedAt) =>
    and(gt(column, new Date(since - overlapMs)), lte(column, new Date(at)));
  const rows = await queries
    .select()
    .from(session)
    .where(and(eq(session.organisationId, id), or(lately(session.startedAt), lately(session.endedAt))));
  if (rows.length === 0) return [];
  const boards = await readBoardTeams(
    queries,
    rows.map(({ boardId }) => boardId),
  );
  const rituals = await readRitualTeams(
    queries,
    rows.map(({ ritualId }) => ritualId),
  );
  return rows.flatMap((it): readonly ChatNews[] => {
    if (it.startedAt === null) return [];
    const teams = [
      it.teamId,
      ...(rituals.get(it.ritualId ?? '') ?? []),
      ...(boards.get(it.boardId ?? '') ?? []),
    ];
    const about = {
      ...{
        topic: 'sessions' as const,
        subject: { kind: 'session', id: it.id },
        link: `/sessions/${it.id}`,
        lines: [],
      },
      isFor: (of: string | null) => concernsChat(of, it.teamId === null ? teams : [it.teamId]),
    };
    if (it.endedAt !== null) {
      const title = `Minutes are ready: ${it.title}`;
      const when = { at: it.endedAt.getTime(), until: null };
      return [{ ...about, ...when, key: `minutes:${it.id}`, title, action: 'Read the minutes' }];
    }
    const startedAt = it.startedAt.getTime();
    const when = { at: startedAt, until: startedAt + startIsNewsMs };
    return [
      { ...about, ...when, key: `session:${it.id}`, title: `Starting now: ${it.title}`, action: 'Join' },
    ];
  });
}

async function readBoardTeams(queries: Queries, boards: readonly (string | null)[]) {
  const ids = [...new Set(boards.flatMap((it) => it ?? []))];
  const rows =
    ids.length === 0 ? [] : await queries.select().from(boardTeam).where(inArray(boardTeam.boardId, ids));
  return teamsBy(rows.map(({ boardId, teamId }) => [boardId, teamId] as const));
}

async function readRitualTeams(queries: Queries, rituals: readonly (string | null)[]) {
  const ids = [...new Set(rituals.flatMap((it) => it ?? []))];
  const rows =
    ids.length === 0 ? [] : await queries.select().from(ritualTeam).where(inArray(ritualTeam.ritualId, ids));
  return teamsBy(rows.map(({ ritualId, teamId }) => [ritualId, teamId] as const));
}

const teamsBy = (pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> =>
  new Map([...Map.groupBy(pairs, ([id]) => id)].map(([id, its]) => [id, its.map(([, teamId]) => teamId)]));
