import { and, count, eq, isNotNull } from 'drizzle-orm';
import { account, member, person } from '../store/schema.ts';
import type { PlanningDeps } from './deps.ts';

/**
 * A visitor of the example: an account without password or mailbox, administrator there so that every act can be tried.
 * The first is "You (visitor)", later ones are numbered, so that they can tell each other apart. Returns the account.
 */
export async function addVisitor(
  { store, newId, now }: PlanningDeps,
  organisationId: string,
): Promise<string> {
  const [accountId, personId] = [newId(), newId()];
  const createdAt = new Date(now());
  await store.transaction(async (tx) => {
    const [others] = await tx
      .select({ n: count() })
      .from(person)
      .where(and(eq(person.organisationId, organisationId), isNotNull(person.accountId)));
    const number = (others?.n ?? 0) + 1;
    const name = number === 1 ? 'You (visitor)' : `You (visitor ${number})`;
    // The reserved domain of RFC 2606: no mail can ever be sent there.
    const email = `visitor-${accountId}@example.invalid`;
    await tx.insert(account).values({ id: accountId, email, name, passwordHash: null, createdAt });
    await tx.insert(person).values({
      id: personId,
      organisationId,
      key: `visitor-${accountId.slice(0, 8)}`,
      name,
      colour: ((number + 6) % 12) + 1,
      accountId,
      createdAt,
    });
    await tx.insert(member).values({
      id: newId(),
      organisationId,
      accountId,
      personId,
      role: 'administrator',
      createdAt,
    });
  });
  return accountId;
}
