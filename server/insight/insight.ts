import { and, eq } from 'drizzle-orm';
import type { Standing } from '#domain/access/standing.ts';
import { dayMs, endOfDay } from '#domain/rhythm/local-time.ts';
import { allowed, refused } from '#domain/outcome.ts';
import type { WarningView } from '#protocol/views/insight.ts';
import type { Insight } from '../app-insight.ts';
import type { Viewer } from '../app.ts';
import { capacity, period, signal } from '../store/schema.ts';
import { differences, logChange } from '../store/log-change.ts';
import { isUuid } from '../store/uuid.ts';
import { speaksForTeams } from '../tracking/inbox.ts';
import { standingOf } from '../tracking/standing.ts';
import { readAudit } from './audit.ts';
import { readOpenDecisions } from './decisions-owed.ts';
import type { InsightDeps } from './deps.ts';
import { keepSignals } from './keep-signals.ts';
import { readObjectHistory } from './object-history.ts';
import { watched, type Scope } from './scope.ts';
import { readTeamPage } from './team-page.ts';
import { readTeamPageAt } from './team-page-at.ts';
import { readSignals, viewWarnings } from './warnings.ts';

const LONGEST_MUTE_DAYS = 90;
const MOST_PERSON_WEEKS = 10_000;

const mayNotWrite = refused('not-yours', 'Only members can do this.');

/** Builds the part that notices: warnings, one's own page, the team's page, history. */
export function createInsight(deps: InsightDeps): Insight {
  const { store, newId } = deps;

  async function warningsOf(viewer: Viewer, of: Scope['of'], known?: Standing) {
    const { organisationId, organisation } = viewer;
    const scope = { organisationId, ...watched(viewer), of };
    const [signals, standing] = await Promise.all([
      readSignals(store.db, scope, organisation.depth),
      known ?? standingOf(store.db, viewer),
    ]);
    return viewWarnings(store.db, viewer, signals, standing);
  }

  /** Warnings of one's own promises and of the teams one answers for. */
  async function ownWarnings(viewer: Viewer) {
    const standing = await standingOf(store.db, viewer);
    return warningsOf(viewer, { person: viewer.personId, teams: speaksForTeams(standing) }, standing);
  }

  return {
    warnings: async (viewer, { teamId, teamIds, personId }) => {
      const teams = teamIds ?? (teamId === undefined ? null : [teamId]);
      if ([...(teams ?? []), ...(personId === undefined ? [] : [personId])].some((id) => !isUuid(id)))
        return [];
      if (teams === null && personId === undefined) return warningsOf(viewer, null);
      return warningsOf(viewer, { person: personId ?? null, teams: teams ?? [] });
    },
    mute: async (viewer, { rule, subjectId, days }) => {
      if (viewer.scope !== 'write' || viewer.role === 'observer') return mayNotWrite;
      if (!Number.isInteger(days) || days < 0 || days > LONGEST_MUTE_DAYS) {
        const message = `Choose up to ${LONGEST_MUTE_DAYS} days; none tells it again.`;
        return refused('invalid', message, { path: 'days' });
      }
      const isIt = (it: WarningView): boolean => it.rule === rule && it.subjectId === subjectId;
      // Nearly always it is one of their own; only a reviewer's, or one that is not theirs, is looked for everywhere.
      const held =
        (await ownWarnings(viewer)).find((it) => isIt(it) && it.forMe) ??
        (await warningsOf(viewer, null)).find(isIt);
      if (held === undefined) return refused('not-found', 'Nothing warns of this any more.');
      if (!held.forMe) return refused('not-yours', 'Only those it is meant for can put a warning aside.');
      const at = viewer.organisation.now;
      const mutedUntil = days === 0 ? null : new Date(at + days * dayMs);
      await store.db
        .insert(signal)
        .values({
          ...{ id: newId(), organisationId: viewer.organisationId, rule, subjectKind: held.subjectKind },
          ...{ subjectId, weight: held.weight, evidence: { text: held.evidence, severity: 0 } },
          ...{ firstAt: new Date(at), firedAt: new Date(at), mutedUntil },
        })
        .onConflictDoUpdate({
          target: [signal.organisationId, signal.rule, signal.subjectId],
          set: { mutedUntil },
        });
      return allowed(true);
    },
    myPage: async (viewer) => {
      const { personId, organisationId, organisation } = viewer;
      const [warnings, open] = await Promise.all([
        ownWarnings(viewer),
        readOpenDecisions(store.db, organisationId, { person: personId, teams: [], deciding: true }),
      ]);
      return {
        warnings: warnings.filter(({ forMe }) => forMe),
        decisions: open
          .map(({ id, question, neededBy, blockedWeight }) => ({
            ...{ id, question, neededBy, blockedWeight },
            overdue: neededBy !== null && organisation.now >= endOfDay(neededBy, organisation.timezone),
          }))
          .sort(
            (a, b) =>
              (a.neededBy ?? '9999').localeCompare(b.neededBy ?? '9999') || b.blockedWeight - a.blockedWeight,
          ),
      };
    },
    teamPage: (viewer, teamId, at) =>
      at === undefined || at >= viewer.organisation.now
        ? readTeamPage(store.db, viewer, teamId)
        : readTeamPageAt(store.db, viewer, teamId, at),
    setCapacity: async (viewer, teamId, { periodId, personWeeks }) => {
      const page = await readTeamPage(store.db, viewer, teamId);
      if (!page.ok) return page;
      if (!page.value.mayEnterCapacity) {
        return refused('not-yours', 'Only the team’s lead or an administrator says what the team can do.');
      }
      if (personWeeks !== null && !(personWeeks >= 0 && personWeeks <= MOST_PERSON_WEEKS)) {
        return refused('invalid', 'Give the person-weeks as a number from 0.', { path: 'personWeeks' });
      }
      const { organisationId, personId } = viewer;
      const [found] = isUuid(periodId)
        ? await store.db
            .select({ label: period.label })
            .from(period)
            .where(and(eq(period.id, periodId), eq(period.organisationId, organisationId)))
        : [];
      if (found === undefined) return refused('unknown-period', 'Choose a period of this organisation.');
      const here = and(eq(capacity.teamId, teamId), eq(capacity.periodId, periodId));
      await store.transaction(async (tx) => {
        const [was] = await tx.select({ personWeeks: capacity.personWeeks }).from(capacity).where(here);
        const entered = {
          personWeeks: personWeeks ?? 0,
          enteredBy: personId,
          enteredAt: new Date(deps.now()),
        };
        if (personWeeks === null) await tx.delete(capacity).where(here);
        else {
          await tx
            .insert(capacity)
            .values({ organisationId, teamId, periodId, ...entered })
            .onConflictDoUpdate({ target: [capacity.teamId, capacity.periodId], set: entered });
        }
        const data = differences({ personWeeks: was?.personWeeks ?? null }, { personWeeks });
        const changed = { kind: 'team', id: teamId, type: 'capacity-entered' } as const;
        if (data !== null) {
          await logChange(tx, viewer, { ...changed, data: { period: found.label, ...data } }, deps.now());
        }
      });
      return allowed(true);
    },
    history: (viewer, kind, id, at) => readObjectHistory(store.db, viewer, { kind, id, at }),
    audit: (viewer, filter) => readAudit(store.db, viewer, filter),
    keepSignals: () => keepSignals(deps),
  };
}
