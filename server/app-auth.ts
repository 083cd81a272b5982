import type { IncomingMessage } from 'node:http';
import type { OrganisationRole } from '../src/domain/access/roles.ts';
import type { Outcome } from '../src/domain/outcome.ts';
import type { Instant } from '../src/domain/time.ts';
import type * as people from '../src/protocol/views/organisation.ts';
import type { Passkeys } from './app-passkeys.ts';
import type { Client, Result, Viewer } from './app-viewer.ts';
import type { ProviderKind, Purpose } from './auth/provider/attempt.ts';

/** Signing up, in and out; invites; API tokens; tickets; the identity provider. */
export interface Auth {
  /** True until the first organisation of its own exists. */
  needsSetup(): Promise<boolean>;
  /** Set-up and example are free from loopback and ask for the log's token from elsewhere. */
  checkSetupToken(request: IncomingMessage, token: string | null): Outcome<true>;
  setup(
    input: {
      organisation: string;
      name: string;
      email: string;
      password: string;
      timezone?: string;
      weekStart?: number;
      fiscalStartMonth?: number;
      teams?: readonly string[];
    },
    client: Client,
  ): Result<{ cookie: string; viewer: Viewer }>;
  signIn(
    input: { email: string; password: string },
    client: Client,
  ): Result<{ cookie: string; viewer: Viewer }>;
  /** The viewer of a cookie value; null when unknown, expired or revoked. Slides the idle end. */
  viewerOfCookie(cookie: string): Promise<Viewer | null>;
  viewerOfBearer(token: string): Promise<Viewer | null>;
  signOut(signInId: string): Promise<void>;
  signIns(viewer: Viewer): Promise<readonly people.SignInView[]>;
  revokeSignIn(viewer: Viewer, id: string): Result<true>;
  changePassword(viewer: Viewer, input: { current: string; next: string }): Result<true>;
  createInvite(
    viewer: Viewer,
    input: {
      role: OrganisationRole;
      email?: string | null;
      boardId?: string | null;
      teamId?: string | null;
      personId?: string | null;
      maxUses?: number;
      days?: number;
    },
  ): Result<{ invite: people.InviteView; token: string }>;
  invites(viewer: Viewer): Promise<readonly people.InviteView[]>;
  revokeInvite(viewer: Viewer, id: string): Result<true>;
  /** What an invite opens, shown before the form; the same refusal for unknown, expired, revoked and used up. */
  readInvite(token: string): Result<{
    organisation: string;
    role: OrganisationRole;
    boardId: string | null;
    boardTitle: string | null;
    teamId: string | null;
    teams: readonly people.TeamView[];
    email: string | null;
    personName: string | null;
  }>;
  /** One form: makes the account (or signs in to an existing one with its password) and the member. */
  acceptInvite(
    token: string,
    input: { name: string; email: string; password: string; teamId?: string | null },
    client: Client,
  ): Result<{ cookie: string; viewer: Viewer; boardId: string | null }>;
  /** The identity providers people may sign in with: at most one of each kind. */
  readonly providers: readonly people.ProviderView[];
  /** Sends a browser to the provider. `cookie` is kept by that browser alone, for ten minutes. */
  beginAtProvider(
    request: IncomingMessage,
    kind: ProviderKind,
    purpose: Purpose,
  ): Result<{ address: string; cookie: string }>;
  /** What a browser came back with: `answer` is its address's query, or what the form brought. A cookie in the answer signs it in. */
  finishAtProvider(
    request: IncomingMessage,
    kind: ProviderKind,
    came: { cookie: string | undefined; answer: string; viewer: Viewer | null; client: Client },
  ): Result<{ cookie: string | null; next: string }>;
  /** Ways into the viewer's own account. */
  waysIn(viewer: Viewer): Promise<{
    password: boolean;
    identities: readonly people.IdentityView[];
    /** Providers the account is not linked with yet. */
    linkable: readonly people.ProviderView[];
  }>;
  /** What the administrator of a SAML provider reads of this server; null without one. */
  samlMetadata(request: IncomingMessage): string | null;
  unlinkIdentity(viewer: Viewer, id: string): Result<true>;
  readonly passkeys: Passkeys;
  createToken(
    viewer: Viewer,
    input: { name: string; scope: 'read' | 'write'; days: number },
  ): Result<{ token: string; view: people.ApiTokenView }>;
  tokens(viewer: Viewer): Promise<readonly people.ApiTokenView[]>;
  revokeToken(viewer: Viewer, id: string): Result<true>;
  createTicket(viewer: Viewer, boardId: string): Result<{ ticket: string; expiresAt: Instant }>;
  /** Organisations of this account, to switch between. */
  organisationsOf(viewer: Viewer): Promise<readonly { id: string; name: string; kind: string }[]>;
  switchOrganisation(viewer: Viewer, organisationId: string): Result<true>;
  /** Told when rights changed, so that open sockets are re-checked at once. */
  onRightsChanged(
    listener: (change: {
      accountId?: string;
      memberId?: string;
      signInId?: string;
      tokenId?: string;
    }) => void,
  ): void;
}
