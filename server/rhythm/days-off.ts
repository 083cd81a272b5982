import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { isLocalDate } from '#domain/rhythm/local-time.ts';
import type { DayOffView } from '#protocol/views/rhythm.ts';
import type { Rhythm } from '../app-rhythm.ts';
import type { Viewer } from '../app.ts';
import { line, parse } from '../organisations/input.ts';
import { mayAdminister, mayLead } from '../organisations/rights.ts';
import { dayOff, team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import type { RhythmDeps } from './deps.ts';
import { followGround } from './follow-ground.ts';
import { logDaysOff } from './log-days.ts';

const mostDays = 400;
const day = z.string().refine(isLocalDate, 'Use a date such as 2027-01-31.');
const input = z.object({
  kind: z.enum(['holiday', 'freeze'], { error: 'Choose holiday or freeze.' }),
  teamId: z.uuid('Choose a team of this organisation.').nullable().default(null),
  days: z
    .array(
      z
        .object({ start: day, end: day, label: line('what the day is', 120) })
        .refine(({ start, end }) => start <= end, {
          path: ['end'],
          message: 'The last day is before the first.',
        }),
    )
    .min(1, 'Give at least one day.')
    .max(mostDays, `Give at most ${mostDays} days at once.`),
});

export async function listDaysOff(queries: Queries, organisationId: string): Promise<readonly DayOffView[]> {
  const rows = await queries
    .select()
    .from(dayOff)
    .where(eq(dayOff.organisationId, organisationId))
    .orderBy(asc(dayOff.start), asc(dayOff.label));
  return rows.map(({ id, kind, teamId, start, end, label }) => ({ id, kind, teamId, start, end, label }));
}

/** Adds holidays or a freeze; days that are there already, for the same people, are left alone. */
export async function addDaysOff(
  deps: RhythmDeps,
  viewer: Viewer,
  rawInput: Parameters<Rhythm['addDaysOff']>[1],
): Promise<Outcome<readonly DayOffView[]>> {
  const parsed = parse(input, rawInput);
  if (!parsed.ok) return parsed;
  const { kind, teamId, days } = parsed.value;
  const may = teamId === null ? mayAdminister(viewer) : mayLead(viewer, teamId);
  if (!may.ok) return may;
  const { organisationId } = viewer;
  const done = await changing(deps, viewer, async (tx) => {
    if (teamId !== null) {
      const [known] = await tx
        .select({ id: team.id })
        .from(team)
        .where(and(eq(team.id, teamId), eq(team.organisationId, organisationId)));
      if (!known) return refused('unknown-team', 'Choose a team of this organisation.', { path: 'teamId' });
    }
    const there = await listDaysOff(tx, organisationId);
    const fresh = days.filter(
      (it) =>
        !there.some(
          (old) => old.kind === kind && old.teamId === teamId && old.start === it.start && old.end === it.end,
        ),
    );
    const createdAt = new Date(deps.now());
    if (fresh.length > 0) {
      await tx
        .insert(dayOff)
        .values(fresh.map((it) => ({ id: deps.newId(), organisationId, kind, teamId, ...it, createdAt })));
      await logDaysOff(tx, viewer, 'days-off-written', { kind, teamId, days: fresh }, deps.now());
    }
    return allowed(true);
  });
  return done.ok ? allowed(await listDaysOff(deps.store.db, organisationId)) : done;
}

/** Takes a holiday or freeze away again. What was excused by it and is still due is asked after all. */
export async function removeDayOff(deps: RhythmDeps, viewer: Viewer, id: string): Promise<Outcome<true>> {
  const gone = refused('not-found', 'There is no such day.');
  if (!isUuid(id)) return gone;
  const here = and(eq(dayOff.id, id), eq(dayOff.organisationId, viewer.organisationId));
  const [found] = await deps.store.db.select().from(dayOff).where(here);
  if (!found) return gone;
  const may = found.teamId === null ? mayAdminister(viewer) : mayLead(viewer, found.teamId);
  if (!may.ok) return may;
  return changing(deps, viewer, async (tx) => {
    const days = await tx.delete(dayOff).where(here).returning();
    const { kind, teamId } = found;
    await logDaysOff(tx, viewer, 'days-off-taken-away', { kind, teamId, days }, deps.now());
    return allowed(true);
  });
}

/** Changes what days are worked on, and lets meetings and check-ins follow in the same transaction. */
export async function changing(
  deps: RhythmDeps,
  viewer: Viewer,
  change: (tx: Queries) => Promise<Outcome<true>>,
): Promise<Outcome<true>> {
  const boards: string[] = [];
  const done = await deps.store.transaction(async (tx) => {
    const changed = await change(tx);
    if (changed.ok)
      boards.push(...(await followGround(tx, deps, viewer.organisationId, viewer.organisation.now)));
    return changed;
  });
  if (done.ok) for (const boardId of new Set(boards)) deps.truthChanged(boardId);
  return done;
}
