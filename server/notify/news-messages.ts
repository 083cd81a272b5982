import { and, asc, eq, gt, inArray, lte, ne } from 'drizzle-orm';
import type { CommitmentEvent } from '#domain/commitment/event.ts';
import type { DependencyEvent } from '#domain/dependency/event.ts';
import type { Via } from '#domain/event.ts';
import type { Window } from '#domain/notify/ladder.ts';
import {
  askDueNews,
  askLateNews,
  askNews,
  unansweredNews,
  unconfirmedNews,
  type AskFacts,
} from '#domain/notify/ask-news.ts';
import { newsTypes, type News } from '#domain/notify/news.ts';
import { promiseNews } from '#domain/notify/promise-news.ts';
import type { Dependency } from '#domain/dependency/dependency.ts';
import { dayMs, endOfDay, startOfDay } from '#domain/rhythm/local-time.ts';
import type { Instant, TimeZone } from '#domain/time.ts';
import type { Thresholds } from '#domain/settings/threshold.ts';
import { commitment, dependency, event } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { stateOf } from '../tracking/commitment-rows.ts';
import { requesterJoin, withRequester, type LoadedDependency } from '../tracking/dependency-rows.ts';
import type { Draft } from './drafts.ts';
import type { OrganisationClock, Readers } from './readers.ts';

/** What happened and when it was written down: the source of news. */
export interface Happened {
  readonly objectId: string;
  readonly kind: 'commitment' | 'dependency';
  readonly version: number;
  readonly event: CommitmentEvent | DependencyEvent;
}

/** A transaction that began earlier may become visible later: this much of the log is looked at twice. */
const overlapMs = 120_000;

/** Events recorded within the window that are news to somebody; imported history is none. */
export async function readHappened(
  queries: Queries,
  organisationId: string,
  { since, at }: Window,
): Promise<readonly Happened[]> {
  const rows = await queries
    .select()
    .from(event)
    .where(
      and(
        eq(event.organisationId, organisationId),
        gt(event.recordedAt, new Date(since - overlapMs)),
        lte(event.recordedAt, new Date(at)),
        inArray(event.objectKind, ['commitment', 'dependency']),
        inArray(event.type, [...newsTypes]),
        ne(event.via, 'import'),
      ),
    )
    .orderBy(asc(event.id));
  return rows.map((row) => ({
    objectId: row.objectId,
    kind: row.objectKind as 'commitment' | 'dependency',
    version: row.version,
    event: {
      type: row.type,
      data: row.data,
      at: row.at.getTime(),
      actor: { person: row.actorPersonId, onBehalfOf: row.onBehalfOf, via: row.via as Via },
      reason: row.reason,
    } as CommitmentEvent | DependencyEvent,
  }));
}

/**
 * Asks whose date passed within the window: unanswered, agreed and not delivered on the promised day, or delivered and
 * unconfirmed for so long as the organisation set.
 */
export async function readOverdueAsks(
  queries: Queries,
  { id: organisationId, settings, zone }: OrganisationClock,
  { since, at }: Window,
): Promise<readonly LoadedDependency[]> {
  const confirmMs = confirmMsOf(settings);
  const found = await queries
    .select({ row: dependency, owner: commitment.ownerId, title: commitment.statement })
    .from(dependency)
    .leftJoin(commitment, requesterJoin)
    .where(
      and(
        eq(dependency.organisationId, organisationId),
        inArray(dependency.status, ['requested', 'accepted', 'delivered']),
      ),
    );
  return found.map(withRequester).filter(({ state }) => {
    const passed = (instant: number | null): boolean => instant !== null && instant > since && instant <= at;
    if (state.status === 'requested') return passed(state.respondBy);
    if (state.status === 'accepted') return promisedSteps(state, zone).some((step) => passed(step));
    return state.status === 'delivered' && !state.imported && passed(state.deliveredAt + confirmMs);
  });
}

/** When the promised day of an ask begins, and when it is over; nothing without a day. */
function promisedSteps(state: Dependency, zone: TimeZone): readonly Instant[] {
  const day = state.status === 'accepted' ? state.agreement.date : null;
  return day === null ? [] : [startOfDay(day, zone), endOfDay(day, zone)];
}

const confirmMsOf = ({ tracking }: Thresholds): number => tracking.confirmReminderDays * dayMs;

