import { and, eq, isNull } from 'drizzle-orm';
import { extractPlan, type ExtractedPlan } from '#board/extract-plan.ts';
import { allowed, type Outcome } from '#domain/outcome.ts';
import type { NamedKey, PlanPeriod } from '#domain/plan/plan.ts';
import { person, team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { OpenBoard } from './board-rows.ts';
import type { FrozenDocument, PlanningDeps } from './deps.ts';

/** Who is who in an organisation, as plans name them: by key. */
export interface Names {
  readonly teams: readonly (NamedKey & { readonly id: string })[];
  /** Everybody, merged ones included: their key still stands on boards and means the other person. */
  readonly people: readonly (NamedKey & { readonly id: string; readonly joined: boolean })[];
}

/** A board's plan as it was committed last, and the document it was read from. */
export interface BoardPlan extends ExtractedPlan {
  readonly names: Names;
  readonly document: FrozenDocument;
  readonly seq: number;
}

/** Reads the plan out of a board's committed document. */
export async function readPlan(
  { store, documents }: Pick<PlanningDeps, 'store' | 'documents'>,
  board: OpenBoard,
): Promise<Outcome<BoardPlan>> {
  const frozen = await documents.read(board.row.id, board.row);
  if (!frozen.ok) return frozen;
  const document = frozen.value;
  const names = await readNames(store.db, board.row.organisationId);
  const { title, period } = board.view;
  return allowed({ ...planOf(document, title, period, names), names, document, seq: document.seq });
}

/** The plan in a frozen document. Pure; the same document and names give the same plan. */
export const planOf = (
  { records }: FrozenDocument,
  title: string,
  period: PlanPeriod | null,
  { teams, people }: Names,
): ExtractedPlan =>
  extractPlan(records, {
    title,
    period: period && { label: period.label, start: period.start, end: period.end },
    teams: teams.map(({ key, name }) => ({ key, name })),
    people: people.map(({ key, name }) => ({ key, name })),
  });

/** Teams and people of an organisation. Somebody merged into another goes by that one's id and name. */
export async function readNames(queries: Queries, organisationId: string): Promise<Names> {
  const teams = await queries
    .select({ id: team.id, key: team.key, name: team.name })
    .from(team)
    .where(and(eq(team.organisationId, organisationId), isNull(team.archivedAt)));
  const rows = await queries.select().from(person).where(eq(person.organisationId, organisationId));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    teams,
    people: rows.map((row) => {
      const meant = (row.mergedInto === null ? undefined : byId.get(row.mergedInto)) ?? row;
      return { id: meant.id, key: row.key, name: meant.name, joined: meant.accountId !== null };
    }),
  };
}
