import { and, asc, count, eq, inArray, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { chatKinds, chatTopics, type ChatTopic } from '#domain/notify/chat/chat-post.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { AddedChat, ChatsView, ChatView } from '#protocol/views/chat.ts';
import type { ChatChange, NewChat } from '../../app-notify.ts';
import type { Viewer } from '../../app.ts';
import { logChange } from '../../store/log-change.ts';
import { chatDestination, chatMessage, team } from '../../store/schema.ts';
import type { Queries } from '../../store/store.ts';
import { isUuid } from '../../store/uuid.ts';
import type { NotifyDeps } from '../deps.ts';
import type { ChatRow } from './chat-audience.ts';
import { readAddress } from './guarded-post.ts';
import { postChats } from './post-chats.ts';
import { newWebhookSecret } from './sign-webhook.ts';

/** Chats of one organisation. */
const most = 50;

const noSuchChat = refused('not-found', 'There is no such chat here.');
const notYours = refused(
  'forbidden',
  'Chats are set by administrators, and by the leads of a team for their own.',
);

/** Teams whose chats a viewer looks after; null: all, and the organisation's. */
function reach(viewer: Viewer): readonly string[] | null {
  if (viewer.organisation.kind !== 'own' || viewer.viewingAs || viewer.role === 'observer') return [];
  if (viewer.role === 'administrator') return null;
  return viewer.teams.flatMap(({ teamId, role }) => (role === 'lead' ? [teamId] : []));
}

const mayChange = (viewer: Viewer, teamId: string | null): boolean => {
  const teams = reach(viewer);
  return viewer.scope === 'write' && (teams === null || (teamId !== null && teams.includes(teamId)));
};

/** Those a viewer looks after, with where more can be added; nothing for who looks after none. */
export async function readChats({ store }: NotifyDeps, viewer: Viewer): Promise<Outcome<ChatsView>> {
  const teams = reach(viewer);
  if (teams !== null && teams.length === 0) return allowed({ chats: [], places: [] });
  const rows = await store.db
    .select({ chat: chatDestination, teamName: team.name })
    .from(chatDestination)
    .leftJoin(team, eq(team.id, chatDestination.teamId))
    .where(
      and(
        eq(chatDestination.organisationId, viewer.organisationId),
        teams === null ? undefined : inArray(chatDestination.teamId, [...teams]),
      ),
    )
    .orderBy(asc(team.name), asc(chatDestination.name));
  const places = await store.db
    .select({ teamId: team.id, name: team.name })
    .from(team)
    .where(
      and(
        eq(team.organisationId, viewer.organisationId),
        isNull(team.archivedAt),
        teams === null ? undefined : inArray(team.id, [...teams]),
      ),
    )
    .orderBy(asc(team.name));
  const counts = await countOpen(
    store.db,
    rows.map(({ chat }) => chat.id),
  );
  return allowed({
    chats: rows.map(({ chat, teamName }) => view(chat, teamName, counts)),
    places: teams === null ? [{ teamId: null, name: 'Everybody' }, ...places] : places,
  });
}

const name = z.string('Give it a name.').trim().min(1, 'Give it a name.').max(80, 'At most 80 characters.');
const topics = z.array(z.enum(chatTopics, 'Choose from the list.')).max(chatTopics.length);
const asked = z.strictObject({
  name,
  kind: z.enum(chatKinds, 'Choose what it is.'),
  teamId: z.uuid('Choose a team from the list.').nullable(),
  url: z
    .string('Paste the address of the webhook.')
    .trim()
    .min(1, 'Paste the address of the webhook.')
    .max(2_000, 'At most 2,000 characters.'),
  topics,
});
const change = z.strictObject({
  name: name.optional(),
  topics: topics.optional(),
  paused: z.boolean().optional(),
});

function read<S extends z.ZodType>(shape: S, input: unknown): Outcome<z.output<S>> {
  const parsed = shape.safeParse(input);
  if (parsed.success) return allowed(parsed.data);
  const faults = parsed.error.issues.map((it) => ({ path: it.path.join('.'), message: it.message }));
  return refused('invalid', faults[0]?.message ?? 'This was not understood.', { faults });
}

export async function addChat(deps: NotifyDeps, viewer: Viewer, input: NewChat): Promise<Outcome<AddedChat>> {
  const given = read(asked, input);
  if (!given.ok) return given;
  const { teamId, url, kind } = given.value;
  if (!mayChange(viewer, teamId)) return notYours;
  const address = readAddress(url, deps.chat?.allowedHosts ?? []);
  if (typeof address === 'string') return refused('invalid', address, { path: 'url' });
  const { store, newId, now } = deps;
  const { organisationId, personId } = viewer;
  return store.transaction(async (tx): Promise<Outcome<AddedChat>> => {
    const teamName = teamId === null ? null : await readTeam(tx, organisationId, teamId);
    if (teamId !== null && teamName === null) {
      return refused('unknown-team', 'Choose a team from the list.', { path: 'teamId' });
    }
    if ((await tx.$count(chatDestination, eq(chatDestination.organisationId, organisationId))) >= most) {
      return refused('too-many', `There are ${most} chats already: remove one that nobody reads.`);
    }
    const secret = kind === 'webhook' ? newWebhookSecret() : null;
    const [row] = await tx
      .insert(chatDestination)
      .values({
        ...{ ...given.value, url: address.href, topics: inOrder(given.value.topics) },
        ...{
          id: newId(),
          organisationId,
          secret,
          createdBy: personId,
          createdAt: new Date(now()),
          hearsFrom: new Date(now()),
        },
      })
      .returning();
    if (row === undefined) return refused('internal', 'It could not be kept. Try again.');
    await log(tx, deps, viewer, row, 'chat-added');
    return allowed({ ...view(row, teamName, new Map()), secret });
  });
}

export async function changeChat(
  deps: NotifyDeps,
  viewer: Viewer,
  id: string,
  input: ChatChange,
): Promise<Outcome<ChatView>> {
  const given = read(change, input);
  if (!given.ok) return given;
  return withChat(deps, viewer, id, async (tx, before, teamName) => {
    const { paused, ...said } = given.value;
    const [row] = await tx
      .update(chatDestination)
      .set({
        ...(said.name !== undefined && { name: said.name }),
        ...(said.topics !== undefined && { topics: inOrder(said.topics) }),
        ...(paused !== undefined && { paused }),
        // Whoever resumes one has looked at it: it is tried afresh, and at once.
        ...(paused === false && {
          stoppedAt: null,
          failures: 0,
          notBefore: null,
          hearsFrom: new Date(deps.now()),
        }),
      })
      .where(eq(chatDestination.id, before.id))
      .returning();
    if (row === undefined) return noSuchChat;
    if (paused === true && !before.paused) await log(tx, deps, viewer, row, 'chat-paused');
    else if (paused === false) await log(tx, deps, viewer, row, 'chat-resumed');
    else await log(tx, deps, viewer, row, 'chat-changed');
    return allowed(view(row, teamName, await countOpen(tx, [row.id])));
  });
}

export const removeChat = (deps: NotifyDeps, viewer: Viewer, id: string): Promise<Outcome<true>> =>
  withChat(deps, viewer, id, async (tx, row) => {
    await tx.delete(chatDestination).where(eq(chatDestination.id, row.id));
    await log(tx, deps, viewer, row, 'chat-removed');
    return allowed(true as const);
  });

/** Posts a test at once, whatever the hour, and says what became of it. */
export async function testChat(deps: NotifyDeps, viewer: Viewer, id: string): Promise<Outcome<ChatView>> {
  const queued = await withChat(deps, viewer, id, async (tx, row) => {
    if (row.paused || row.stoppedAt !== null) {
      return refused('not-open', 'It is paused or stopped: resume it, then send a test.');
    }
    const at = new Date(deps.now());
    await tx.insert(chatMessage).values({
      ...{ id: deps.newId(), organisationId: row.organisationId, destinationId: row.id, topic: 'test' },
      ...{
        key: `test:${deps.newId()}`,
        title: 'A test from Throughline',
        link: '/settings/chats',
        action: 'Open',
      },
      lines: [`${viewer.name} asked for it. What this chat is told of can be chosen there.`],
      ...{ at, notBefore: at, createdAt: at, status: 'queued' as const },
    });
    await tx.update(chatDestination).set({ notBefore: null }).where(eq(chatDestination.id, row.id));
    return allowed(true as const);
  });
  if (!queued.ok) return queued;
  await postChats(deps, id);
  return withChat(deps, viewer, id, async (tx, row, teamName) =>
    allowed(view(row, teamName, await countOpen(tx, [row.id]))),
  );
}

/** Does something with a chat that this viewer looks after, under its lock; others do not exist. */
async function withChat<T>(
  { store }: NotifyDeps,
  viewer: Viewer,
  id: string,
  act: (tx: Queries, row: ChatRow, teamName: string | null) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  if (!isUuid(id)) return noSuchChat;
  return store.transaction(async (tx): Promise<Outcome<T>> => {
    const [row] = await tx
      .select()
      .from(chatDestination)
      .where(and(eq(chatDestination.id, id), eq(chatDestination.organisationId, viewer.organisationId)))
      .for('update');
    if (row === undefined) return noSuchChat;
    if (!mayChange(viewer, row.teamId)) return notYours;
    return act(tx, row, row.teamId === null ? null : await readTeam(tx, viewer.organisationId, row.teamId));
  });
}

async function readTeam(queries: Queries, organisationId: string, id: string): Promise<string | null> {
  const [found] = await queries
    .select({ name: team.name })
    .from(team)
    .where(and(eq(team.id, id), eq(team.organisationId, organisationId)));
  return found?.name ?? null;
}

/** Who added, changed or took away which chat stands in the history of the team or the organisation; its address does not. */
const log = (tx: Queries, { now }: NotifyDeps, viewer: Viewer, row: ChatRow, type: string): Promise<void> =>
  logChange(
    tx,
    viewer,
    {
      ...(row.teamId === null
        ? { kind: 'organisation' as const, id: row.organisationId }
        : { kind: 'team' as const, id: row.teamId }),
      ...{ type, data: { chat: row.name, kind: row.kind, host: new URL(row.url).host, topics: row.topics } },
    },
    now(),
  );

const inOrder = (given: readonly ChatTopic[]): readonly ChatTopic[] =>
  chatTopics.filter((it) => given.includes(it));

type Counts = ReadonlyMap<string, { readonly unsure: number; readonly waiting: number }>;

async function countOpen(queries: Queries, ids: readonly string[]): Promise<Counts> {
  if (ids.length === 0) return new Map();
  const rows = await queries
    .select({ id: chatMessage.destinationId, status: chatMessage.status, n: count() })
    .from(chatMessage)
    .where(inArray(chatMessage.destinationId, [...ids]))
    .groupBy(chatMessage.destinationId, chatMessage.status);
  return new Map(
    [...Map.groupBy(rows, ({ id }) => id)].map(([id, its]) => {
      const of = (...statuses: string[]): number =>
        its.filter(({ status }) => statuses.includes(status)).reduce((sum, { n }) => sum + n, 0);
      return [id, { unsure: of('unsure'), waiting: of('queued', 'sending') }];
    }),
  );
}

function view(row: ChatRow, teamName: string | null, counts: Counts): ChatView {
  const { id, name: called, kind, teamId } = row;
  return {
    ...{ id, name: called, kind, teamId, teamName, host: new URL(row.url).host, ends: row.url.slice(-4) },
    topics: chatTopics.filter((it) => row.topics.includes(it)),
    state: row.stoppedAt !== null ? 'stopped' : row.paused ? 'paused' : 'on',
    error: row.error,
    errorAt: row.errorAt?.getTime() ?? null,
    postedAt: row.postedAt?.getTime() ?? null,
    ...(counts.get(id) ?? { unsure: 0, waiting: 0 }),
  };
}
