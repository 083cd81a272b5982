import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** The options of a server, as far as a device looks at them. */
interface Options {
  readonly challenge: string;
}
export interface CreationOptions extends Options {
  readonly rp: { readonly id?: string };
  readonly user: { readonly id: string };
  readonly excludeCredentials?: readonly { readonly id: string }[];
}
export interface RequestOptions extends Options {
  readonly rpId?: string;
}

/** What a device or a browser does otherwise than it should. */
export interface Lie {
  readonly origin?: string;
  readonly host?: string;
  readonly challenge?: string;
  readonly type?: string;
  /** Nobody was verified, or nobody was there. */
  readonly unverified?: true;
  readonly absent?: true;
  readonly counter?: number;
  readonly userHandle?: string | undefined;
  /** Signs with a key that is not the passkey's. */
  readonly strangeKey?: true;
  /** Says it is another passkey. */
  readonly id?: string;
  /** COSE number of the algorithm it says it made. */
  readonly algorithm?: number;
  /** Changed after it was signed. */
  readonly tampered?: true;
}

/** A device that holds one passkey, in software: P-256, and CBOR written by hand. */
export interface Authenticator {
  readonly id: string;
  /** What a browser sends after making it. */
  create(options: CreationOptions, lie?: Lie): unknown;
  /** What a browser sends after signing with it. */
  get(options: RequestOptions, lie?: Lie): unknown;
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();

export function makeAuthenticator(
  origin = 'https://plan.example.org',
  { counts = false, id = base64url(randomBytes(32)) }: { counts?: boolean; id?: string } = {},
): Authenticator {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let counter = 0;
  let handle: string | undefined;

  const clientData = (type: string, { challenge }: Options, lie: Lie): string =>
    base64url(
      Buffer.from(
        JSON.stringify({
          type: lie.type ?? type,
          challenge: lie.challenge ?? challenge,
          origin: lie.origin ?? origin,
          crossOrigin: false,
        }),
      ),
    );
  const head = (host: string, lie: Lie, attested: boolean): Buffer => {
    if (counts) counter += 1;
    const flags = (lie.absent ? 0 : 1) | (lie.unverified ? 0 : 4) | (attested ? 64 : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(lie.counter ?? counter);
    return Buffer.concat([sha256(lie.host ?? host), Buffer.of(flags), count]);
  };
  return {
    id,
    create(options, lie = {}) {
      handle = options.user.id;
      const rawId = Buffer.from(id, 'base64url');
      const length = Buffer.alloc(2);
      length.writeUInt16BE(rawId.length);
      const authData = Buffer.concat([
        head(options.rp.id ?? '', lie, true),
        ...[Buffer.alloc(16), length, rawId, coseKey(pair.publicKey, lie.algorithm ?? -7)],
      ]);
      const attestationObject = Buffer.concat([
        Buffer.of(0xa3),
        ...[text('fmt'), text('none'), text('attStmt'), Buffer.of(0xa0), text('authData'), bytes(authData)],
      ]);
      return {
        ...{ id: lie.id ?? id, rawId: lie.id ?? id, type: 'public-key', clientExtensionResults: {} },
        response: {
          clientDataJSON: clientData('webauthn.create', options, lie),
          attestationObject: base64url(attestationObject),
          transports: ['internal'],
        },
      };
    },
    get(options, lie = {}) {
      const clientDataJSON = clientData('webauthn.get', options, lie);
      const authenticatorData = head(options.rpId ?? '', lie, false);
      const signed = Buffer.concat([authenticatorData, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
      const key = lie.strangeKey
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
        : pair.privateKey;
      const signature = sign('sha256', signed, key);
      if (lie.tampered) authenticatorData.writeUInt32BE(4_000, 33);
      return {
        ...{ id: lie.id ?? id, rawId: lie.id ?? id, type: 'public-key', clientExtensionResults: {} },
        response: {
          clientDataJSON,
          authenticatorData: base64url(authenticatorData),
          signature: base64url(signature),
          userHandle: 'userHandle' in lie ? lie.userHandle : handle,
        },
      };
    },
  };
}

/** CBOR, as much as is needed: a text of less than 24 bytes, and bytes of up to 65535. */
const text = (value: string): Buffer => Buffer.concat([Buffer.of(0x60 | value.length), Buffer.from(value)]);
function bytes(value: Uint8Array): Buffer {
  const length = Buffer.of(0x59, value.length >> 8, value.length & 255);
  return Buffer.concat([length, value]);
}

/** COSE: type EC2, the algorithm, curve P-256, and the point. */
function coseKey(key: KeyObject, algorithm: number): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const negative = -1 - algorithm;
  const number = negative < 24 ? Buffer.of(0x20 | negative) : Buffer.of(0x38, negative);
  return Buffer.concat([
    ...[Buffer.of(0xa5, 0x01, 0x02, 0x03), number, Buffer.from('200121', 'hex'), Buffer.of(0x58, 0x20)],
    ...[Buffer.from(x, 'base64url'), Buffer.of(0x22, 0x58, 0x20), Buffer.from(y, 'base64url')],
  ]);
}
