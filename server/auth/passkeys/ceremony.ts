import { generateKeyPairSync } from 'node:crypto';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { attemptMs } from './attempts.ts';
import type { Place } from './place.ts';
import type { readMade, readSigned } from './read-response.ts';

// The library is loaded when somebody first uses a passkey, so that starting waits for nobody.
const library = () => import('@simplewebauthn/server');

/** Ed25519, ECDSA with P-256, RSA: what devices have today. */
const algorithms = [-8, -7, -257];

/** What is kept of a passkey that was made. */
export interface MadePasskey {
  readonly credentialId: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
}

/** What a browser is told to make: found without an address, and only after its person was verified. */
export async function creationOptions(
  place: Place,
  challenge: string,
  whose: { readonly handle: string; readonly email: string; readonly name: string },
  known: readonly { readonly credentialId: string; readonly transports: readonly string[] }[],
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: 'Throughline',
    rpID: place.host,
    userID: toBytes(whose.handle),
    userName: whose.email,
    userDisplayName: whose.name,
    challenge: toBytes(challenge),
    timeout: attemptMs,
    // Which make a device is of is nothing to us.
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: known.map((it) => ({ id: it.credentialId, transports: [...it.transports] })),
    supportedAlgorithmIDs: algorithms,
  });
}

/** What a browser is told to sign: with any passkey it has for this place. */
export async function requestOptions(
  place: Place,
  challenge: string,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await library();
  return generateAuthenticationOptions({
    rpID: place.host,
    challenge: toBytes(challenge),
    timeout: attemptMs,
    userVerification: 'required',
  });
}

/** The passkey that was made; a text says why the answer proves none. */
export async function checkMade(
  place: Place,
  { response, challenge }: NonNullable<ReturnType<typeof readMade>>,
): Promise<MadePasskey | string> {
  const { verifyRegistrationResponse } = await library();
  try {
    const checked = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: place.origin,
      expectedRPID: place.host,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    });
    if (!checked.verified) return 'not verified';
    const { id, publicKey, counter } = checked.registrationInfo.credential;
    return { credentialId: id, publicKey, counter };
  } catch (error) {
    return reasonOf(error);
  }
}

/**
 * How often the passkey has signed, proven by its signature; a text says why the answer proves nothing. Without a key a
 * decoy is asked, so that an unknown passkey takes as long as a wrong signature.
 */
export async function checkSigned(
  place: Place,
  { response, challenge }: NonNullable<ReturnType<typeof readSigned>>,
  publicKey: Uint8Array | null,
): Promise<number | string> {
  const { verifyAuthenticationResponse } = await library();
  try {
    const checked = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: place.origin,
      expectedRPID: place.host,
      requireUserVerification: true,
      // The count is compared by the caller: here it would be believed before its signature was.
      credential: { id: response.id, publicKey: new Uint8Array(publicKey ?? decoy()), counter: 0 },
    });
    const proven = checked.verified && publicKey !== null;
    return proven ? checked.authenticationInfo.newCounter : 'wrong signature';
  } catch (error) {
    return reasonOf(error);
  }
}

/** The library says with an exception what is wrong with an answer. Parts of it are the far end's own words. */
const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message.slice(0, 200) : 'unknown';

const toBytes = (base64url: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(base64url, 'base64url'));

let decoyKey: Uint8Array | null = null;
/** A public key nobody has the other half of, as COSE: a map of type, algorithm, curve and point. */
function decoy(): Uint8Array {
  if (decoyKey !== null) return decoyKey;
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
    format: 'jwk',
  });
  decoyKey = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ]);
  return decoyKey;
}
