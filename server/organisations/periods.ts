import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { allowed, refused } from '#domain/outcome.ts';
import type * as views from '#protocol/views/organisation.ts';
import type { Organisations, Result, Viewer } from '../app.ts';
import type { AccessDependencies } from './dependencies.ts';
import { line, parse } from './input.ts';
import * as schema from '../store/schema.ts';
import { mayAdminister } from './rights.ts';
import { viewPeriod } from './views.ts';

const { period } = schema;

const day = z.iso.date('Use a date such as 2027-01-31.');
const periodInput = z
  .object({
    kind: z.enum(['year', 'half', 'quarter', 'month', 'week', 'custom'], {
      error: 'Choose year, half, quarter, month, week or custom.',
    }),
    label: line('a label', 60),
    start: day,
    end: day,
  })
  .refine(({ start, end }) => start <= end, { path: ['end'], message: 'The end is before the start.' });

/** The planning calendar, earliest first. */
export async function listPeriods(
  parts: AccessDependencies,
  viewer: Viewer,
): Promise<readonly views.PeriodView[]> {
  const rows = await parts.store.db
    .select()
    .from(period)
    .where(eq(period.organisationId, viewer.organisationId))
    .orderBy(asc(period.start), asc(period.end));
  return rows.map(viewPeriod);
}

export async function createPeriod(
  parts: AccessDependencies,
  viewer: Viewer,
  rawInput: Parameters<Organisations['createPeriod']>[1],
): Result<views.PeriodView> {
  const may = mayAdminister(viewer);
  if (!may.ok) return may;
  const parsed = parse(periodInput, rawInput);
  if (!parsed.ok) return parsed;
  const { kind, label, start, end } = parsed.value;
  const added = await parts.store.db
    .insert(period)
    .values({
      id: parts.newId(),
      organisationId: viewer.organisationId,
      kind,
      label,
      start,
      end,
      createdAt: new Date(parts.now()),
    })
    .onConflictDoNothing()
    .returning();
  if (added[0]) return allowed(viewPeriod(added[0]));
  const [same] = await parts.store.db
    .select()
    .from(period)
    .where(
      and(
        eq(period.organisationId, viewer.organisationId),
        eq(period.kind, kind),
        eq(period.start, start),
        eq(period.end, end),
      ),
    );
  return refused('already-exists', `This period is already there, as ${same?.label ?? label}.`, {
    path: 'start',
  });
}
