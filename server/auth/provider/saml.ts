import {
  generateServiceProviderMetadata,
  SAML,
  SamlStatusError,
  ValidateInResponseTo,
} from '@node-saml/node-saml';
import { allowed, refused } from '#domain/outcome.ts';
import type { Config } from '../../config.ts';
import { ATTEMPT_MS, requestIdOf, type Attempt } from './attempt.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { persistent, readAssertion, SKEW_MS } from './saml-assertion.ts';
import { refuseOddXml } from './saml-xml.ts';

/** How old an assertion may be: it is made when somebody has signed in there, and is brought here at once. */
const OLDEST_MS = 5 * 60_000;
/** Larger than any answer there is; a form of half a megabyte is not taken anyway. */
const LONGEST = 200_000;

/** Where a provider's administrator finds what we are: it is our name there, too. */
const entityIdOf = (back: URL): string => new URL('/sign-in/saml/metadata', back).href;

export interface SamlParts {
  /** Takes an assertion for good; false when it was taken before. */
  readonly take: (assertion: { issuer: string; id: string; goodUntil: number }) => Promise<boolean>;
  /** Hears of what failed, for the log. */
  readonly report: (error: unknown) => void;
}

/**
 * Speaks SAML 2.0 with the provider of the settings: a request by redirect, an answer by form. Only an answer to a request
 * of this very attempt counts, so a provider cannot begin by itself. The assertion must be signed with a certificate of the
 * settings; what counts is read from the signed part alone.
 */
export function createSaml(
  settings: NonNullable<Config['saml']>,
  { take, report }: SamlParts,
): IdentityProvider {
  const clientFor = (attempt: Attempt, back: URL): SAML => {
    const requestId = requestIdOf(attempt);
    return new SAML({
      entryPoint: settings.entryPoint,
      idpCert: [...settings.certificates],
      idpIssuer: settings.issuer,
      issuer: entityIdOf(back),
      audience: entityIdOf(back),
      callbackUrl: back.href,
      identifierFormat: persistent,
      // How people prove themselves there is the provider's business.
      disableRequestedAuthnContext: true,
      signatureAlgorithm: 'sha256',
      wantAssertionsSigned: true,
      // One signed around the assertion as well is looked at, too; most sign the assertion alone.
      wantAuthnResponseSigned: false,
      acceptedClockSkewMs: SKEW_MS,
      maxAssertionAgeMs: OLDEST_MS,
      generateUniqueId: () => requestId,
      validateInResponseTo: ValidateInResponseTo.always,
      requestIdExpirationPeriodMs: ATTEMPT_MS,
      // The browser's own cookie is what remembers the request: there is one it can be an answer to.
      cacheProvider: {
        saveAsync: () => Promise.resolve(null),
        getAsync: (id) => Promise.resolve(id === requestId ? new Date().toISOString() : null),
        removeAsync: () => Promise.resolve(null),
      },
    });
  };
  const notProven = (error: unknown) => {
    report(error);
    return refused(
      'not-proven',
      error instanceof SamlStatusError
        ? `You were not let through at ${settings.name}. Try again, or sign in with your password.`
        : `${settings.name} did not prove who you are. Start again from here; if it happens again, tell whoever runs this server.`,
    );
  };
  return {
    ...{ kind: 'saml', issuer: settings.issuer, name: settings.name, back: '/sign-in/saml/back' },
    async addressFor(attempt, back) {
      const address = await clientFor(attempt, back).getAuthorizeUrlAsync('', undefined, {});
      return allowed(new URL(address));
    },
    async prove(attempt, back, answer) {
      try {
        if (answer.length > LONGEST) throw new Error('The answer is too long.');
        refuseOddXml(Buffer.from(answer, 'base64').toString('utf8'));
        const { profile } = await clientFor(attempt, back).validatePostResponseAsync({
          SAMLResponse: answer,
        });
        const read = readAssertion(profile?.getAssertion?.(), {
          ...{
            issuer: settings.issuer,
            requestId: requestIdOf(attempt),
            recipient: back.href,
            now: Date.now(),
          },
        });
        if (!read.ok) {
          const refusal = notProven(new Error(read.refusal.message));
          return read.refusal.code === 'not-persistent' ? read : refusal;
        }
        if (!(await take({ issuer: settings.issuer, ...read.value.once }))) {
          throw new Error('The assertion was taken before.');
        }
        return allowed(read.value.identity);
      } catch (error) {
        return notProven(error);
      }
    },
    metadata: (back) =>
      generateServiceProviderMetadata({
        ...{ issuer: entityIdOf(back), callbackUrl: back.href, identifierFormat: persistent },
        wantAssertionsSigned: true,
      }),
  };
}
