import { createHash } from 'node:crypto';
import { z } from 'zod';
import { newSecret } from '../secrets.ts';

/** How a provider is spoken with. */
export type ProviderKind = 'oidc' | 'saml';

/** What somebody came to the provider for. */
export type Purpose =
  | { readonly for: 'sign-in'; readonly next: string }
  | { readonly for: 'link'; readonly accountId: string }
  | { readonly for: 'invite'; readonly invite: string };

/**
 * One way to the identity provider and back. It is kept by the browser that began it, in a cookie no script reads, and by
 * nobody else: an answer is only good together with it (RFC 9700 2.1). `verifier` is PKCE's (RFC 7636).
 */
export interface Attempt {
  readonly state: string;
  readonly verifier: string;
  readonly startedAt: number;
  readonly purpose: Purpose;
}

/** So long somebody may take at the provider. */
export const ATTEMPT_MS = 10 * 60_000;

const secret = z.string().regex(/^[\w-]{43}$/);
const shape = z.object({
  state: secret,
  verifier: secret,
  startedAt: z.number().int(),
  purpose: z.discriminatedUnion('for', [
    z.object({ for: z.literal('sign-in'), next: z.string().max(2000) }),
    z.object({ for: z.literal('link'), accountId: z.uuid() }),
    z.object({ for: z.literal('invite'), invite: z.string().max(200) }),
  ]),
});

export const newAttempt = (purpose: Purpose, now: number): Attempt => ({
  ...{ state: newSecret(), verifier: newSecret() },
  ...{ startedAt: now, purpose },
});

/** What the provider puts into its answer, so that one made for another attempt is seen (OpenID Connect Core 15.5.2). */
export const nonceOf = ({ verifier }: Attempt): string =>
  createHash('sha256').update(`nonce ${verifier}`).digest('base64url');

/** What the answer of a SAML provider must be made for: a name as XML asks for, which nobody else can tell. */
export const requestIdOf = ({ verifier }: Attempt): string =>
  `_${createHash('sha256').update(`saml ${verifier}`).digest('hex')}`;

/** The attempt as a cookie's value. */
export const writeAttempt = (attempt: Attempt): string =>
  Buffer.from(JSON.stringify(attempt)).toString('base64url');

/** The attempt of a cookie's value; null when it is none of ours, or too old. */
export function readAttempt(cookie: string | undefined, now: number): Attempt | null {
  if (cookie === undefined || cookie.length > 4000) return null;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cookie, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  const read = shape.safeParse(value);
  if (!read.success) return null;
  const age = now - read.data.startedAt;
  return age >= 0 && age <= ATTEMPT_MS ? read.data : null;
}
