import { and, asc, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { isLocalDate } from '#domain/rhythm/local-time.ts';
import type { LeaveView } from '#protocol/views/rhythm.ts';
import type { Rhythm } from '../app-rhythm.ts';
import type { Viewer } from '../app.ts';
import { parse } from '../organisations/input.ts';
import { mayAdminister } from '../organisations/rights.ts';
import { commitment, leave, person, teamMember } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { readSeers } from '../tracking/read-seers.ts';
import { unseenSubjects } from '../tracking/unseen-subjects.ts';
import { changing } from './days-off.ts';
import type { RhythmDeps } from './deps.ts';
import { logLeave } from './log-days.ts';

const day = z.string().refine(isLocalDate, 'Use a date such as 2027-01-31.');
const input = z
  .object({
    personId: z.uuid('Choose a person of this organisation.'),
    delegateId: z.uuid('Choose a person of this organisation.').nullable().default(null),
    start: day,
    end: day,
  })
  .refine(({ start, end }) => start <= end, { path: ['end'], message: 'The last day is before the first.' })
  .refine(({ personId, delegateId }) => personId !== delegateId, {
    path: ['delegateId'],
    message: 'Choose somebody else to answer meanwhile.',
  });

/** Leaves that are not over, earliest first. */
export async function listLeaves({ store }: RhythmDeps, viewer: Viewer): Promise<readonly LeaveView[]> {
  const rows = await store.db
    .select()
    .from(leave)
    .where(eq(leave.organisationId, viewer.organisationId))
    .orderBy(asc(leave.start));
  const views: LeaveView[] = [];
  for (const row of rows) views.push(viewLeave(row, await maySayFor(store.db, viewer, row.personId)));
  return views;
}

/** Says that somebody is away: for oneself, by a lead for the own team's people, or by an administrator. */
export async function addLeave(
  deps: RhythmDeps,
  viewer: Viewer,
  rawInput: Parameters<Rhythm['addLeave']>[1],
): Promise<Outcome<LeaveView>> {
  const parsed = parse(input, rawInput);
  if (!parsed.ok) return parsed;
  const { organisationId } = viewer;
  const { personId, delegateId, start, end } = parsed.value;
  for (const [id, path] of [
    [personId, 'personId'],
    [delegateId, 'delegateId'],
  ] as const) {
    if (id === null) continue;
    const [known] = await deps.store.db
      .select({ id: person.id })
      .from(person)
      .where(and(eq(person.id, id), eq(person.organisationId, organisationId)));
    if (!known) return refused('unknown-person', 'Choose a person of this organisation.', { path });
  }
  if (!(await maySayFor(deps.store.db, viewer, personId))) return notYours;
  if (delegateId !== null && viewer.personId !== personId) return notNamedByOwner;
  const blind = delegateId === null ? null : await refuseBlind(deps.store.db, viewer, delegateId);
  if (blind !== null) return blind;
  const row = {
    ...{ id: deps.newId(), organisationId, personId, delegateId, start, end },
    createdAt: new Date(deps.now()),
  };
  const done = await changing(deps, viewer, async (tx) => {
    await tx.insert(leave).values(row);
    await logLeave(tx, viewer, 'leave-written', row, deps.now());
    return allowed(true);
  });
  return done.ok ? allowed(viewLeave(row, true)) : done;
}

export async function removeLeave(deps: RhythmDeps, viewer: Viewer, id: string): Promise<Outcome<true>> {
  const gone = refused('not-found', 'There is no such leave.');
  if (!isUuid(id)) return gone;
  const here = and(eq(leave.id, id), eq(leave.organisationId, viewer.organisationId));
  const [found] = await deps.store.db.select().from(leave).where(here);
  if (!found) return gone;
  if (!(await maySayFor(deps.store.db, viewer, found.personId))) return notYours;
  return changing(deps, viewer, async (tx) => {
    const [gone] = await tx.delete(leave).where(here).returning();
    if (gone) await logLeave(tx, viewer, 'leave-taken-back', gone, deps.now());
    return allowed(true);
  });
}

/** Whoever answers meanwhile speaks in somebody's name: nobody else gives that away (tracking.md T4). */
const notNamedByOwner = refused(
  'not-yours',
  'Only who is away can name who answers meanwhile. Leave it at nobody: then what is due is excused.',
  { path: 'delegateId' },
);

/** Who is to answer meanwhile has to be able to look at what is asked (tracking.md T15). */
async function refuseBlind(
  queries: Queries,
  { organisationId, personId }: Viewer,
  delegateId: string,
): Promise<Outcome<never> | null> {
  const seer = (await readSeers(queries, organisationId, [delegateId])).get(delegateId);
  if (seer === undefined || seer.hiddenBoards.length === 0) return null;
  const promised = await queries
    .select({ id: commitment.id, statement: commitment.statement })
    .from(commitment)
    .where(
      and(
        eq(commitment.organisationId, organisationId),
        eq(commitment.ownerId, personId),
        inArray(commitment.status, ['proposed', 'committed']),
      ),
    )
    .orderBy(asc(commitment.due), asc(commitment.statement));
  const subjects = promised.map(({ id }) => ({ kind: 'commitment', id }));
  const unseen = await unseenSubjects(queries, seer, subjects);
  const [first, ...others] = promised.filter(({ id }) => unseen.has(id));
  if (first === undefined) return null;
  const more = others.length === 0 ? '' : ` and ${others.length} more of your promises`;
  return refused(
    'cannot-see',
    `Whoever answers meanwhile has to see what you promised, and “${first.statement}”${more} stand${others.length === 0 ? 's' : ''} on a board that is not open to them. Name somebody who may look at it, or name this person for that promise alone.`,
    { path: 'delegateId' },
  );
}

const notYours = refused(
  'forbidden',
  'A leave is written down by the person, a lead of one of the person’s teams, or an administrator.',
);

async function maySayFor(queries: Queries, viewer: Viewer, personId: string): Promise<boolean> {
  if (viewer.scope === 'read' || viewer.role === 'observer') return false;
  if (viewer.personId === personId || mayAdminister(viewer).ok) return true;
  const leads = viewer.teams.filter(({ role }) => role === 'lead').map(({ teamId }) => teamId);
  if (leads.length === 0) return false;
  const rows = await queries
    .select({ teamId: teamMember.teamId })
    .from(teamMember)
    .where(and(eq(teamMember.personId, personId), eq(teamMember.organisationId, viewer.organisationId)));
  return rows.some(({ teamId }) => leads.includes(teamId));
}

const viewLeave = (row: typeof leave.$inferSelect, mayChange: boolean): LeaveView => {
  const { id, personId, delegateId, start, end } = row;
  return { id, personId, delegateId, start, end, mayChange };
};
