import type { Outcome } from '#domain/outcome.ts';
import type { Attempt, ProviderKind } from './attempt.ts';

/** Who the provider says somebody is. `issuer` and `subject` together are the identity; an e-mail address is not. */
export interface ProvenIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly emailVerified: boolean;
}

/** The organisation's own sign-in, by OpenID Connect or SAML. */
export interface IdentityProvider {
  readonly kind: ProviderKind;
  readonly issuer: string;
  /** What people know it by. */
  readonly name: string;
  /** The path of ours that people are sent back to. */
  readonly back: string;
  /** Where the browser is sent for this attempt. */
  addressFor(attempt: Attempt, back: URL): Promise<Outcome<URL>>;
  /** The identity proven by what the browser came back with: an address's query, or what a form brought. */
  prove(attempt: Attempt, back: URL, answer: string): Promise<Outcome<ProvenIdentity>>;
  /** What its administrator needs of us, where the provider reads such a file. */
  metadata?(back: URL): string;
}
