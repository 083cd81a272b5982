import { and, asc, desc, eq, gt, isNull, lt, ne, or } from 'drizzle-orm';
import type * as views from '#protocol/views/organisation.ts';
import type { Client, Viewer } from '../app.ts';
import * as schema from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { AccessDependencies } from '../organisations/dependencies.ts';
import { hashSecret, newPublicId, newSecret, sameBytes } from './secrets.ts';
import { findViewer } from './viewers.ts';

const DAY = 24 * 60 * 60 * 1000;
/** A sign-in nobody uses ends after this, and any ends after the other. */
export const IDLE_MS = 7 * DAY;
export const LONGEST_MS = 30 * DAY;
/** Sliding the idle end on every request would write a row for each; this exact is exact enough. */
const SLIDE_EVERY_MS = 10 * 60 * 1000;

const { signIn, member } = schema;

/**
 * Signed-in browsers, after the Lucia session pattern (trust.md S3): the cookie is `id.secret`, the table keeps the id
 * and the SHA-256 of the secret, so a stolen table opens nothing.
 */
export class SignIns {
  readonly #parts: AccessDependencies;

  constructor(parts: AccessDependencies) {
    this.#parts = parts;
  }

  /** Starts one, always with a new id and secret. Returns the cookie's value. */
  async start(queries: Queries, accountId: string, organisationId: string, client: Client): Promise<string> {
    const id = newPublicId();
    const secret = newSecret();
    const now = this.#parts.now();
    await queries.insert(signIn).values({
      id,
      accountId,
      organisationId,
      secretHash: hashSecret(secret),
      userAgent: client.userAgent,
      address: client.address,
      createdAt: new Date(now),
      lastSeenAt: new Date(now),
      expiresAt: new Date(now + LONGEST_MS),
    });
    return `${id}.${secret}`;
  }

  /** The viewer of a cookie's value; null when it is malformed, unknown, expired, or nobody's place is left. */
  async viewerOf(cookie: string): Promise<Viewer | null> {
    const [id, secret, more] = cookie.split('.');
    if (!id || !secret || more !== undefined || cookie.length > 200) return null;
    const { store, now } = this.#parts;
    const at = now();
    const [row] = await store.db.select().from(signIn).where(eq(signIn.id, id));
    if (!row || !sameBytes(row.secretHash, hashSecret(secret))) return null;
    if (hasEnded(row, at)) {
      await this.end(id);
      return null;
    }
    if (at - row.lastSeenAt.getTime() >= SLIDE_EVERY_MS) {
      await store.db
        .update(signIn)
        .set({ lastSeenAt: new Date(at) })
        .where(eq(signIn.id, id));
    }
    return this.#viewer(row, at);
  }

  /** Who is behind a sign-in that has not ended; asked for open sockets, so it slides nothing. */
  async holderNow(id: string): Promise<Viewer | null> {
    const { store, now } = this.#parts;
    const [row] = await store.db.select().from(signIn).where(eq(signIn.id, id));
    return row && !hasEnded(row, now()) ? this.#viewer(row, now()) : null;
  }

  async #viewer(row: typeof signIn.$inferSelect, at: number): Promise<Viewer | null> {
    const { store } = this.#parts;
    const door = { via: 'web', signInId: row.id, scope: 'write', viewAs: row.viewAs } as const;
    const here =
      row.organisationId === null
        ? null
        : await findViewer(
            store.db,
            { accountId: row.accountId, organisationId: row.organisationId },
            door,
            at,
          );
    if (here !== null) return here;
    // Suspended here, or the organisation is gone: another place of the same account, if there is one.
    const [other] = await store.db
      .select({ organisationId: member.organisationId })
      .from(member)
      .where(and(eq(member.accountId, row.accountId), isNull(member.suspendedAt)))
      .orderBy(asc(member.createdAt))
      .limit(1);
    if (!other) return null;
    await store.db
      .update(signIn)
      .set({ organisationId: other.organisationId, viewAs: null })
      .where(eq(signIn.id, row.id));
    return findViewer(
      store.db,
      { accountId: row.accountId, organisationId: other.organisationId },
      { ...door, viewAs: null },
      at,
    );
  }

  /** Ends one and tells its open sockets. Unknown ids are fine. */
  async end(id: string): Promise<void> {
    await this.#parts.store.db.delete(signIn).where(eq(signIn.id, id));
    this.#parts.rights.tell({ signInId: id });
  }

  /** Ends one of an account's own; false when it has none of that id. */
  async endOwn(accountId: string, id: string): Promise<boolean> {
    const gone = await this.#parts.store.db
      .delete(signIn)
      .where(and(eq(signIn.id, id), eq(signIn.accountId, accountId)))
      .returning({ id: signIn.id });
    if (gone.length > 0) this.#parts.rights.tell({ signInId: id });
    return gone.length > 0;
  }

  /** Ends all of an account but one: after a changed password nobody else stays in. */
  async endOthers(accountId: string, keep: string | null): Promise<void> {
    const gone = await this.#parts.store.db
      .delete(signIn)
      .where(and(eq(signIn.accountId, accountId), keep === null ? undefined : ne(signIn.id, keep)))
      .returning({ id: signIn.id });
    for (const { id } of gone) this.#parts.rights.tell({ signInId: id });
  }

  async list(viewer: Viewer): Promise<readonly views.SignInView[]> {
    const at = this.#parts.now();
    const rows = await this.#parts.store.db
      .select()
      .from(signIn)
      .where(
        and(
          eq(signIn.accountId, viewer.accountId),
          gt(signIn.expiresAt, new Date(at)),
          gt(signIn.lastSeenAt, new Date(at - IDLE_MS)),
        ),
      )
      .orderBy(desc(signIn.lastSeenAt));
    return rows.map((row) => ({
      id: row.id,
      current: row.id === viewer.signInId,
      userAgent: row.userAgent,
      address: row.address,
      createdAt: row.createdAt.getTime(),
      lastSeenAt: row.lastSeenAt.getTime(),
    }));
  }

  /** Looks at another organisation from now on; the caller has checked that the account belongs to it. */
  async lookAt(id: string, organisationId: string): Promise<void> {
    await this.#parts.store.db.update(signIn).set({ organisationId, viewAs: null }).where(eq(signIn.id, id));
    this.#parts.rights.tell({ signInId: id });
  }

  /** Removes what has ended; nothing depends on it. */
  async sweep(): Promise<void> {
    const at = this.#parts.now();
    await this.#parts.store.db
      .delete(signIn)
      .where(or(lt(signIn.expiresAt, new Date(at)), lt(signIn.lastSeenAt, new Date(at - IDLE_MS))));
  }
}

const hasEnded = (row: typeof signIn.$inferSelect, at: number): boolean =>
  row.expiresAt.getTime() <= at || row.lastSeenAt.getTime() + IDLE_MS <= at;
