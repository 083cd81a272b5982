import * as client from 'openid-client';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Config } from '../../config.ts';
import { nonceOf } from './attempt.ts';
import type { IdentityProvider, ProvenIdentity } from './identity-provider.ts';

/** Seconds to wait for the provider: a person is waiting, too. */
const TIMEOUT = 5;

/**
 * Speaks with the provider of the settings: authorization code with PKCE, state and nonce, exact issuer and audience, and
 * the signature of what it says about a person. `report` hears of what failed, for the log.
 */
export function createOpenIdConnect(
  settings: NonNullable<Config['oidc']>,
  report: (error: unknown) => void,
): IdentityProvider {
  const issuer = new URL(settings.issuer);
  let known: Promise<client.Configuration> | null = null;
  /** Asked once; after a failure again at the next need, so that a provider that was away is found when it is back. */
  const configuration = (): Promise<client.Configuration> => {
    known ??= discover(issuer, settings).catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
  const away = (error: unknown) => {
    report(error);
    return refused(
      'provider-away',
      `${issuer.host} does not answer as it should. Try again in a few minutes, or sign in with your password.`,
    );
  };
  return {
    ...{ kind: 'oidc', issuer: settings.issuer, name: issuer.host, back: '/sign-in/provider/back' },
    async addressFor(attempt, back) {
      try {
        return allowed(
          client.buildAuthorizationUrl(await configuration(), {
            redirect_uri: back.href,
            scope: 'openid profile email',
            code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
            code_challenge_method: 'S256',
            state: attempt.state,
            nonce: nonceOf(attempt),
          }),
        );
      } catch (error) {
        return away(error);
      }
    },
    async prove(attempt, back, answer) {
      let config: client.Configuration;
      try {
        config = await configuration();
      } catch (error) {
        return away(error);
      }
      try {
        const cameBack = new URL(back);
        cameBack.search = answer;
        const tokens = await client.authorizationCodeGrant(config, cameBack, {
          pkceCodeVerifier: attempt.verifier,
          expectedState: attempt.state,
          expectedNonce: nonceOf(attempt),
          idTokenExpected: true,
        });
        return proven(tokens.claims());
      } catch (error) {
        report(error);
        return refused(
          'not-proven',
          error instanceof client.AuthorizationResponseError && error.error === 'access_denied'
            ? `You were not let through at ${issuer.host}. Try again, or sign in with your password.`
            : `${issuer.host} did not prove who you are. Start again from here; if it happens again, tell whoever runs this server.`,
        );
      }
    },
  };
}

async function discover(issuer: URL, settings: NonNullable<Config['oidc']>): Promise<client.Configuration> {
  return client.discovery(issuer, settings.clientId, settings.clientSecret, undefined, {
    timeout: TIMEOUT,
    // Plain http is for a provider on this very machine only; config.ts refuses it elsewhere.
    execute: [
      client.enableNonRepudiationChecks,
      ...(issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []),
    ],
  });
}

function proven(claims: client.IDToken | undefined): Outcome<ProvenIdentity> {
  if (claims === undefined) throw new Error('The provider gave no ID token.');
  const text = (value: unknown): string | null =>
    typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  return allowed({
    issuer: claims.iss,
    subject: claims.sub,
    name: text(claims.name) ?? text(claims.preferred_username),
    email: text(claims.email),
    emailVerified: claims.email_verified === true,
  });
}
