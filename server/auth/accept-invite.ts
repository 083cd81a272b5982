import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { allowed, refused } from '#domain/outcome.ts';
import type { Auth, Client, Result } from '../app.ts';
import * as schema from '../store/schema.ts';
import type { Queries, Transaction } from '../store/store.ts';
import { isUniqueViolation } from '../store/unique-violation.ts';
import { authenticate, type AccountParts } from './accounts.ts';
import { email, line, parse, password } from '../organisations/input.ts';
import { findUsable, noSuchInvite, takeUse } from './invites.ts';
import { checkPassword, hashPassword } from './passwords.ts';
import { accountOf, link } from './provider/identities.ts';
import type { ProvenIdentity } from './provider/identity-provider.ts';
import { addAccount, addMember, addPerson, foldEmail } from '../organisations/people-in.ts';

const { account, member, person, team, teamMember } = schema;

const acceptInput = z.object({
  name: line('your name', 120),
  email,
  password,
  teamId: z.uuid('Choose a team of the list.').nullish(),
});
type AcceptInput = z.output<typeof acceptInput>;

/**
 * The one form behind an invite link: makes the account, or takes an existing one by its password, and gives it its
 * place. A place somebody already has keeps its role: a link raises nobody.
 */
export async function acceptInvite(
  parts: AccountParts,
  token: string,
  rawInput: Parameters<Auth['acceptInvite']>[1],
  client: Client,
): ReturnType<Auth['acceptInvite']> {
  const parsed = parse(acceptInput, rawInput);
  if (!parsed.ok) return parsed;
  try {
    return await accept(parts, token, parsed.value, client);
  } catch (error) {
    // The form was sent twice at once: the other one made the account, and the password now fits it.
    if (isUniqueViolation(error)) return accept(parts, token, parsed.value, client);
    throw error;
  }
}

async function accept(
  parts: AccountParts,
  token: string,
  input: AcceptInput,
  client: Client,
): ReturnType<Auth['acceptInvite']> {
  const found = await findUsable(parts.store.db, token, parts.now());
  if (found === null) return noSuchInvite();
  if (found.email !== null && found.email !== foldEmail(input.email)) return noSuchInvite();
  const [known] = await parts.store.db
    .select()
    .from(account)
    .where(eq(account.email, foldEmail(input.email)));
  const credentials = known ? await authenticate(parts, input, client) : await newPassword(input);
  if (!credentials.ok) return credentials;
  const who =
    typeof credentials.value === 'string'
      ? { passwordHash: credentials.value }
      : { accountId: credentials.value.id };
  const joined = await parts.store.transaction((tx) => join(tx, parts, found, input, who));
  return welcome(parts, found, joined, client);
}

/** Signs in who just joined, and tells open sockets of the new rights. */
async function welcome(
  parts: AccountParts,
  found: typeof schema.invite.$inferSelect,
  joined: Awaited<ReturnType<typeof join>>,
  client: Client,
): ReturnType<Auth['acceptInvite']> {
  if (!joined.ok) return joined;
  const cookie = await parts.signIns.start(parts.store.db, joined.value, found.organisationId, client);
  const viewer = await parts.signIns.viewerOf(cookie);
  if (viewer === null) throw new Error('A member just made was not found.');
  parts.rights.tell({ memberId: viewer.memberId, accountId: viewer.accountId });
  const isHidden = found.boardId !== null && viewer.hiddenBoards.includes(found.boardId);
  return allowed({ cookie, viewer, boardId: isHidden ? null : found.boardId });
}

/**
 * Takes an invite with a proven identity instead of a password. The identity's own account takes it; without one an
 * account is made that only this identity opens, unless its address belongs to somebody already: then that account must be
 * signed in to and linked first, for an address proves nobody (trust.md, nOAuth).
 */
