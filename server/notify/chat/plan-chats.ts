import { and, count, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { ChatTopic } from '#domain/notify/chat/chat-post.ts';
import type { Window } from '#domain/notify/ladder.ts';
import { isQuiet, nextLoud, type Hearing } from '#domain/notify/quiet-hours.ts';
import { businessDayFrom, isBusinessDay } from '#domain/rhythm/business-days.ts';
import { addDays, dayMs, hourMs, instantAt, localDateOf, weekdayOf } from '#domain/rhythm/local-time.ts';
import type { LocalDate } from '#domain/time.ts';
import { thresholdsIn } from '../../store/read-thresholds.ts';
import { chatDestination, chatMessage, organisation, team } from '../../store/schema.ts';
import type { Queries } from '../../store/store.ts';
import { readWorkingDays } from '../../tracking/working-days.ts';
import type { NotifyDeps } from '../deps.ts';
import { onLease } from '../on-lease.ts';
import type { OrganisationClock } from '../readers.ts';
import { chatHearing, chatSeer, unseenByChat, type ChatRow } from './chat-audience.ts';
import { readChatNews, type ChatNews } from './chat-news.ts';

/** Messages for one chat in a day; the rest stands in Throughline. */
const mostADay = 40;
const leaseMs = 60_000;

/** When a day's summary is said, on the team's clock. */
const summaryTime = '09:00';

/**
 * Writes down what chats are to be told: what happened since the last time, and once a day or week what is due and what
 * warns. One node does it; were it two, each would still be written once.
 */
export async function planChats(deps: NotifyDeps): Promise<void> {
  const { store, now, node } = deps;
  const at = now();
  await onLease(store, { name: 'chats', holder: node, at, forMs: leaseMs }, async (last) => {
    const rows = await store.db
      .select({ chat: chatDestination, home: organisation, archivedAt: team.archivedAt })
      .from(chatDestination)
      .innerJoin(organisation, eq(organisation.id, chatDestination.organisationId))
      .leftJoin(team, eq(team.id, chatDestination.teamId))
      .where(
        and(
          eq(organisation.kind, 'own'),
          eq(chatDestination.paused, false),
          isNull(chatDestination.stoppedAt),
          isNull(team.archivedAt),
        ),
      );
    for (const [, its] of Map.groupBy(rows, ({ home }) => home.id)) {
      const [first] = its;
      if (first === undefined) continue;
      const { id, kind, timezone: zone, settings, weekStart } = first.home;
      const clock = { id, kind, zone, at, settings: thresholdsIn(settings) };
      const chats = its.map(({ chat }) => chat);
      await planOrganisation(deps, clock, { since: last ?? at - hourMs, at }, { chats, weekStart });
    }
  });
}

async function planOrganisation(
  deps: NotifyDeps,
  clock: OrganisationClock,
  window: Window,
  { chats, weekStart }: { readonly chats: readonly ChatRow[]; readonly weekStart: number },
): Promise<void> {
  const { db } = deps.store;
  const news = await readChatNews(db, clock, window, new Set(chats.flatMap(({ topics }) => topics)));
  const days = await readWorkingDays(db, clock.id);
  for (const chat of chats) {
    const hearing = chatHearing(days, chat.teamId);
    const told = await heardBy(db, chat, news);
    const summaries = summariesAt(chat, hearing, clock.at, weekStart);
    await keepForChat(deps, chat, hearing, clock.at, [...told, ...summaries]);
  }
}

/** Of the news what this chat has asked for, what concerns it, and what everybody in it may look at. */
async function heardBy(
  queries: Queries,
  chat: ChatRow,
  news: readonly ChatNews[],
): Promise<readonly ChatNews[]> {
  const wanted = news.filter(
    ({ topic, at, isFor }) =>
      chat.topics.includes(topic) && at >= chat.hearsFrom.getTime() && isFor(chat.teamId),
  );
  if (wanted.length === 0) return [];
  const subjects = wanted.flatMap(({ subject }) => subject ?? []);
  const unseen = await unseenByChat(queries, await chatSeer(queries, chat), subjects);
  return wanted.filter(({ subject }) => subject === null || !unseen.has(subject.id));
}

/** What is said once a day or once a week; its words are written when it leaves. */
export function summariesAt(
  chat: Pick<ChatRow, 'topics' | 'teamId'>,
  hearing: Pick<Hearing, 'zone' | 'calendar'>,
  at: number,
  weekStart: number,
): readonly ChatNews[] {
  const { zone, calendar } = hearing;
  const today = localDateOf(at, zone);
  const begins = instantAt(today, summaryTime, zone);
  if (!isBusinessDay(today, calendar) || at < begins) return [];
  const week = startOfWeek(today, weekStart);
  const opensWeek = businessDayFrom(week, calendar) === today;
  const link = chat.teamId === null ? '/home' : `/teams/${chat.teamId}`;
  const summary = (topic: ChatTopic, key: string): ChatNews => ({
    ...{ topic, key, subject: null, title: '', lines: [], link, action: 'Open', at: begins },
    // By the next day there is another.
    ...{ until: begins + dayMs, isFor: () => true },
  });
  return [
    ...(chat.topics.includes('due') ? [summary('due', `${opensWeek ? 'week' : 'day'}:${today}`)] : []),
    ...(opensWeek && chat.topics.includes('warnings') ? [summary('warnings', `warnings:${week}`)] : []),
  ];
}

const startOfWeek = (day: LocalDate, weekStart: number): LocalDate =>
  addDays(day, -((weekdayOf(day) - weekStart + 7) % 7));

async function keepForChat(
  deps: NotifyDeps,
  chat: ChatRow,
  hearing: Hearing,
  at: number,
  told: readonly ChatNews[],
): Promise<void> {
  if (told.length === 0) return;
  const { store, newId } = deps;
  await store.transaction(async (tx) => {
    const known = await tx
      .select({ key: chatMessage.key })
      .from(chatMessage)
      .where(
        and(
          eq(chatMessage.destinationId, chat.id),
          inArray(
            chatMessage.key,
            told.map(({ key }) => key),
          ),
        ),
      );
    const said = new Set(known.map(({ key }) => key));
    const [lately] = await tx
      .select({ n: count() })
      .from(chatMessage)
      .where(and(eq(chatMessage.destinationId, chat.id), gt(chatMessage.createdAt, new Date(at - dayMs))));
    const fresh = told.filter(({ key }) => !said.has(key)).slice(0, Math.max(0, mostADay - (lately?.n ?? 0)));
    const rows = fresh.flatMap((it) => {
      const notBefore = isQuiet(at, hearing) ? nextLoud(at, hearing) : at;
      if (it.until !== null && it.until <= notBefore) return [];
      return [
        {
          ...{ id: newId(), organisationId: chat.organisationId, destinationId: chat.id, key: it.key },
          ...{ topic: it.topic, subjectKind: it.subject?.kind ?? null, subjectId: it.subject?.id ?? null },
          ...{ title: it.title, lines: it.lines, link: it.link, action: it.action, at: new Date(it.at) },
          ...{ notBefore: new Date(notBefore), until: it.until === null ? null : new Date(it.until) },
          ...{ status: 'queued' as const, createdAt: new Date(deps.now()) },
        },
      ];
    });
    if (rows.length > 0) await tx.insert(chatMessage).values(rows).onConflictDoNothing();
  });
}
