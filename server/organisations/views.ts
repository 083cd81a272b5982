import type { InferSelectModel } from 'drizzle-orm';
import type * as views from '#protocol/views/organisation.ts';
import { storedIn } from '../store/read-thresholds.ts';
import type * as schema from '../store/schema.ts';

/** Rows as pages, API and boards receive them. */
export const viewOrganisation = (
  row: InferSelectModel<typeof schema.organisation>,
  now: number,
): views.OrganisationView => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  timezone: row.timezone,
  weekStart: row.weekStart,
  fiscalStartMonth: row.fiscalStartMonth,
  depth: row.depth,
  thresholds: storedIn(row.settings),
  now: row.clockNow?.getTime() ?? now,
});

export const viewPerson = (row: InferSelectModel<typeof schema.person>): views.PersonView => ({
  id: row.id,
  key: row.key,
  name: row.name,
  colour: row.colour,
  joined: row.accountId !== null,
});

export const viewTeam = (
  row: InferSelectModel<typeof schema.team>,
  members: readonly InferSelectModel<typeof schema.teamMember>[],
): views.TeamView => ({
  id: row.id,
  key: row.key,
  name: row.name,
  colour: row.colour,
  members: members
    .filter(({ teamId }) => teamId === row.id)
    .map(({ personId, role, share }) => ({ personId, role, share })),
});

export const viewPeriod = (row: InferSelectModel<typeof schema.period>): views.PeriodView => ({
  id: row.id,
  kind: row.kind,
  label: row.label,
  start: row.start,
  end: row.end,
});
