import { eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { person } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

const goesBy = alias(person, 'goes_by');

/** Names of everybody in an organisation, by id; somebody merged into another goes by that one's name. */
export async function readPeopleNames(
  queries: Queries,
  organisationId: string,
): Promise<ReadonlyMap<string, string>> {
  // One value instead of a row for each of thousands: nearly every page asks for it.
  const [row] = await queries
    .select({
      names: sql<Readonly<Record<string, string>> | null>`
        jsonb_object_agg(${person.id}, coalesce(${goesBy.name}, ${person.name}))`,
    })
    .from(person)
    .leftJoin(goesBy, eq(goesBy.id, person.mergedInto))
    .where(eq(person.organisationId, organisationId));
  return new Map(Object.entries(row?.names ?? {}));
}

/** Who did it, in words. */
export function nameOf(names: ReadonlyMap<string, string>, person: string | null, via: string): string {
  if (person !== null) return names.get(person) ?? 'somebody who is gone';
  // Whoever acts in a session and is nobody of the organisation.
  if (via === 'session') return 'a guest';
  return via === 'import' ? 'the imported source' : 'the clock';
}
