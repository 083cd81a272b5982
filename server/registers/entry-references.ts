import { and, eq, inArray } from 'drizzle-orm';
import { refused, type Outcome } from '#domain/outcome.ts';
import { assumption, board, commitment, decision, person, team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';

/** What each field of a command names. */
const fields = {
  person: ['owner', 'decider', 'consulted', 'informed', 'people', 'acceptedBy', 'signpost.person'],
  team: ['team'],
  board: ['board', 'priorities'],
  commitment: ['affects', 'displaced', 'commitment', 'signpost.commitment', 'triggerMetric.commitment'],
  decision: ['supersedes', 'decision'],
  assumption: ['triggerAssumption', 'assumption'],
} as const;
const tables = { person, team, board, commitment, decision, assumption } as const;
const words = {
  person: 'Choose a person of this organisation.',
  team: 'Choose a team of this organisation.',
  board: 'Choose a board of this organisation.',
  commitment: 'Choose a commitment of this organisation.',
  decision: 'Choose a decision of this organisation.',
  assumption: 'Choose an assumption of this organisation.',
} as const;

/** Refuses a command that names something of another organisation, or nothing at all: for it, that does not exist. */
export async function refuseStrangers(
  queries: Queries,
  organisationId: string,
  command: Readonly<Record<string, unknown>>,
): Promise<Extract<Outcome<never>, { ok: false }> | null> {
  for (const kind of Object.keys(fields) as (keyof typeof fields)[]) {
    for (const field of fields[kind]) {
      const named = idsIn(valueAt(command, field));
      if (named.length === 0 || (await allOf(queries, organisationId, tables[kind], named))) continue;
      return refused(`unknown-${kind}`, words[kind], { path: field });
    }
  }
  return null;
}

async function allOf(
  queries: Queries,
  organisationId: string,
  table: (typeof tables)[keyof typeof tables],
  ids: readonly string[],
): Promise<boolean> {
  if (!ids.every(isUuid)) return false;
  const columns = table as typeof person;
  const found = await queries
    .select({ id: columns.id })
    .from(columns)
    .where(and(eq(columns.organisationId, organisationId), inArray(columns.id, [...ids])));
  return found.length === ids.length;
}

function valueAt(command: Readonly<Record<string, unknown>>, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (it, name) => (typeof it === 'object' && it !== null ? Reflect.get(it, name) : undefined),
      command,
    );
}

function idsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (!Array.isArray(value)) return [];
  return [...new Set(value.map(boardOrId).filter((it) => typeof it === 'string'))];
}

/** A priority names its board; all else is named by its id. */
const boardOrId = (it: unknown): unknown =>
  typeof it === 'object' && it !== null ? Reflect.get(it, 'board') : it;
