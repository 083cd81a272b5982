import { createHash, randomBytes } from 'node:crypto';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { FeedView } from '#protocol/views/rhythm.ts';
import type { Rhythm } from '../app-rhythm.ts';
import type { Viewer } from '../app.ts';
import { parse } from '../organisations/input.ts';
import { calendarFeed, ritual, team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import type { RhythmDeps } from './deps.ts';
import { seriesOf } from './occurrences.ts';

const input = z.object({
  kind: z.enum(['person', 'team', 'ritual'], { error: 'Choose your own, a team’s or a ritual’s calendar.' }),
  subjectId: z.uuid('Choose a team or a ritual.').optional(),
});

/** What the database keeps of an address's secret: 256 random bits need no slow hash. */
export const hashFeedToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** A person's own feeds that are still open. */
export async function listFeeds({ store }: RhythmDeps, viewer: Viewer): Promise<readonly FeedView[]> {
  const rows = await store.db
    .select()
    .from(calendarFeed)
    .where(
      and(
        eq(calendarFeed.organisationId, viewer.organisationId),
        eq(calendarFeed.personId, viewer.personId),
        isNull(calendarFeed.revokedAt),
      ),
    )
    .orderBy(asc(calendarFeed.createdAt));
  const views: FeedView[] = [];
  for (const row of rows) {
    const subject = await nameOf(store.db, viewer.organisationId, row.kind, row.subjectId);
    views.push(viewFeed(row, subject ?? 'gone'));
  }
  return views;
}

/** Makes a secret address for a calendar program: one's own meetings and check-ins, a team's, or one ritual's. */
export async function createFeed(
  deps: RhythmDeps,
  viewer: Viewer,
  rawInput: Parameters<Rhythm['createFeed']>[1],
): ReturnType<Rhythm['createFeed']> {
  const parsed = parse(input, rawInput);
  if (!parsed.ok) return parsed;
  const { organisationId, personId } = viewer;
  if (viewer.viewingAs || viewer.organisation.kind === 'example') {
    return refused('example', 'The example has no calendar addresses. Set up your own organisation.');
  }
  const { kind, subjectId = kind === 'person' ? personId : '' } = parsed.value;
  if (kind === 'person' && subjectId !== personId) {
    return refused('forbidden', 'Everybody makes the address of the own calendar.', { path: 'subjectId' });
  }
  const subject = await nameOf(deps.store.db, organisationId, kind, subjectId);
  if (subject === null) {
    const what = kind === 'team' ? 'team' : 'ritual';
    return refused('not-found', `There is no such ${what} in this organisation.`, { path: 'subjectId' });
  }
  const token = randomBytes(32).toString('base64url');
  const row = {
    ...{ id: deps.newId(), organisationId, kind, subjectId, personId, tokenHash: hashFeedToken(token) },
    ...{ createdAt: new Date(deps.now()), lastUsedAt: null, revokedAt: null },
  };
  await deps.store.db.insert(calendarFeed).values(row);
  return allowed({ token, view: viewFeed(row, subject) });
}

/** From now on the address opens nothing. */
export async function revokeFeed(deps: RhythmDeps, viewer: Viewer, id: string): Promise<Outcome<true>> {
  const gone = refused('not-found', 'There is no such calendar address.');
  if (!isUuid(id)) return gone;
  const revoked = await deps.store.db
    .update(calendarFeed)
    .set({ revokedAt: new Date(deps.now()) })
    .where(
      and(
        eq(calendarFeed.id, id),
        eq(calendarFeed.organisationId, viewer.organisationId),
        eq(calendarFeed.personId, viewer.personId),
        isNull(calendarFeed.revokedAt),
      ),
    )
    .returning({ id: calendarFeed.id });
  return revoked.length > 0 ? allowed(true) : gone;
}

/** What a feed is of, by name; null when it is not of this organisation. */
export async function nameOf(
  queries: Queries,
  organisationId: string,
  kind: 'person' | 'team' | 'ritual',
  id: string,
): Promise<string | null> {
  if (kind === 'person') return 'Your meetings and check-ins';
  if (!isUuid(id)) return null;
  const [found] =
    kind === 'team'
      ? await queries
          .select({ name: team.name })
          .from(team)
          .where(and(eq(team.id, id), eq(team.organisationId, organisationId)))
      : await queries
          .select({ name: ritual.title })
          .from(ritual)
          .where(
            and(inArray(ritual.seriesId, seriesOf(queries, id)), eq(ritual.organisationId, organisationId)),
          )
          // Of a split series: as it is called by its last part.
          .orderBy(sql`${ritual.ends} desc nulls first`)
          .limit(1);
  return found?.name ?? null;
}

function viewFeed(row: typeof calendarFeed.$inferInsert, subject: string): FeedView {
  return {
    ...{ id: row.id, kind: row.kind, subjectId: row.subjectId, subject },
    createdAt: row.createdAt.getTime(),
    lastUsedAt: row.lastUsedAt?.getTime() ?? null,
  };
}
