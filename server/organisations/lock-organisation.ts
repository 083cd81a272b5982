import { eq } from 'drizzle-orm';
import * as schema from '../store/schema.ts';
import type { Transaction } from '../store/store.ts';

/**
 * Lets one transaction at a time decide something that depends on all people or teams of an organisation: a free key,
 * the last administrator. Others may still add rows that refer to it.
 */
export async function lockOrganisation(tx: Transaction, organisationId: string): Promise<void> {
  const { organisation } = schema;
  await tx
    .select({ id: organisation.id })
    .from(organisation)
    .where(eq(organisation.id, organisationId))
    .for('no key update');
}
