/**
 * All tables, for PGlite and PostgreSQL alike. One file a noun in `schema/`; this is the list drizzle-kit and the store
 * read. Every row that belongs to an organisation says so, and every query asks for it.
 */
export * from './schema/organisation.ts';
export * from './schema/access.ts';
export * from './schema/passkeys.ts';
export * from './schema/board.ts';
export * from './schema/journal.ts';
export * from './schema/tracking.ts';
export * from './schema/rhythm.ts';
export * from './schema/registers.ts';
export * from './schema/facilitation.ts';
export * from './schema/notify.ts';
export * from './schema/provisioning.ts';
