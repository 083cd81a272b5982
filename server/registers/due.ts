import { and, eq, isNull, sql } from 'drizzle-orm';
import { openBases } from '#domain/commitment/commitment.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import type { LocalDate } from '#domain/time.ts';
import type { RegisterDue, RegisterKind, RegisterRow } from '#protocol/views/registers.ts';
import { commitment } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { stateOf } from '../tracking/commitment-rows.ts';
import { seenBases } from '../tracking/seen-bases.ts';
import { seesPromise } from '../tracking/seen.ts';
import { listEntries } from './entry-view.ts';
import type { Look } from './look.ts';

/** Which flag of which kind asks for somebody, by which rule, and since when. */
const rules: readonly {
  readonly kind: RegisterKind;
  readonly flag: string;
  readonly rule: string;
  readonly field: string | null;
}[] = [
  { kind: 'decision', flag: 'overdue', rule: 'decision-overdue', field: 'neededBy' },
  { kind: 'decision', flag: 'revisit-due', rule: 'decision-revisit', field: 'revisitSince' },
  { kind: 'decision', flag: 'conflict', rule: 'decision-conflict', field: null },
  { kind: 'assumption', flag: 'check-due', rule: 'assumption-check', field: 'nextCheck' },
  { kind: 'risk', flag: 'no-follow-up', rule: 'risk-no-follow-up', field: null },
  { kind: 'risk', flag: 'review-due', rule: 'risk-review', field: 'reviewOn' },
  { kind: 'triage-item', flag: 'act-overdue', rule: 'triage-act', field: 'actBy' },
];

/**
 * All that needs somebody now, heaviest first: facts for reminders, lists and warnings. Of one person it reads only what that
 * person owns, raised while nobody owns it, or is asked.
 */
export async function readDue(
  queries: Queries,
  look: Look,
  { personId }: { readonly personId?: string } = {},
): Promise<readonly RegisterDue[]> {
  const kinds = [...new Set(rules.map(({ kind }) => kind))];
  const of = personId === undefined ? {} : { concernsId: personId };
  const [broken, ...entries] = await Promise.all([
    readBrokenBases(queries, look, personId),
    ...kinds.map((kind) => listEntries(queries, look, kind, { open: true, ...of })),
  ]);
  const asked = entries.flat().flatMap((row) => dueOf(row, look));
  const own = personId === undefined ? asked : asked.filter((it) => it.personId === personId);
  const found = [...own, ...broken];
  return found.sort((a, b) => b.weight - a.weight || (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
}

/** What one entry asks of whom, by its flags. */
export function dueOf(row: RegisterRow, look: Look): readonly RegisterDue[] {
  return rules
    .filter(({ kind, flag }) => kind === row.kind && row.flags.includes(flag))
    .flatMap((it) => whom(row, it.rule).map((person) => ({ ...it, ...person })))
    .map(({ rule, field, personId }) => ({
      ...{ rule, kind: row.kind, id: row.id, title: row.title },
      ...{ personId, teamId: row.teamId },
      since: dayIn(row, field, look) ?? localDateOf(row.createdAt, look.zone),
      ...{ answerBy: null, weight: row.weight, commitments: row.commitments },
    }));
}

/** Its owner; of an assumption whose question is put to somebody else, that person as well. */
function whom(row: RegisterRow, rule: string): readonly { rule: string; personId: string | null }[] {
  const owner = row.ownerId ?? row.raisedById;
  const asked: unknown = row.kind === 'assumption' ? Reflect.get(row, 'askedId') : null;
  const other = typeof asked === 'string' && asked !== owner ? asked : null;
  return [
    { rule, personId: owner },
    ...(other === null ? [] : [{ rule: 'assumption-question', personId: other }]),
  ];
}

function dayIn(row: RegisterRow, field: string | null, { zone }: Look): LocalDate | null {
  if (field === null) return null;
  const followUp: unknown = Reflect.get(row, 'followUp');
  const day: unknown =
    field === 'reviewOn' && typeof followUp === 'string' ? followUp : Reflect.get(row, field);
  if (typeof day === 'number') return localDateOf(day, zone);
  return typeof day === 'string' ? day : null;
}

/** Promises whose basis failed and whose owner has not answered. */
async function readBrokenBases(
  queries: Queries,
  { organisationId, zone, seer }: Look,
  personId: string | undefined,
): Promise<readonly RegisterDue[]> {
  const rows = await queries
    .select()
    .from(commitment)
    .where(
      and(
        eq(commitment.organisationId, organisationId),
        personId === undefined ? undefined : eq(commitment.ownerId, personId),
        eq(commitment.status, 'committed'),
        isNull(commitment.closedAt),
        sql`${commitment.state} ? 'bases'`,
      ),
    );
  const promises = rows
    .map((row) => ({ row, state: stateOf(row) }))
    .filter(({ state }) => seer === undefined || seesPromise(seer, state));
  const shown =
    seer === undefined ? promises : await seenBases(queries, { ...seer, organisationId }, promises);
  return shown.flatMap(({ row, state }) =>
    openBases(state).map((basis) => ({
      ...({ rule: 'basis-broken', kind: 'commitment', id: row.id } as const),
      title: `${row.statement}: ${basis.statement} failed`,
      ...{ personId: row.ownerId, teamId: row.teamId, weight: row.weight },
      since: localDateOf(basis.at, zone),
      answerBy: localDateOf(basis.answerBy, zone),
      commitments: [row.id],
    })),
  );
}
