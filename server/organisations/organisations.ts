import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { allowed, refused } from '#domain/outcome.ts';
import type * as views from '#protocol/views/organisation.ts';
import type { Organisations, Result, Viewer } from '../app.ts';
import type { AccessDependencies } from './dependencies.ts';
import { fiscalStartMonth, line, parse, timezone, weekStart } from './input.ts';
import { differences, logChange } from '../store/log-change.ts';
import { readStoredThresholds } from '../store/read-thresholds.ts';
import * as schema from '../store/schema.ts';
import { changeMember, listMembers } from './members.ts';
import { readPartsInUse } from './parts-in-use.ts';
import { createPerson, linkPerson, listPeople } from './people.ts';
import { packedDirectory } from './packed-directory.ts';
import { createPeriod, listPeriods } from './periods.ts';
import { mayAdminister } from './rights.ts';
import { changeTeam, createTeam, createTeams, listTeams, putInTeam, removeFromTeam } from './teams.ts';
import { changeThresholds } from './change-thresholds.ts';
import { viewThresholds } from './view-thresholds.ts';
import { viewOrganisation } from './views.ts';

const change = z.object({
  name: line('the name of your organisation', 120).optional(),
  timezone: timezone.optional(),
  weekStart: weekStart.optional(),
  fiscalStartMonth: fiscalStartMonth.optional(),
  depth: z.enum(['light', 'standard'], { error: 'Choose light or standard.' }).optional(),
});

/** People, teams, members and periods. Everything is asked for within the viewer's organisation; others do not exist. */
export function createOrganisations(parts: AccessDependencies): Organisations {
  return {
    people: (viewer) => listPeople(parts, viewer),
    teams: (viewer) => listTeams(parts.store.db, viewer.organisationId),
    directory: (viewer) => packedDirectory(parts.store.db, viewer.organisationId),
    members: (viewer) => listMembers(parts.store.db, viewer),
    periods: (viewer) => listPeriods(parts, viewer),
    partsInUse: (viewer) => readPartsInUse(parts.store.db, viewer),
    createTeam: (viewer, input) => createTeam(parts, viewer, input),
    createTeams: (viewer, names) => createTeams(parts, viewer, names),
    changeTeam: (viewer, id, input) => changeTeam(parts, viewer, id, input),
    putInTeam: (viewer, teamId, input) => putInTeam(parts, viewer, teamId, input),
    removeFromTeam: (viewer, teamId, personId) => removeFromTeam(parts, viewer, teamId, personId),
    createPerson: (viewer, input) => createPerson(parts, viewer, input),
    linkPerson: (viewer, personId, memberId) => linkPerson(parts, viewer, personId, memberId),
    createPeriod: (viewer, input) => createPeriod(parts, viewer, input),
    changeMember: (viewer, id, input) => changeMember(parts, viewer, id, input),
    changeOrganisation: (viewer, input) => changeOrganisation(parts, viewer, input),
    // Read anew: a page without script shows within one request what it has just saved.
    thresholds: async ({ organisationId }) =>
      viewThresholds(await readStoredThresholds(parts.store.db, organisationId)),
    changeThresholds: async (viewer, change) => {
      const changed = await changeThresholds(parts, viewer, change);
      return changed.ok ? allowed(viewThresholds(changed.value)) : changed;
    },
  };
}

/** Once a planning calendar was saved it says when years and weeks start: two answers would differ. */
async function refuseOtherYear(
  parts: AccessDependencies,
  { organisationId, organisation }: Viewer,
  asked: { readonly weekStart?: number | undefined; readonly fiscalStartMonth?: number | undefined },
) {
  const {
    weekStart: week = organisation.weekStart,
    fiscalStartMonth: month = organisation.fiscalStartMonth,
  } = asked;
  if (week === organisation.weekStart && month === organisation.fiscalStartMonth) return null;
  const { planningCalendar } = schema;
  const [saved] = await parts.store.db
    .select({ version: planningCalendar.version })
    .from(planningCalendar)
    .where(eq(planningCalendar.organisationId, organisationId))
    .limit(1);
  if (!saved) return null;
  return refused('calendar-decides', 'Week and year start as the planning calendar says. Change it there.', {
    path: week === organisation.weekStart ? 'fiscalStartMonth' : 'weekStart',
  });
}

/** Changes settings; periods already made stay as they are (tracking.md T1: only future ones follow). */
async function changeOrganisation(
  parts: AccessDependencies,
  viewer: Viewer,
  rawInput: Parameters<Organisations['changeOrganisation']>[1],
): Result<views.OrganisationView> {
  const may = mayAdminister(viewer);
  if (!may.ok) return may;
  const parsed = parse(change, rawInput);
  if (!parsed.ok) return parsed;
  const { organisation } = schema;
  const calendar = await refuseOtherYear(parts, viewer, parsed.value);
  if (calendar !== null) return calendar;
  const here = eq(organisation.id, viewer.organisationId);
  if (Object.values(parsed.value).some((value) => value !== undefined)) {
    await parts.store.transaction(async (tx) => {
      const [was] = await tx.select().from(organisation).where(here).for('no key update');
      await tx.update(organisation).set(parsed.value).where(here);
      const data = was === undefined ? null : differences(was, parsed.value);
      const changed = { kind: 'organisation', id: viewer.organisationId, type: 'changed' } as const;
      if (data !== null) await logChange(tx, viewer, { ...changed, data }, parts.now());
    });
  }
  const [row] = await parts.store.db.select().from(organisation).where(here);
  return row ? allowed(viewOrganisation(row, parts.now())) : allowed(viewer.organisation);
}
