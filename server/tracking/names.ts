import { eq } from 'drizzle-orm';
import { person } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/** Names of everybody in an organisation, by id; somebody merged into another goes by that one's name. */
export async function readPeopleNames(
  queries: Queries,
  organisationId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await queries
    .select({ id: person.id, name: person.name, mergedInto: person.mergedInto })
    .from(person)
    .where(eq(person.organisationId, organisationId));
  const byId = new Map(rows.map((row) => [row.id, row.name]));
  return new Map(rows.map(({ id, name, mergedInto }) => [id, byId.get(mergedInto ?? '') ?? name]));
}

/** Who did it, in words. */
export function nameOf(names: ReadonlyMap<string, string>, person: string | null, via: string): string {
  if (person !== null) return names.get(person) ?? 'somebody who is gone';
  return via === 'import' ? 'the imported source' : 'the clock';
}
