import { and, eq, inArray, notInArray, type SQL } from 'drizzle-orm';
import { refused, type Outcome } from '#domain/outcome.ts';
import { assumption, board, commitment, decision, person, team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { seenEntries } from '../tracking/seen-entries.ts';
import { seenPromises, type Seer } from '../tracking/seen.ts';

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

type Kind = keyof typeof fields;
type Command = Readonly<Record<string, unknown>>;

/** What of each kind may be named: what is hidden from somebody does not exist for him. */
const seenBy = (kind: Kind, seer: Seer): SQL | undefined => {
  switch (kind) {
    case 'board':
      return seer.hiddenBoards.length === 0 ? undefined : notInArray(board.id, [...seer.hiddenBoards]);
    case 'commitment':
      return seenPromises(seer);
    case 'decision':
    case 'assumption':
      return seenEntries(tables[kind], seer);
    default:
      return undefined;
  }
};

/**
 * Refuses a command that names something of another organisation, something hidden from who asks, or nothing at all: for
 * him, that does not exist. What the entry names already (`known`) may be said again.
 */
export async function refuseStrangers(
  queries: Queries,
  seer: Seer & { readonly organisationId: string },
  command: Command,
  known: Command = {},
): Promise<Extract<Outcome<never>, { ok: false }> | null> {
  for (const kind of Object.keys(fields) as Kind[]) {
    for (const field of fields[kind]) {
      const before = new Set(idsIn(valueAt(known, field)));
      const named = idsIn(valueAt(command, field)).filter((id) => !before.has(id));
      if (named.length === 0 || (await allOf(queries, seer, kind, named))) continue;
      return refused(`unknown-${kind}`, words[kind], { path: field });
    }
  }
  return null;
}

/** Promises that a new entry is about, by what its command names. */
export const promisesNamed = (command: Command): readonly string[] => [
  ...new Set(fields.commitment.flatMap((field) => idsIn(valueAt(command, field)))),
];

async function allOf(
  queries: Queries,
  seer: Seer & { readonly organisationId: string },
  kind: Kind,
  ids: readonly string[],
): Promise<boolean> {
  if (!ids.every(isUuid)) return false;
  const columns = tables[kind] as typeof person;
  const found = await queries
    .select({ id: columns.id })
    .from(columns)
    .where(
      and(eq(columns.organisationId, seer.organisationId), inArray(columns.id, [...ids]), seenBy(kind, seer)),
    );
  return found.length === ids.length;
}

function valueAt(command: Command, path: string): unknown {
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
