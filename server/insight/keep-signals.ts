import { and, eq, isNull } from 'drizzle-orm';
import type { Depth } from '#domain/depth/depth.ts';
import { spokesPeople } from '#domain/notify/audience.ts';
import { hearersOf, isSaidNow, type SaidSignal } from '#domain/signal/said-before.ts';
import type { Signal, SignalSettings } from '#domain/signal/signal.ts';
import type { Instant, TimeZone } from '#domain/time.ts';
import type { WarningView } from '#protocol/views/insight.ts';
import { thresholdsIn } from '../store/read-thresholds.ts';
import { organisation, signal, teamMember } from '../store/schema.ts';
import type { Transaction } from '../store/store.ts';
import type { InsightDeps } from './deps.ts';
import { keyOf, linkOf, readSaid, readSignals } from './warnings.ts';

/**
 * Looks at every organisation with the real time, keeps what is warned of, and says what is to be said now: what is new,
 * what got worse, and what has held for another 14 days; what was said already only to who has come to be meant since,
 * such as a new owner. An example says nothing to anybody (tracking.md T19).
 */
export async function keepSignals({ store, now, newId, said }: InsightDeps): Promise<void> {
  const at = now();
  const organisations = await store.db
    .select({
      ...{ id: organisation.id, zone: organisation.timezone, depth: organisation.depth },
      settings: organisation.settings,
    })
    .from(organisation)
    .where(and(isNull(organisation.clockNow), eq(organisation.kind, 'own')));
  for (const { settings, ...row } of organisations) {
    const it = { ...row, settings: thresholdsIn(settings).signals };
    await store.transaction(async (tx) => {
      const told = await keepOf(tx, it, at, newId);
      if (told.length > 0) await said?.(tx, it.id, told);
    });
  }
}

async function keepOf(
  tx: Transaction,
  of: {
    readonly id: string;
    readonly zone: TimeZone;
    readonly depth: Depth;
    readonly settings: SignalSettings;
  },
  at: Instant,
  newId: () => string,
): Promise<readonly WarningView[]> {
  // Two nodes at once would both find the same warning new: the second waits here and finds it said.
  await tx.select({ id: organisation.id }).from(organisation).where(eq(organisation.id, of.id)).for('update');
  const { settings } = of;
  const scope = { organisationId: of.id, zone: of.zone, at, settings, of: null };
  const signals = await readSignals(tx, scope, of.depth);
  const before = await readSaid(tx, of.id);
  const peopleOf = signals.length === 0 ? () => [] : await readPeople(tx, of.id);
  const told: WarningView[] = [];
  for (const it of signals) {
    const known = before.get(keyOf(it.rule, it.subject.id)) ?? null;
    const last = known === null ? null : toSaid(known);
    const speaks = isSaidNow(it, last, at, settings);
    const people = peopleOf(it);
    const hearers = hearersOf({ severity: it.severity, people }, last, at, settings);
    if (hearers.length > 0) told.push(toView(it, hearers));
    const values = {
      ...{ subjectKind: it.subject.kind, weight: it.weight, clearedAt: null },
      evidence: {
        text: it.evidence,
        // The severity that was said: getting worse is measured from there.
        severity: speaks ? it.severity : (last?.severity ?? it.severity),
        told: speaks ? people : [...(last?.told ?? people), ...hearers],
      },
      firedAt: new Date(speaks ? at : (last?.firedAt ?? at)),
    };
    if (known === null) {
      await tx.insert(signal).values({
        ...{ id: newId(), organisationId: of.id, rule: it.rule, subjectId: it.subject.id },
        ...{ firstAt: new Date(at), ...values },
      });
    } else if (speaks || hearers.length > 0 || known.clearedAt !== null || last?.told === null) {
      await tx.update(signal).set(values).where(eq(signal.id, known.id));
    }
  }
  const holds = new Set(signals.map(({ rule, subject }) => keyOf(rule, subject.id)));
  for (const [key, row] of before) {
    if (holds.has(key) || row.clearedAt !== null) continue;
    await tx
      .update(signal)
      .set({ clearedAt: new Date(at) })
      .where(eq(signal.id, row.id));
  }
  return told;
}

function toSaid(row: typeof signal.$inferSelect): SaidSignal {
  const { severity, told } = row.evidence;
  return {
    severity: Number(severity),
    firedAt: row.firedAt.getTime(),
    clearedAt: row.clearedAt?.getTime() ?? null,
    mutedUntil: row.mutedUntil?.getTime() ?? null,
    told: Array.isArray(told) ? told.map(String) : null,
  };
}

/** Whom a warning is for, by name: of a team who speaks for it. */
async function readPeople(tx: Transaction, organisationId: string) {
  const members = await tx
    .select({ team: teamMember.teamId, person: teamMember.personId, role: teamMember.role })
    .from(teamMember)
    .where(eq(teamMember.organisationId, organisationId));
  const membersOf = Map.groupBy(members, (it) => it.team);
  return ({ audience }: Signal): readonly string[] => [
    ...new Set(
      audience.flatMap(({ person, team }) =>
        person === null ? spokesPeople(membersOf.get(team ?? '') ?? []) : [person],
      ),
    ),
  ];
}

/** For listeners: to these people. */
const toView = (it: Signal, people: readonly string[]): WarningView => ({
  ...{ rule: it.rule, subjectKind: it.subject.kind, subjectId: it.subject.id, title: it.title },
  ...{ link: linkOf(it), weight: it.weight, evidence: it.evidence, ask: it.ask, since: it.since },
  audience: people.map((personId) => ({ as: 'team', personId, teamId: null })),
  ...{ forMe: false, mutedUntil: null },
});
