import { and, count, desc, eq, gt, isNull, lte, or } from 'drizzle-orm';
import { ruleOf } from '#domain/notify/message.ts';
import { snoozes, snoozeUntil, type Snooze } from '#domain/notify/snooze.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { InboxView, NoticeView } from '#protocol/views/notify.ts';
import type { Viewer } from '../app.ts';
import { notice } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { unseenSubjects } from '../tracking/unseen-subjects.ts';
import { readPreferences } from './preferences.ts';

/** Messages shown at once; older ones are history, found where they happened. */
const shown = 200;

const noSuchNotice = refused('not-found', 'There is no such message in your inbox.');

/** The viewer's own; said by now, which in an example is its clock. */
const mine = ({ organisationId, personId, organisation }: Viewer) =>
  and(
    eq(notice.organisationId, organisationId),
    eq(notice.personId, personId),
    lte(notice.at, new Date(organisation.now)),
  );

const notPutOff = ({ organisation }: Viewer) =>
  or(isNull(notice.snoozedUntil), lte(notice.snoozedUntil, new Date(organisation.now)));

export async function readMessages(
  { db }: Store,
  viewer: Viewer,
  { unread = false }: { readonly unread?: boolean } = {},
): Promise<InboxView> {
  const rows = await db
    .select()
    .from(notice)
    .where(and(mine(viewer), notPutOff(viewer), unread ? isNull(notice.readAt) : undefined))
    .orderBy(desc(notice.at), desc(notice.id))
    .limit(shown);
  const [putOff] = await db
    .select({ n: count() })
    .from(notice)
    .where(and(mine(viewer), gt(notice.snoozedUntil, new Date(viewer.organisation.now))));
  const unseen = await readUnseen(db, viewer, rows);
  return {
    notices: rows.filter((it) => !unseen.has(it.subjectId)).map(view),
    unread: await countUnread({ db }, viewer),
    snoozed: putOff?.n ?? 0,
  };
}

/** Messages of a board that was narrowed since are about something that does not exist for their reader any more. */
const readUnseen = (
  queries: Queries,
  viewer: Viewer,
  rows: readonly Pick<typeof notice.$inferSelect, 'subjectKind' | 'subjectId'>[],
): Promise<ReadonlySet<string>> =>
  unseenSubjects(
    queries,
    viewer,
    rows.map((it) => ({ kind: it.subjectKind, id: it.subjectId })),
  );

export async function countUnread({ db }: Pick<Store, 'db'>, viewer: Viewer): Promise<number> {
  if (viewer.hiddenBoards.length > 0) {
    const rows = await db
      .select({ subjectKind: notice.subjectKind, subjectId: notice.subjectId })
      .from(notice)
      .where(and(mine(viewer), notPutOff(viewer), isNull(notice.readAt)));
    const unseen = await readUnseen(db, viewer, rows);
    return rows.filter(({ subjectId }) => !unseen.has(subjectId)).length;
  }
  const [unread] = await db
    .select({ n: count() })
    .from(notice)
    .where(and(mine(viewer), notPutOff(viewer), isNull(notice.readAt)));
  return unread?.n ?? 0;
}

export const markRead = (store: Store, viewer: Viewer, id: string): Promise<Outcome<NoticeView>> =>
  change(store, viewer, id, { readAt: new Date(viewer.organisation.now) });

export async function markAllRead({ db }: Store, viewer: Viewer): Promise<number> {
  const read = await db
    .update(notice)
    .set({ readAt: new Date(viewer.organisation.now) })
    .where(and(mine(viewer), notPutOff(viewer), isNull(notice.readAt)))
    .returning({ id: notice.id });
  return read.length;
}

/** Puts a message off; it comes back unread, so that it is not forgotten. */
export async function snoozeMessage(
  store: Store,
  viewer: Viewer,
  id: string,
  until: string,
): Promise<Outcome<NoticeView>> {
  if (!snoozes.includes(until as Snooze)) {
    return refused('invalid', `Put it off until one of: ${snoozes.join(', ')}.`, { path: 'until' });
  }
  const { timezone } = await readPreferences(store.db, viewer);
  const { now, weekStart, timezone: home } = viewer.organisation;
  const back = snoozeUntil(until as Snooze, now, timezone ?? home, weekStart);
  return change(store, viewer, id, { snoozedUntil: new Date(back), readAt: null });
}

async function change(
  { db }: Store,
  viewer: Viewer,
  id: string,
  values: Partial<typeof notice.$inferInsert>,
): Promise<Outcome<NoticeView>> {
  if (!isUuid(id)) return noSuchNotice;
  const [row] = await db
    .update(notice)
    .set(values)
    .where(and(eq(notice.id, id), mine(viewer)))
    .returning();
  if (row !== undefined && (await readUnseen(db, viewer, [row])).has(row.subjectId)) return noSuchNotice;
  return row === undefined ? noSuchNotice : allowed(view(row));
}

const view = (row: typeof notice.$inferSelect): NoticeView => ({
  id: row.id,
  subjectKind: row.subjectKind as NoticeView['subjectKind'],
  subjectId: row.subjectId,
  rule: ruleOf(row.rung),
  title: row.title,
  evidence: row.body,
  link: row.link,
  at: row.at.getTime(),
  readAt: row.readAt?.getTime() ?? null,
  snoozedUntil: row.snoozedUntil?.getTime() ?? null,
});
