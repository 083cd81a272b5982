import { and, eq, gt, isNull } from 'drizzle-orm';
import { allowed, refused } from '#domain/outcome.ts';
import type { WaitingPersonView } from '#protocol/views/provisioning.ts';
import type { Result, Viewer } from '../app.ts';
import { createInvite } from '../auth/invites.ts';
import type { AccessDependencies } from '../organisations/dependencies.ts';
import * as schema from '../store/schema.ts';
import { isUuid } from '../store/uuid.ts';
import type { ScimDeps } from './deps.ts';
import { together } from './together.ts';
import { mayProvision } from './tokens.ts';

const { invite: invites, member, person, provisionedPerson } = schema;
/** The longest an invite may last: people start on another day than they are entered. */
const DAYS = 30;

/** Invites a user who has no open invite; the mail brings the link. */
export async function invite(
  parts: ScimDeps,
  actor: Viewer,
  personId: string,
  address: string,
): Result<true> {
  const isOpen = and(
    ofPerson(actor.organisationId, personId),
    isNull(invites.revokedAt),
    eq(invites.uses, 0),
    gt(invites.expiresAt, new Date(parts.now())),
  );
  if ((await parts.store.db.select({ id: invites.id }).from(invites).where(isOpen)).length > 0)
    return allowed(true);
  const made = await make(parts, actor, personId, address);
  if (!made.ok) return made;
  const { organisationId } = actor;
  await parts.mailInvite(parts.store.db, { organisationId, address, inviteId: made.value.invite.id });
  return allowed(true);
}

/** Ends every invite of a person; who has taken one stays. */
export async function withdraw(
  { store, now }: AccessDependencies,
  organisationId: string,
  personId: string,
): Promise<void> {
  await store.db
    .update(invites)
    .set({ revokedAt: new Date(now()) })
    .where(and(ofPerson(organisationId, personId), isNull(invites.revokedAt)));
}

const make = (parts: AccessDependencies, actor: Viewer, personId: string, email: string) =>
  createInvite(parts, actor, { role: 'member', email, personId, days: DAYS });

const ofPerson = (organisationId: string, personId: string) =>
  and(eq(invites.organisationId, organisationId), eq(invites.personId, personId));

/** Whom the directory has invited and who has not joined yet, in the order of their names. */
export async function listWaiting(
  { store, now }: AccessDependencies,
  viewer: Viewer,
): Result<readonly WaitingPersonView[]> {
  const may = mayProvision(viewer);
  if (!may.ok) return may;
  const rows = await store.db
    .select({ person, said: provisionedPerson })
    .from(provisionedPerson)
    .innerJoin(person, eq(person.id, provisionedPerson.personId))
    .leftJoin(member, eq(member.personId, person.id))
    .where(
      and(
        eq(provisionedPerson.organisationId, viewer.organisationId),
        isNull(provisionedPerson.deletedAt),
        eq(provisionedPerson.active, true),
        isNull(member.id),
        isNull(person.mergedInto),
      ),
    )
    .orderBy(person.name);
  const open = await store.db
    .select({ personId: invites.personId, endsAt: invites.expiresAt })
    .from(invites)
    .where(
      and(
        eq(invites.organisationId, viewer.organisationId),
        isNull(invites.revokedAt),
        eq(invites.uses, 0),
        gt(invites.expiresAt, new Date(now())),
      ),
    );
  const endsOf = new Map(open.map((it) => [it.personId, it.endsAt.getTime()]));
  return allowed(
    rows.map(({ person: it, said }) => ({
      ...{ personId: it.id, name: it.name, email: said.email, since: said.createdAt.getTime() },
      inviteEndsAt: endsOf.get(it.id) ?? null,
    })),
  );
}

/** A new link for somebody who waits, to be handed over by hand; the earlier ones end. */
export async function renewLink(
  parts: AccessDependencies,
  viewer: Viewer,
  personId: string,
): Result<{ invite: string }> {
  const waiting = await listWaiting(parts, viewer);
  if (!waiting.ok) return waiting;
  const found = isUuid(personId) ? waiting.value.find((it) => it.personId === personId) : undefined;
  if (found === undefined) return refused('not-found', 'Nobody of this name waits for an invite any more.');
  return together(parts, async (within) => {
    await withdraw(within, viewer.organisationId, personId);
    const made = await make(within, viewer, personId, found.email);
    return made.ok ? allowed({ invite: made.value.token }) : made;
  });
}
