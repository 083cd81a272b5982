import { randomUUID } from 'node:crypto';
import * as schema from '../../server/store/schema.ts';
import type { Queries } from '../../server/store/store.ts';

export const noon = new Date('2026-11-23T12:00:00.123Z');

/** An account as a row; the name says which. */
export const accountRow = (name: string): typeof schema.account.$inferInsert => ({
  id: randomUUID(),
  email: `${name}-${randomUUID()}@example.org`,
  name,
  passwordHash: null,
  createdAt: noon,
});

export const organisationRow = (name: string): typeof schema.organisation.$inferInsert => ({
  id: randomUUID(),
  name,
  kind: 'own',
  timezone: 'Europe/Berlin',
  createdAt: noon,
});

/** A board of a new organisation, for rows that need one. */
export async function addBoard(
  queries: Queries,
  name: string,
): Promise<{ boardId: string; organisationId: string }> {
  const organisation = organisationRow(name);
  const boardId = randomUUID();
  await queries.insert(schema.organisation).values(organisation);
  await queries
    .insert(schema.board)
    .values({ id: boardId, organisationId: organisation.id, title: name, createdAt: noon });
  return { boardId, organisationId: organisation.id };
}
