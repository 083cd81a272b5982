import type { Viewer } from './app.ts';
import type { AuthServer, Credential } from './auth/auth.ts';
import { cookieStyle, readCookies } from './http/cookies.ts';
import type { OriginPolicy } from './http/origin-policy.ts';
import type { RightsChanged, RightsChanges } from './organisations/rights-changes.ts';
import type { BoardRight } from '../src/domain/access/roles.ts';
import { allowed, refused, type Outcome } from '../src/domain/outcome.ts';
import { isUuid } from './store/uuid.ts';
import type { AdmitRefusal, JoinRequest, Member, SyncHooks, RightsChange } from './sync/hooks.ts';

/** What a board's socket asks about people (architecture.md A5): who comes in, and what they may do from then on. */
export type LiveDoor = Required<Pick<SyncHooks, 'admit' | 'rightNow' | 'mayStillWrite' | 'teamsNow'>>;

export interface LiveDoorParts {
  readonly auth: Pick<AuthServer, 'redeemTicket' | 'tokenHolder' | 'viewerOfCookie' | 'holderNow'>;
  readonly policy: OriginPolicy;
  readonly rights: RightsChanges;
  readonly now: () => number;
  /** What a viewer may do on a board; 'none' when it is not of the own organisation. */
  right(viewer: Viewer, boardId: string): Promise<BoardRight>;
}

/** For so long after a change of rights every batch of those it concerns is asked for, until sockets were looked at. */
const UNSURE_MS = 10_000;

export function makeLiveDoor(parts: LiveDoorParts): LiveDoor {
  /** Accounts and credentials whose rights changed lately, and when. */
  const unsure = new Map<string, number>();
  parts.rights.listen((change) => {
    const at = parts.now();
    for (const [key, since] of unsure) if (at - since > UNSURE_MS) unsure.delete(key);
    for (const key of keysOf(change)) unsure.set(key, at);
  });
  const rightNow = async (member: Member, board: string): Promise<BoardRight> => {
    const credential = readCredential(member.signIn);
    const viewer = credential === null ? null : await parts.auth.holderNow(credential);
    // Looking through somebody else's eyes now is another person: this socket speaks for the one before.
    if (viewer === null || viewer.personId !== member.person) return 'none';
    return parts.right(viewer, board);
  };
  return {
    admit: (request) => admit(parts, request),
    rightNow,
    teamsNow: async (member) => {
      const credential = readCredential(member.signIn);
      const viewer = credential === null ? null : await parts.auth.holderNow(credential);
      return viewer?.teams.map((team) => team.key) ?? [];
    },
    mayStillWrite: (member, board) => {
      if (!unsure.has(member.account) && !unsure.has(member.signIn ?? '')) return true;
      return rightNow(member, board).then((right) => right === 'write' || right === 'manage');
    },
  };
}

/** The changes of rights as the sync server knows its connections. */
export function toRightsChange(change: RightsChanged): RightsChange {
  if (change.tokenId !== undefined) return { signIn: nameCredential({ kind: 'token', id: change.tokenId }) };
  if (change.signInId !== undefined) return { signIn: change.signInId };
  return change.accountId === undefined ? {} : { account: change.accountId };
}

/** True when a change that another node rang about is this viewer's: every part that it names. */
export const isRung = ({ account, person, signIn }: RightsChange, viewer: Viewer): boolean =>
  (account === undefined || account === viewer.accountId) &&
  (person === undefined || person === viewer.personId) &&
  (signIn === undefined || signIn === viewer.signInId);

const keysOf = (change: RightsChanged): string[] =>
  Object.values(toRightsChange(change)).filter((key): key is string => typeof key === 'string');

async function admit(parts: LiveDoorParts, request: JoinRequest): Promise<Outcome<Member, AdmitRefusal>> {
  const origin = parts.policy.originOf(request);
  const cookie =
    origin === null ? undefined : readCookies(request.headers.cookie).get(cookieStyle(origin).name);
  // A browser adds the cookie by itself, so it must also say, truly, which page asks. Scripts have no Origin.
  const own = parts.policy.isOwnOrigin(request);
  if (origin === null || (request.headers.origin === undefined ? cookie !== undefined : !own)) {
    return refused('bad-origin', 'A page of another site may not open a board.');
  }
  const found = await findHolder(parts.auth, request, cookie);
  if (found === null) {
    return refused(
      'unauthorised',
      'Sign in, or get a new ticket: this one is unknown, spent or has expired.',
    );
  }
  const { viewer, credential } = found;
  const right = isUuid(request.board) ? await parts.right(viewer, request.board) : 'none';
  if (right === 'none') return refused('unknown-board', 'There is no such board.');
  return allowed({
    person: viewer.personId,
    account: viewer.accountId,
    name: viewer.name,
    colour: viewer.colour,
    signIn: nameCredential(credential),
    right,
    roleVersion: viewer.roleVersion,
    teams: viewer.teams.map((team) => team.key),
  });
}

/** A ticket or token that is presented and wrong is refused; nothing else is tried then. */
async function findHolder(
  auth: LiveDoorParts['auth'],
  request: JoinRequest,
  cookie: string | undefined,
): Promise<{ viewer: Viewer; credential: Credential } | null> {
  const ticket = request.url.searchParams.get('ticket');
  if (ticket !== null) {
    const viewer = await auth.redeemTicket(ticket, request.board);
    return viewer && { viewer, credential: { kind: 'ticket', memberId: viewer.memberId } };
  }
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    const holder = token === undefined ? null : await auth.tokenHolder(token);
    return holder && { viewer: holder.viewer, credential: { kind: 'token', id: holder.tokenId } };
  }
  const viewer = cookie === undefined ? null : await auth.viewerOfCookie(cookie);
  return viewer?.signInId ? { viewer, credential: { kind: 'sign-in', id: viewer.signInId } } : null;
}

/** How a credential stands in the journal and is found again; a sign-in's own id has no colon. */
function nameCredential(credential: Credential): string {
  if (credential.kind === 'sign-in') return credential.id;
  return credential.kind === 'token' ? `token:${credential.id}` : `ticket:${credential.memberId}`;
}

function readCredential(name: string | null): Credential | null {
  if (name === null) return null;
  const [kind = '', id = ''] = name.includes(':') ? name.split(':', 2) : ['sign-in', name];
  if (kind === 'token') return { kind, id };
  return kind === 'ticket' ? { kind, memberId: id } : { kind: 'sign-in', id };
}
