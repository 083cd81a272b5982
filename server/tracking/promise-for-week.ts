import { and, eq } from 'drizzle-orm';
import type { CommitmentContext } from '#domain/commitment/context.ts';
import { decide } from '#domain/commitment/decide.ts';
import { foldAll } from '#domain/commitment/fold.ts';
import type { CommitmentEvent } from '#domain/commitment/event.ts';
import { isLocalDate, localDateOf } from '#domain/rhythm/local-time.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { WeeklyPromiseInput } from '../app-tracking.ts';
import type { Viewer } from '../app.ts';
import { commitment, team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { isPersonOf } from './act-on-commitment.ts';
import { toRow } from './commitment-rows.ts';
import type { TrackingDeps } from './deps.ts';
import { readPeriodOfDue } from './plan-periods.ts';
import { readHomeTeams } from './propose-from-commit.ts';
import { appendEvents } from './recording.ts';
import { readNarrowBoards } from '../store/hidden-boards.ts';
import { readRuleFacts } from './rule-facts.ts';
import { actorOf, standingOf } from './standing.ts';

/**
 * A promise for a week (tracking.md T17): a sentence, an owner and a day, on no board. Who makes it for himself accepts
 * it with the same tap; anybody else is asked, and nobody promises in another's name. Made in a meeting on a narrow board
 * (`board`) it is read by those who may look there.
 */
export async function promiseForWeek(
  deps: TrackingDeps,
  viewer: Viewer,
  input: WeeklyPromiseInput,
  { board: room = null }: { readonly board?: string | null } = {},
): Promise<Outcome<{ readonly id: string; readonly boardId: null }>> {
  const { organisationId, organisation } = viewer;
  const statement = input.statement.trim();
  if (statement === '') return refused('invalid', 'Write what is promised.', { path: 'statement' });
  if (statement.length > 1_000) return refused('invalid', 'At most 1,000 characters.', { path: 'statement' });
  if (!isLocalDate(input.due)) {
    return refused('invalid', 'Give the day, like 2026-09-30.', { path: 'due' });
  }
  return deps.store.transaction(async (tx) => {
    if (!(await isPersonOf(tx, organisationId, input.ownerId))) {
      return refused('unknown-person', 'Choose a person of this organisation.', { path: 'ownerId' });
    }
    const wanted = input.teamId ?? null;
    const teamId = wanted ?? (await readHomeTeams(tx, organisationId))(input.ownerId);
    if (wanted !== null && !(await isTeamOf(tx, organisationId, wanted))) {
      return refused('unknown-team', 'Choose a team of this organisation.', { path: 'teamId' });
    }
    const id = deps.newId();
    const at = organisation.now;
    const facts = (await readRuleFacts(tx, organisationId))(teamId);
    if (input.due < localDateOf(at, facts.zone)) {
      return refused('invalid', 'That day is over: give today or a later one.', { path: 'due' });
    }
    // Which period a week of two counts for is the calendar's to say.
    const period = (await readPeriodOfDue(tx, organisationId))(input.due)?.id ?? null;
    const scope = room !== null && (await isNarrow(tx, organisationId, room)) ? room : null;
    const actor = actorOf(viewer);
    const context: CommitmentContext = {
      ...facts,
      standing: await standingOf(tx, viewer),
      ...{ depth: organisation.depth, slots: [], needs: [], capacity: 'unknown', periodClosesAt: null },
      ...{ period: null, inCloseSession: false, importing: false },
    };
    const offered = decide(
      null,
      {
        type: 'offer',
        source: {
          ...{ board: null, key: id, commit: null, snapshot: null, period },
          ...(scope === null ? {} : { scope }),
        },
        ...{ owner: input.ownerId, team: teamId, reviewer: null, sponsor: null },
        terms: {
          ...{
            statement,
            why: '',
            doneMeans: '',
            due: input.due,
            horizon: 'week',
            promise: 'firm',
            weight: 3,
          },
          ...{ measures: [], curve: { kind: 'linear' }, effort: null, priority: null, needs: [] },
        },
      },
      actor,
      at,
      context,
    );
    if (!offered.ok) return offered;
    const events: CommitmentEvent[] = [...offered.value];
    if (input.ownerId === viewer.personId) {
      const accepted = decide(foldAll(events), { type: 'accept', confidence: null }, actor, at, context);
      if (!accepted.ok) return accepted;
      events.push(...accepted.value);
    }
    const state = foldAll(events);
    if (state === null) throw new Error('An offer left nothing behind.');
    const book = { organisationId, recordedAt: deps.now(), zone: organisation.timezone };
    await appendEvents(tx, book, [
      { objectKind: 'commitment', objectId: id, boardId: scope, version: 0, events },
    ]);
    await tx
      .insert(commitment)
      .values(toRow({ id, organisationId, createdAt: new Date(at) }, events.length, state));
    return allowed({ id, boardId: null });
  });
}

const isNarrow = async (queries: Queries, organisationId: string, board: string): Promise<boolean> =>
  (await readNarrowBoards(queries, organisationId)).some(({ id }) => id === board);

async function isTeamOf(queries: Queries, organisationId: string, id: string): Promise<boolean> {
  if (!isUuid(id)) return false;
  const [found] = await queries
    .select({ id: team.id })
    .from(team)
    .where(and(eq(team.id, id), eq(team.organisationId, organisationId)));
  return found !== undefined;
}
