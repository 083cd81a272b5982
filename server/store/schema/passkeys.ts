import { bigint, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, id, instant } from './columns.ts';
import { account } from './organisation.ts';

/** Another way into an account: a key pair whose private half stays with a device or a password manager (WebAuthn). */
export const passkey = pgTable(
  'passkey',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    /** As its owner calls it. */
    name: text('name').notNull(),
    /** What the device calls it, base64url; opens nothing. */
    credentialId: text('credential_id').notNull(),
    /** COSE. */
    publicKey: bytea('public_key').notNull(),
    /** How often it has signed, as far as it says so; most say 0 for ever. */
    counter: bigint('counter', { mode: 'number' }).notNull(),
    transports: jsonb('transports').$type<readonly string[]>().notNull().default([]),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at'),
  },
  (t) => [uniqueIndex('passkey_credential').on(t.credentialId), index('passkey_account').on(t.accountId)],
);

/**
 * A challenge that waits for its answer: deleted by the first one, whichever node it comes to. Challenge and cookie are
 * kept hashed, so that a stolen table finishes nobody's attempt.
 */
export const passkeyAttempt = pgTable(
  'passkey_attempt',
  {
    challengeHash: bytea('challenge_hash').primaryKey(),
    /** Of the cookie of the browser that began it. */
    browserHash: bytea('browser_hash').notNull(),
    purpose: text('purpose', { enum: ['sign-in', 'add'] }).notNull(),
    /** Whose passkey is being added; null for signing in. */
    accountId: uuid('account_id').references(() => account.id, { onDelete: 'cascade' }),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('passkey_attempt_expires').on(t.expiresAt)],
);
