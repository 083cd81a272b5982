import { randomUUID } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import type { Viewer } from '../../server/app.ts';
import { createNotify, type NotifyPart } from '../../server/notify/notify.ts';
import { readReminders } from '../../server/registers/reminders.ts';
import type { NotifyDeps } from '../../server/notify/deps.ts';
import type { MailDoor } from '../../server/notify/smtp-door.ts';
import { mail, member, notice, person } from '../../server/store/schema.ts';
import type { Store } from '../../server/store/store.ts';
import { makeTrackingWorld, type Name, type TrackingWorld } from '../tracking/server-world.ts';
import { promisesIn } from '../tracking/promises.ts';

/** A tracking world whose people are told things. */
export interface NotifyWorld extends TrackingWorld {
  readonly notify: NotifyPart;
  readonly promises: ReturnType<typeof promisesIn>;
  /** What this node knows of the outside. */
  readonly deps: NotifyDeps;
  /** Another node on the same database. */
  node(more?: Partial<NotifyDeps>, door?: MailDoor | null): NotifyPart;
  /** Rung and reader of all that was said, oldest first. */
  said(): Promise<readonly string[]>;
  mails(name?: Name): Promise<readonly (typeof mail.$inferSelect)[]>;
  notices(name: Name): Promise<readonly (typeof notice.$inferSelect)[]>;
  /** Lets the clock and the messages be done at a moment. */
  at(instant: number): Promise<void>;
}

/** `door` null captures mails. */
export async function makeNotifyWorld(
  store: Store,
  {
    door = null,
    ...kind
  }: { door?: MailDoor | null; kind?: 'own' | 'example'; clockNow?: number | null } = {},
): Promise<NotifyWorld> {
  const world = await makeTrackingWorld(store, kind);
  const { organisationId, people, tracking, clock } = world;
  // Mails go to accounts: in this world everybody has one.
  const members = await store.db.select().from(member).where(eq(member.organisationId, organisationId));
  for (const { personId, accountId } of members) {
    await store.db.update(person).set({ accountId }).where(eq(person.id, personId));
  }
  const nameOf = (id: string): string =>
    Object.entries(people).find(([, person]) => person === id)?.[0] ?? 'somebody';
  const viewerOf = async (memberId: string): Promise<Viewer | null> => {
    const [found] = await store.db.select().from(member).where(eq(member.id, memberId));
    if (found === undefined || found.suspendedAt !== null) return null;
    return world.viewer(nameOf(found.personId) as Name, { via: 'mail' });
  };
  const deps: NotifyDeps = {
    ...{ store, tracking, viewerOf, now: () => clock.now, newId: randomUUID, node: randomUUID() },
    reminders: readReminders,
    baseUrl: 'https://plan.example.org',
    mail: { smtpUrl: null, from: 'Throughline <plan@example.org>' },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  };
  const notify = createNotify(deps, door);
  return {
    ...world,
    ...{ notify, deps, promises: promisesIn(world, store) },
    node: (more = {}, other = door) => createNotify({ ...deps, node: randomUUID(), ...more }, other),
    said: async () => {
      const rows = await store.db
        .select()
        .from(notice)
        .where(eq(notice.organisationId, organisationId))
        .orderBy(asc(notice.at), asc(notice.rung));
      return rows.map((row) => `${nameOf(row.personId)} ${row.rung}`);
    },
    mails: (name) =>
      store.db
        .select()
        .from(mail)
        .where(
          and(
            eq(mail.organisationId, organisationId),
            name === undefined ? undefined : eq(mail.personId, people[name]),
          ),
        )
        .orderBy(asc(mail.notBefore)),
    notices: (name) =>
      store.db
        .select()
        .from(notice)
        .where(and(eq(notice.organisationId, organisationId), eq(notice.personId, people[name])))
        .orderBy(asc(notice.at)),
    at: async (instant) => {
      clock.now = instant;
      await tracking.advanceClock();
      await notify.plan();
    },
  };
}
