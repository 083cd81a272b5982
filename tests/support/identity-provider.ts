import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a provider says of somebody. */
export interface Claims {
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
}

/** An OpenID Connect provider on this machine that does what the standard asks, or lies as told. */
export interface TestProvider {
  readonly issuer: string;
  readonly settings: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string };
  /** Who is at the provider's own sign-in just now; null says no. */
  who: Claims | null;
  /** Overwrites what the ID token says, or how it is signed. */
  lie: { readonly claims?: Readonly<Record<string, unknown>>; readonly strangeKey?: boolean };
  /** While true every answer is 503. */
  away: boolean;
  /** What the provider answers to a browser that follows `address`: where it is sent back to. */
  visit(address: string): Promise<URL>;
  close(): Promise<void>;
}

interface Granted {
  readonly challenge: string;
  readonly nonce: string | null;
  readonly redirectUri: string;
  readonly claims: Claims;
}

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const clientId = 'throughline';
const clientSecret = 'a secret between the two';

export async function startProvider(): Promise<TestProvider> {
  const [own, strange] = [pair(), pair()];
  const grants = new Map<string, Granted>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', provider.issuer);
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (provider.away) return void json(503, { error: 'temporarily_unavailable' });
    if (url.pathname === '/.well-known/openid-configuration') return void json(200, about(provider.issuer));
    if (url.pathname === '/jwks') {
      return void json(200, {
        keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'own', alg: 'ES256' }],
      });
    }
    if (url.pathname === '/authorize') {
      return void response.writeHead(302, { location: authorize(url, provider, grants) }).end();
    }
    if (url.pathname !== '/token') return void json(404, {});
    void redeem(request, grants).then((granted) => {
      if (granted === null) return json(400, { error: 'invalid_grant' });
      const key = provider.lie.strangeKey === true ? strange.privateKey : own.privateKey;
      return json(200, {
        ...{ access_token: randomUUID(), token_type: 'Bearer', expires_in: 60 },
        id_token: idToken(provider, granted, key),
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: TestProvider = {
    ...{ issuer, settings: { issuer, clientId, clientSecret } },
    ...{ who: null, lie: {}, away: false },
    async visit(address) {
      const answer = await fetch(address, { redirect: 'manual' });
      return new URL(answer.headers.get('location') ?? '');
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return provider;
}

const about = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['ES256'],
  code_challenge_methods_supported: ['S256'],
});

function authorize(url: URL, provider: TestProvider, grants: Map<string, Granted>): string {
  const asked = url.searchParams;
  const back = new URL(asked.get('redirect_uri') ?? '');
  back.searchParams.set('state', asked.get('state') ?? '');
  if (provider.who === null) back.searchParams.set('error', 'access_denied');
  else {
    const code = randomUUID();
    const [challenge, nonce] = [asked.get('code_challenge') ?? '', asked.get('nonce')];
    const redirectUri = asked.get('redirect_uri') ?? '';
    grants.set(code, { challenge, nonce, redirectUri, claims: provider.who });
    back.searchParams.set('code', code);
  }
  return back.href;
}

/** The grant of a code, once, for whoever proves to have begun it and to be the client. */
async function redeem(request: IncomingMessage, grants: Map<string, Granted>): Promise<Granted | null> {
  const asked = new URLSearchParams(await text(request));
  const granted = grants.get(asked.get('code') ?? '');
  grants.delete(asked.get('code') ?? '');
  const challenge = createHash('sha256')
    .update(asked.get('code_verifier') ?? '')
    .digest('base64url');
  const isClient = asked.get('client_id') === clientId && asked.get('client_secret') === clientSecret;
  const fits = granted?.challenge === challenge && granted.redirectUri === asked.get('redirect_uri');
  return granted !== undefined && fits && isClient ? granted : null;
}

function idToken(provider: TestProvider, granted: Granted, key: KeyObject): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    ...{ iss: provider.issuer, aud: clientId, iat: now, exp: now + 60 },
    ...(granted.nonce !== null && { nonce: granted.nonce }),
    ...granted.claims,
    ...provider.lie.claims,
  };
  const head = `${part({ alg: 'ES256', kid: 'own' })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(head), { key, dsaEncoding: 'ieee-p1363' });
  return `${head}.${signature.toString('base64url')}`;
}
