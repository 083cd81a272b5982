import { eq } from 'drizzle-orm';
import type { ChatSection } from '#domain/notify/chat/chat-post.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import { dependency, team, type chatMessage } from '../../store/schema.ts';
import type { Queries } from '../../store/store.ts';
import { readWorkingDays } from '../../tracking/working-days.ts';
import type { NotifyDeps } from '../deps.ts';
import { chatSeer, unseenByChat, type ChatRow } from './chat-audience.ts';
import { endOfWeek, readDueLines } from './due-lines.ts';

export type ChatMessageRow = typeof chatMessage.$inferSelect;

/** Warnings of a weekly summary. */
const mostWarnings = 8;

/** True for an ask that was late when it was written down and has moved since. */
async function isAnswered(queries: Queries, { key, subjectId }: ChatMessageRow): Promise<boolean> {
  if (!key.startsWith('late:') || subjectId === null) return false;
  const [found] = await queries
    .select({ version: dependency.version })
    .from(dependency)
    .where(eq(dependency.id, subjectId));
  return `late:${subjectId}:${found?.version ?? ''}` !== key;
}

/** What is said of each message as it leaves; null for one that nobody is to hear any more. */
export async function composeChat(
  queries: Queries,
  deps: NotifyDeps,
  chat: ChatRow,
  messages: readonly ChatMessageRow[],
): Promise<readonly { readonly message: ChatMessageRow; readonly section: ChatSection | null }[]> {
  const seer = await chatSeer(queries, chat);
  const subjects = messages.flatMap(({ subjectKind: kind, subjectId: id }) =>
    kind === null || id === null ? [] : [{ kind, id }],
  );
  const unseen = await unseenByChat(queries, seer, subjects);
  const at = deps.now();
  const composed = [];
  for (const message of messages) {
    const gone =
      (await isAnswered(queries, message)) ||
      (message.until !== null && message.until.getTime() <= at) ||
      (message.subjectId !== null && unseen.has(message.subjectId));
    composed.push({ message, section: gone ? null : await sectionOf(message) });
  }
  return composed;

  async function sectionOf(message: ChatMessageRow): Promise<ChatSection | null> {
    const { title, lines, action } = message;
    const link = `${deps.baseUrl}${message.link}`;
    if (message.topic === 'due') return due(message, link);
    if (message.topic === 'warnings') return warnings(link);
    return { title, lines, action, link };
  }

  async function due({ key }: ChatMessageRow, link: string): Promise<ChatSection | null> {
    const zone = (await readWorkingDays(queries, chat.organisationId)).zoneOf(chat.teamId);
    const today = localDateOf(at, zone);
    const week = key.startsWith('week:');
    const last = week ? endOfWeek(today) : today;
    const lines = await readDueLines(queries, chat, seer, { at, zone, last, withLate: week });
    if (lines.length === 0) return null;
    const title = `Due ${week ? 'this week' : 'today'}${await inTeam()}`;
    return { title, lines, link, action: chat.teamId === null ? 'Open my week' : 'Open the team’s page' };
  }

  async function warnings(link: string): Promise<ChatSection | null> {
    const { organisationId, teamId } = chat;
    const all = (await deps.chat?.warnings(queries, { organisationId, teamId, at })) ?? [];
    const hidden = await unseenByChat(
      queries,
      seer,
      all.map(({ subject }) => subject),
    );
    const seen = all.filter(({ subject }) => !hidden.has(subject.id));
    if (seen.length === 0) return null;
    const lines = seen.slice(0, mostWarnings).map(({ title, evidence }) => `${title}: ${evidence}`);
    const more = seen.length > mostWarnings ? [`And ${seen.length - mostWarnings} more.`] : [];
    return { title: `Warnings${await inTeam()}`, lines: [...lines, ...more], link, action: 'Open' };
  }

  async function inTeam(): Promise<string> {
    if (chat.teamId === null) return '';
    const [found] = await queries.select({ name: team.name }).from(team).where(eq(team.id, chat.teamId));
    return found === undefined ? '' : ` in ${found.name}`;
  }
}