/** What happened, as messages for those who wait to hear it. */
export async function newsMessages(
  queries: Queries,
  clock: OrganisationClock,
  happened: readonly Happened[],
  overdue: readonly LoadedDependency[],
  readers: Readers,
): Promise<readonly Draft[]> {
  const confirmMs = confirmMsOf(clock.settings);
  const idsOf = (kind: Happened['kind']): string[] => [
    ...new Set(happened.filter((it) => it.kind === kind).map((it) => it.objectId)),
  ];
  const promises = await readPromises(queries, idsOf('commitment'));
  const asks = await readAsks(queries, idsOf('dependency'));
  const told = happened.flatMap(({ objectId, kind, version, event: it }): readonly Draft[] => {
    const subject = { kind, id: objectId } as const;
    const news =
      kind === 'commitment' ? ofPromise(it, promises.get(objectId)) : ofAsk(it, asks.get(objectId));
    return news === null || isAnswered(news, objectId)
      ? []
      : toDrafts(news, subject, version, it.at, it.actor.person).map((draft) => ({
          ...draft,
          leads: readers.spokesOf(kind === 'commitment' ? (promises.get(objectId)?.teamId ?? null) : null),
        }));
  });
  const late = overdue.flatMap((it): readonly Draft[] => {
    const facts = askFacts(it);
    const subject = { kind: 'dependency', id: it.row.id } as const;
    if (it.state.status === 'accepted') {
      const { date } = it.state.agreement;
      const [begins = 0, ends = 0] = promisedSteps(it.state, clock.zone);
      if (date === null) return [];
      return ends <= clock.at
        ? toDrafts(askLateNews(facts, date), subject, it.row.version, ends, null)
        : toDrafts(askDueNews(facts, date), subject, it.row.version, begins, null);
    }
    if (it.state.status === 'delivered') {
      const { deliveredAt } = it.state;
      const news = unconfirmedNews(facts, deliveredAt);
      return toDrafts(news, subject, it.row.version, deliveredAt + confirmMs, null);
    }
    return toDrafts(unansweredNews(facts), subject, it.row.version, it.state.respondBy ?? clock.at, null);
  });
  return [...told, ...late];

  /** A question that was answered before anybody was told of it is none. */
  function isAnswered({ rung }: News, id: string): boolean {
    if (rung === 'promise') return promises.get(id)?.status !== 'proposed';
    return rung === 'asked' && asks.get(id)?.state.status !== 'requested';
  }

  function ofPromise(it: Happened['event'], row: typeof commitment.$inferSelect | undefined): News | null {
    if (row === undefined) return null;
    const { owner, reviewer, sponsor } = stateOf(row);
    const leads = readers.spokesOf(row.teamId);
    const facts = {
      statement: row.statement,
      due: row.due,
      owner,
      reviewer,
      sponsor,
      leads,
      team: row.teamId,
    };
    const by = readers.nameOf(it.actor.person);
    return promiseNews(it as CommitmentEvent, {
      ...facts,
      by,
      zone: clock.zone,
      settings: clock.settings.tracking,
    });
  }

  function ofAsk(it: Happened['event'], ask: LoadedDependency | undefined): News | null {
    return ask === undefined ? null : askNews(it as DependencyEvent, askFacts(ask));
  }

  function askFacts({ row, state, requesterTitle }: LoadedDependency): AskFacts {
    const { owner } = state.requester;
    return {
      what: state.ask.what,
      neededBy: state.ask.neededBy,
      respondBy: state.respondBy,
      objective: requesterTitle,
      requesterTeam: readers.teamName(row.requesterTeamId),
      providerTeam: readers.teamName(row.providerTeamId),
      requesters: owner === null ? readers.spokesOf(row.requesterTeamId) : [owner],
      providers:
        row.providerPersonId === null ? readers.spokesOf(row.providerTeamId) : [row.providerPersonId],
      zone: clock.zone,
    };
  }
}

/** What time did, not somebody: of these a day has one about a subject. */
const reminders: ReadonlySet<News['rung']> = new Set(['unanswered', 'unconfirmed', 'ask-due', 'ask-late']);

function toDrafts(
  { to, rung, title, evidence, manner }: News,
  subject: Draft['subject'],
  version: number,
  at: number,
  actor: string | null,
): readonly Draft[] {
  const link = subject.kind === 'commitment' ? `/commitments/${subject.id}` : `/dependencies/${subject.id}`;
  return to.map((person) => ({
    ...{ person, subject, link, at, actor, manner },
    rung: `${rung}:${version}`,
    reminder: reminders.has(rung),
    words: (_reader, standsInFor) => ({
      title: standsInFor === null ? title : `${standsInFor}: ${title}`,
      evidence,
    }),
  }));
}

async function readPromises(queries: Queries, ids: string[]) {
  if (ids.length === 0) return new Map<string, typeof commitment.$inferSelect>();
  const rows = await queries.select().from(commitment).where(inArray(commitment.id, ids));
  return new Map(rows.map((row) => [row.id, row]));
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
