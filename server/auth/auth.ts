import type { IncomingMessage } from 'node:http';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { allowed, refused } from '#domain/outcome.ts';
import type { Auth, Client, Viewer } from '../app.ts';
import type { Log } from '../log.ts';
import * as schema from '../store/schema.ts';
import { isUuid } from '../store/uuid.ts';
import { acceptInvite } from './accept-invite.ts';
import { changePassword, signIn, type TellOwner } from './accounts.ts';
import { createToken, holderOfToken, listTokens, revokeToken, viewerOfToken } from './api-tokens.ts';
import type { AccessDependencies } from '../organisations/dependencies.ts';
import { createInvite, listInvites, readInvite, revokeInvite } from './invites.ts';
import { createPasskeys } from './passkeys/passkeys.ts';
import type { PasskeyParts } from './passkeys/parts.ts';
import { readIdentities, unlink } from './provider/identities.ts';
import type { IdentityProvider } from './provider/identity-provider.ts';
import { forgetAssertions } from './provider/used-assertions.ts';
import { beginAtProvider, finishAtProvider, samlMetadata, type DoorParts } from './provider/provider-door.ts';
import { makeSetupCheck } from './setup-token.ts';
import { needsSetup, setUp } from './setup.ts';
import { SignIns } from './sign-ins.ts';
import { makeThrottle } from './throttle.ts';
import { createTicket, redeemTicket } from './tickets.ts';
import { findViewer } from './viewers.ts';
import { readWaysIn } from './ways-in.ts';

/** Auth as the composition root uses it: beside what routes may ask, what sockets and the example need. */
export interface AuthServer extends Auth {
  /** Spends a socket ticket; null when it is bad, spent, late or for another board. */
  redeemTicket(ticket: string, boardId: string): Promise<Viewer | null>;
  /** A bearer token's viewer with the token's id, by which its sockets are found when it is revoked. */
  tokenHolder(token: string): Promise<{ viewer: Viewer; tokenId: string } | null>;
  /** Who stands behind an open socket now; null once it should not be open any more. Slides nothing. */
  holderNow(credential: Credential): Promise<Viewer | null>;
  /** Signs an account in without a password: for visitors of the example only. Returns the cookie's value. */
  startSignIn(accountId: string, organisationId: string, client: Client): Promise<string>;
  /** Removes ended sign-ins. */
  sweep(): Promise<void>;
}

/** What a socket came in with. */
export type Credential =
  | { readonly kind: 'sign-in'; readonly id: string }
  | { readonly kind: 'token'; readonly id: string }
  | { readonly kind: 'ticket'; readonly memberId: string };

export interface AuthDependencies extends AccessDependencies {
  readonly setupToken: string;
  /** True for a request made on this very machine (http/origin-policy.ts). */
  readonly isLocal: (request: IncomingMessage) => boolean;
  /** The identity providers of the settings. */
  readonly providers: readonly IdentityProvider[];
  /** The origin a request belongs to (http/origin-policy.ts). */
  readonly originOf: (request: IncomingMessage) => URL | null;
  /** Mails somebody what was done to the own account. */
  readonly tellOwner: TellOwner;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

/** Builds sign-up, sign-in, invites, tokens and tickets on a store (trust.md S3). */
export function createAuth(dependencies: AuthDependencies): AuthServer {
  const signIns = new SignIns(dependencies);
  const parts: DoorParts & PasskeyParts = { ...dependencies, signIns, throttle: makeThrottle() };
  const originOf = (request: IncomingMessage): URL => {
    const origin = dependencies.originOf(request);
    if (origin === null) throw new Error('The front door let a request in for another host.');
    return origin;
  };
  const { store, rights } = parts;
  const { member, organisation } = schema;
  return {
    needsSetup: () => needsSetup(store.db),
    checkSetupToken: makeSetupCheck(dependencies.setupToken, dependencies.isLocal),
    setup: (input, client) => setUp(parts, signIns, (cookie) => signIns.viewerOf(cookie), input, client),
    signIn: (input, client) => signIn(parts, input, client),
    viewerOfCookie: (cookie) => signIns.viewerOf(cookie),
    viewerOfBearer: async (token) => (await viewerOfToken(parts, token))?.viewer ?? null,
    tokenHolder: (token) => viewerOfToken(parts, token),
    signOut: (id) => signIns.end(id),
    signIns: (viewer) => signIns.list(viewer),
    revokeSignIn: async (viewer, id) =>
      (await signIns.endOwn(viewer.accountId, id))
        ? allowed(true)
        : refused('not-found', 'You have no such sign-in.'),
    changePassword: (viewer, input) => changePassword(parts, viewer, input),
    createInvite: (viewer, input) => createInvite(parts, viewer, input),
    invites: (viewer) => listInvites(parts, viewer),
    revokeInvite: (viewer, id) => revokeInvite(parts, viewer, id),
    readInvite: (token) => readInvite(parts, token),
    acceptInvite: (token, input, client) => acceptInvite(parts, token, input, client),
    providers: parts.providers.map(({ kind, name }) => ({ kind, name })),
    beginAtProvider: (request, kind, purpose) => beginAtProvider(parts, originOf(request), kind, purpose),
    finishAtProvider: (request, kind, came) => finishAtProvider(parts, originOf(request), kind, came),
    samlMetadata: (request) => samlMetadata(parts, originOf(request)),
    waysIn: async (viewer) => ({
      password: (await readWaysIn(store.db, viewer.accountId)).password,
      ...(await readIdentities(parts, viewer)),
    }),
    unlinkIdentity: (viewer, id) => unlink(parts, viewer, id),
    passkeys: createPasskeys(parts, originOf),
    createToken: (viewer, input) => createToken(parts, viewer, input),
    tokens: (viewer) => listTokens(parts, viewer),
    revokeToken: (viewer, id) => revokeToken(parts, viewer, id),
    createTicket: (viewer, boardId) => createTicket(parts, viewer, boardId),
    redeemTicket: (ticket, boardId) => redeemTicket(parts, ticket, boardId),
    holderNow: (credential) => {
      if (credential.kind === 'sign-in') return signIns.holderNow(credential.id);
      if (credential.kind === 'token') return holderOfToken(parts, credential.id);
      return findViewer(
        store.db,
        { memberId: credential.memberId },
        { via: 'board', signInId: null, scope: 'write' },
        parts.now(),
      );
    },
    startSignIn: (accountId, organisationId, client) =>
      signIns.start(store.db, accountId, organisationId, client),
    organisationsOf: (viewer) =>
      store.db
        .select({ id: organisation.id, name: organisation.name, kind: organisation.kind })
        .from(member)
        .innerJoin(organisation, eq(organisation.id, member.organisationId))
        .where(and(eq(member.accountId, viewer.accountId), isNull(member.suspendedAt)))
        .orderBy(asc(organisation.name)),
    async switchOrganisation(viewer, organisationId) {
      if (viewer.signInId === null)
        return refused('no-sign-in', 'Only a signed-in browser can switch organisations.');
      if (!isUuid(organisationId)) return refused('not-found', 'You belong to no such organisation.');
      const here = and(
        eq(member.accountId, viewer.accountId),
        eq(member.organisationId, organisationId),
        isNull(member.suspendedAt),
      );
      const [place] = await store.db.select({ id: member.id }).from(member).where(here);
      if (!place) return refused('not-found', 'You belong to no such organisation.');
      await signIns.lookAt(viewer.signInId, organisationId);
      return allowed(true);
    },
    onRightsChanged: (listener) => rights.listen(listener),
    sweep: async () => {
      await signIns.sweep();
      await forgetAssertions(store.db, parts.now());
    },
  };
}
