import { count, eq } from 'drizzle-orm';
import { account, identity, passkey } from '../store/schema.ts';
import type { Queries, Transaction } from '../store/store.ts';

/** By what an account can be signed in to. */
export interface WaysIn {
  readonly password: boolean;
  readonly identities: number;
  readonly passkeys: number;
}

export async function readWaysIn(queries: Queries, accountId: string): Promise<WaysIn> {
  const [found] = await queries
    .select({ hash: account.passwordHash })
    .from(account)
    .where(eq(account.id, accountId));
  const [identities] = await queries
    .select({ n: count() })
    .from(identity)
    .where(eq(identity.accountId, accountId));
  const [passkeys] = await queries
    .select({ n: count() })
    .from(passkey)
    .where(eq(passkey.accountId, accountId));
  return {
    password: typeof found?.hash === 'string',
    identities: identities?.n ?? 0,
    passkeys: passkeys?.n ?? 0,
  };
}

/** The same while nobody else can end one: two windows that end the last two at once must not both be right. */
export async function holdWaysIn(tx: Transaction, accountId: string): Promise<WaysIn> {
  await tx.select({ id: account.id }).from(account).where(eq(account.id, accountId)).for('update');
  return readWaysIn(tx, accountId);
}

/** True when one identity or passkey may end and the account can still be signed in to. */
export const mayLoseOne = ({ password, identities, passkeys }: WaysIn): boolean =>
  password || identities + passkeys > 1;
