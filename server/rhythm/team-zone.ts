import { and, eq } from 'drizzle-orm';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Viewer } from '../app.ts';
import { mayLead } from '../organisations/rights.ts';
import { isTimeZone } from '../organisations/time-zone.ts';
import { differences, logChange } from '../store/log-change.ts';
import { team } from '../store/schema.ts';
import { isUuid } from '../store/uuid.ts';
import { changing } from './days-off.ts';
import type { RhythmDeps } from './deps.ts';

/** A team's own zone, or the organisation's again (null): check-ins still due follow. */
export async function setTeamZone(
  deps: RhythmDeps,
  viewer: Viewer,
  teamId: string,
  zone: string | null,
): Promise<Outcome<true>> {
  const gone = refused('not-found', 'There is no such team.');
  if (!isUuid(teamId)) return gone;
  const here = and(eq(team.id, teamId), eq(team.organisationId, viewer.organisationId));
  const [found] = await deps.store.db.select({ timezone: team.timezone }).from(team).where(here);
  if (!found) return gone;
  const may = mayLead(viewer, teamId);
  if (!may.ok) return may;
  if (zone !== null && !isTimeZone(zone)) {
    return refused('invalid-input', 'Use a time zone such as Europe/Berlin.', { path: 'zone' });
  }
  return changing(deps, viewer, async (tx) => {
    await tx.update(team).set({ timezone: zone }).where(here);
    const data = differences(found, { timezone: zone });
    const changed = { kind: 'team', id: teamId, type: 'changed' } as const;
    if (data !== null) await logChange(tx, viewer, { ...changed, data }, deps.now());
    return allowed(true);
  });
}
