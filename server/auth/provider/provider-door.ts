import { allowed, refused } from '#domain/outcome.ts';
import type { Auth, Client, Result, Viewer } from '../../app.ts';
import { acceptAs } from '../accept-invite.ts';
import { enter, type AccountParts } from '../accounts.ts';
import { newAttempt, readAttempt, writeAttempt, type ProviderKind, type Purpose } from './attempt.ts';
import { accountOf, link, providerOf } from './identities.ts';
import type { IdentityProvider, ProvenIdentity } from './identity-provider.ts';

export interface DoorParts extends AccountParts {
  /** At most one of each kind. */
  readonly providers: readonly IdentityProvider[];
}

const ofKind = ({ providers }: DoorParts, kind: ProviderKind): IdentityProvider | undefined =>
  providers.find((provider) => provider.kind === kind);

const noProvider = () =>
  refused('no-provider', 'No identity provider is set on this server. Sign in with your password.');

/** Sends a browser to the provider: the address, and the cookie it must come back with. */
export async function beginAtProvider(
  parts: DoorParts,
  origin: URL,
  kind: ProviderKind,
  purpose: Purpose,
): ReturnType<Auth['beginAtProvider']> {
  const provider = ofKind(parts, kind);
  if (provider === undefined) return noProvider();
  const attempt = newAttempt(purpose, parts.now());
  const address = await provider.addressFor(attempt, new URL(provider.back, origin));
  return address.ok ? allowed({ address: address.value.href, cookie: writeAttempt(attempt) }) : address;
}

/** What the administrator of a SAML provider reads of us; null without one. */
export function samlMetadata(parts: DoorParts, origin: URL): string | null {
  const provider = ofKind(parts, 'saml');
  return provider?.metadata?.(new URL(provider.back, origin)) ?? null;
}

/** Takes up what a browser came back with: signs in, joins by an invite, or links the identity to the account at hand. */
export async function finishAtProvider(
  parts: DoorParts,
  origin: URL,
  kind: ProviderKind,
  { cookie, answer, viewer, client }: Parameters<Auth['finishAtProvider']>[2],
): ReturnType<Auth['finishAtProvider']> {
  const provider = ofKind(parts, kind);
  if (provider === undefined) return noProvider();
  const attempt = readAttempt(cookie, parts.now());
  if (attempt === null) {
    return refused(
      'no-attempt',
      'This was not begun in this browser, or it took longer than ten minutes. Start again from here.',
    );
  }
  // Everybody can make up an attempt, and each would have the server ask the provider.
  const turn = await parts.throttle.takeTry(`provider:${client.address}`, client.address);
  if (!turn.ok) return turn;
  const proven = await provider.prove(attempt, new URL(provider.back, origin), answer);
  if (!proven.ok) return proven;
  await parts.throttle.giveBack(`provider:${client.address}`, client.address);
  return act(parts, attempt.purpose, proven.value, viewer, client);
}

async function act(
  parts: DoorParts,
  purpose: Purpose,
  proven: ProvenIdentity,
  viewer: Viewer | null,
  client: Client,
): ReturnType<Auth['finishAtProvider']> {
  if (purpose.for === 'link') return linkHere(parts, purpose.accountId, proven, viewer);
  if (purpose.for === 'invite') {
    const joined = await acceptAs(parts, purpose.invite, proven, client);
    if (!joined.ok) return joined;
    const { cookie, boardId } = joined.value;
    return allowed({ cookie, next: boardId === null ? '/home' : `/board/${boardId}` });
  }
  const accountId = await accountOf(parts.store.db, proven);
  if (accountId === null) {
    return refused(
      'unknown-identity',
      `No account here is linked with ${proven.email ?? 'this identity'}. If you have one, sign in with its password and link it under Settings, Your account. If you have an invite, open its link.`,
    );
  }
  const entered = await enter(parts, accountId, client);
  return entered.ok ? allowed({ cookie: entered.value.cookie, next: purpose.next }) : entered;
}

async function linkHere(
  parts: DoorParts,
  accountId: string,
  proven: ProvenIdentity,
  viewer: Viewer | null,
): Result<{ cookie: string | null; next: string }> {
  if (viewer === null || viewer.accountId !== accountId || viewer.signInId === null) {
    return refused(
      'signed-out',
      'You are not signed in any more as who began this. Sign in, and link again under Settings.',
    );
  }
  const linked = await parts.store.transaction(async (tx) => {
    const made = await link(tx, parts, accountId, proven);
    if (made.ok && made.value) {
      const what = `Your account was linked with ${providerOf(parts, proven.issuer)}: whoever signs in there as ${proven.email ?? 'you'} signs in here.`;
      await parts.tellOwner(tx, viewer, { subject: 'Your account was linked with a provider', what });
    }
    return made;
  });
  return linked.ok ? allowed({ cookie: null, next: '/settings/account' }) : linked;
}
