import { and, asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { allowed, refused } from '#domain/outcome.ts';
import type * as views from '#protocol/views/organisation.ts';
import type { Organisations, Result, Viewer } from '../app.ts';
import type { AccessDependencies } from './dependencies.ts';
import { parse } from './input.ts';
import { countAdministrators } from './people-in.ts';
import * as schema from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { differences, logChange } from '../store/log-change.ts';
import { isUuid } from '../store/uuid.ts';
import { lockOrganisation } from './lock-organisation.ts';
import { mayAdminister } from './rights.ts';
import { viewPerson } from './views.ts';

const { account, member, person } = schema;

const memberChange = z.object({
  role: z
    .enum(['administrator', 'member', 'observer'], { error: 'Choose administrator, member or observer.' })
    .optional(),
  suspended: z.boolean().optional(),
});

/** All members, suspended ones too. E-mail addresses are for administrators; others see names. */
export async function listMembers(queries: Queries, viewer: Viewer): Promise<readonly views.MemberView[]> {
  const rows = await queries
    .select({ member, person, email: account.email })
    .from(member)
    .innerJoin(person, eq(person.id, member.personId))
    .innerJoin(account, eq(account.id, member.accountId))
    .where(eq(member.organisationId, viewer.organisationId))
    .orderBy(asc(person.name));
  const seesAddresses = viewer.role === 'administrator' && !viewer.viewingAs;
  return rows.map((row) => ({
    id: row.member.id,
    person: viewPerson(row.person),
    email: seesAddresses || row.member.id === viewer.memberId ? row.email : '',
    role: row.member.role,
    suspended: row.member.suspendedAt !== null,
  }));
}

/**
 * Changes a member's role or suspends and lets back in; open sockets are told. An organisation always keeps an
 * administrator who can act.
 */
export async function changeMember(
  parts: AccessDependencies,
  viewer: Viewer,
  id: string,
  rawInput: Parameters<Organisations['changeMember']>[2],
): Result<views.MemberView> {
  const may = mayAdminister(viewer);
  if (!may.ok) return may;
  const parsed = parse(memberChange, rawInput);
  if (!parsed.ok) return parsed;
  if (!isUuid(id)) return refused('not-found', 'There is no such member.');
  const { role, suspended } = parsed.value;
  const here = and(eq(member.id, id), eq(member.organisationId, viewer.organisationId));
  const changed = await parts.store.transaction(async (tx): Result<{ accountId: string; moved: boolean }> => {
    await lockOrganisation(tx, viewer.organisationId);
    const [before] = await tx.select().from(member).where(here);
    if (!before) return refused('not-found', 'There is no such member.');
    const next = {
      role: role ?? before.role,
      suspendedAt:
        suspended === undefined
          ? before.suspendedAt
          : suspended
            ? (before.suspendedAt ?? new Date(parts.now()))
            : null,
    };
    if (next.role === before.role && next.suspendedAt === before.suspendedAt)
      return allowed({ accountId: before.accountId, moved: false });
    const acts = before.role === 'administrator' && before.suspendedAt === null;
    const stillActs = next.role === 'administrator' && next.suspendedAt === null;
    if (acts && !stillActs && (await countAdministrators(tx, viewer.organisationId)) <= 1) {
      return refused('last-administrator', 'This is the last administrator. Make somebody else one first.');
    }
    await tx
      .update(member)
      .set({ ...next, roleVersion: sql`${member.roleVersion} + 1` })
      .where(here);
    const was = { role: before.role, suspended: before.suspendedAt !== null };
    const data = differences(was, { role: next.role, suspended: next.suspendedAt !== null });
    const changed = { kind: 'person', id: before.personId, type: 'rights-changed' } as const;
    if (data !== null) await logChange(tx, viewer, { ...changed, data }, parts.now());
    return allowed({ accountId: before.accountId, moved: true });
  });
  if (!changed.ok) return changed;
  if (changed.value.moved) parts.rights.tell({ memberId: id, accountId: changed.value.accountId });
  const now = (await listMembers(parts.store.db, viewer)).find((row) => row.id === id);
  return now ? allowed(now) : refused('not-found', 'There is no such member.');
}