export async function acceptAs(
  parts: AccountParts,
  token: string,
  proven: ProvenIdentity,
  client: Client,
): ReturnType<Auth['acceptInvite']> {
  const found = await findUsable(parts.store.db, token, parts.now());
  if (found === null) return noSuchInvite();
  const address = proven.email === null ? null : foldEmail(proven.email);
  if (found.email !== null && (found.email !== address || !proven.emailVerified)) return noSuchInvite();
  const known = await accountOf(parts.store.db, proven);
  const read = known === null ? parse(newcomer, { ...proven, name: proven.name ?? address }) : null;
  if (read !== null && !read.ok) {
    return refused(
      'no-address',
      'Your identity provider names no e-mail address for you. Join with an address and a password instead.',
    );
  }
  const name = read?.value.name ?? (await nameOf(parts.store.db, known));
  try {
    const joined = await parts.store.transaction(async (tx) => {
      const who = known === null ? { passwordHash: null } : { accountId: known };
      const accountId = await join(tx, parts, found, { name, email: address ?? '' }, who);
      if (accountId.ok) await link(tx, parts, accountId.value, proven);
      return accountId;
    });
    return await welcome(parts, found, joined, client);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return refused(
      'address-taken',
      `There is an account with the address ${address ?? ''} already. Sign in to it with its password, link this identity under Settings, then open the invite again.`,
    );
  }
}

async function nameOf(queries: Queries, accountId: string | null): Promise<string> {
  const [found] = await queries
    .select({ name: account.name })
    .from(account)
    .where(eq(account.id, accountId ?? ''));
  return found?.name ?? '';
}

const newcomer = z.object({ name: line('your name', 120), email });

async function newPassword(input: AcceptInput): Result<string> {
  const strong = checkPassword(input.password, [input.email, input.name]);
  return strong.ok ? allowed(await hashPassword(strong.value)) : strong;
}

async function join(
  tx: Transaction,
  parts: AccountParts,
  invite: typeof schema.invite.$inferSelect,
  input: Pick<AcceptInput, 'name' | 'email' | 'teamId'>,
  who: { readonly accountId: string } | { readonly passwordHash: string | null },
): Result<string> {
  const { organisationId } = invite;
  const teamId = invite.teamId ?? input.teamId ?? null;
  if ('accountId' in who) {
    const here = and(eq(member.organisationId, organisationId), eq(member.accountId, who.accountId));
    const [place] = await tx.select().from(member).where(here);
    if (place?.suspendedAt)
      return refused('suspended', 'Your place in this organisation is suspended. Ask its administrator.');
    if (place) {
      await putInTeam(tx, organisationId, place.personId, teamId);
      return allowed(who.accountId);
    }
  }
  if (!(await takeUse(tx, invite.id, parts.now()))) return noSuchInvite();
  const accountId =
    'accountId' in who
      ? who.accountId
      : await addAccount(tx, parts, { name: input.name, email: input.email, passwordHash: who.passwordHash });
  const personId = await claimPerson(tx, parts, {
    organisationId,
    accountId,
    name: input.name,
    personId: invite.personId,
  });
  await addMember(tx, parts, { organisationId, accountId, personId, role: invite.role });
  await putInTeam(tx, organisationId, personId, teamId);
  return allowed(accountId);
}

/** The named person becomes this account's, with all history; without one, or when it was taken, a new one is made. */
async function claimPerson(
  tx: Transaction,
  parts: AccountParts,
  of: {
    readonly organisationId: string;
    readonly accountId: string;
    readonly name: string;
    readonly personId: string | null;
  },
): Promise<string> {
  if (of.personId !== null) {
    const claimed = await tx
      .update(person)
      .set({ accountId: of.accountId })
      .where(
        and(
          eq(person.id, of.personId),
          eq(person.organisationId, of.organisationId),
          isNull(person.accountId),
          isNull(person.mergedInto),
        ),
      )
      .returning({ id: person.id });
    if (claimed[0]) return claimed[0].id;
  }
  const added = await addPerson(tx, parts, of);
  return added.id;
}

/** As an ordinary member of the team; a team that is gone meanwhile is no reason to refuse the person. */
async function putInTeam(
  tx: Transaction,
  organisationId: string,
  personId: string,
  teamId: string | null,
): Promise<void> {
  if (teamId === null) return;
  const [found] = await tx
    .select({ id: team.id })
    .from(team)
    .where(and(eq(team.id, teamId), eq(team.organisationId, organisationId), isNull(team.archivedAt)));
  if (!found) return;
  await tx
    .insert(teamMember)
    .values({ organisationId, teamId, personId, role: 'member' })
    .onConflictDoNothing();
}
