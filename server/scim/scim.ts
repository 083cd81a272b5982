import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { allowed, refused, type Outcome, type Refusal } from '#domain/outcome.ts';
import { parseJson } from '../api/parse-input.ts';
import { createRateLimit } from '../api/rate-limit.ts';
import { readBody } from '../api/read-body.ts';
import { bodyLimits } from '../api/route.ts';
import { answerScim } from './calls.ts';
import type { ScimDeps } from './deps.ts';
import { toScimError } from './errors.ts';
import { holderOfScimToken } from './tokens.ts';

export interface ScimSettings {
  /** The origin people reach the server under; addresses of resources begin with it. */
  originOf(request: IncomingMessage): URL | null;
  /** Address of the other end, proxies considered. */
  addressOf(request: IncomingMessage): string;
  /** Told of every exception, with the id that the caller was given. */
  failed(error: unknown, about: { id: string; method: string; path: string }): void;
}

const prefix = '/scim/v2';

/**
 * Provisioning by an organisation's directory (SCIM 2.0) as a request listener: answers true for what it took, all below
 * /scim/v2. A token is all that opens it: no cookie does, so no other site can make a browser send anything that counts.
 */
export function createScim(
  parts: ScimDeps,
  settings: ScimSettings,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const rateLimit = createRateLimit();

  async function serve(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const method = request.method ?? 'GET';
    // Whoever has no good token gets one answer, whatever is asked for.
    const token = /^Bearer +(\S{1,200}) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const holder = await holderOfScimToken(parts, token);
    const rate = await rateLimit.spend(
      holder === null ? 'stranger' : method === 'GET' ? 'reading' : 'writing',
      holder?.tokenId ?? settings.addressOf(request),
    );
    if (!rate.ok) {
      response.setHeader('retry-after', String(rate.waitSeconds));
      return send(response, rate.refusal);
    }
    if (holder === null) {
      response.setHeader('www-authenticate', 'Bearer');
      return send(
        response,
        refused('not-signed-in', 'Send a token of Settings, Provisioning: Authorization: Bearer scim_...')
          .refusal,
      );
    }
    const read = await readBody(request, bodyLimits.ordinary);
    if (!read.ok) {
      response.setHeader('connection', 'close');
      return send(response, read.refusal);
    }
    const body = readJsonBody(request, read.value);
    if (!body.ok) return send(response, body.refusal);
    const outcome = await answerScim(parts, {
      ...{ method, body: body.value, query: url.searchParams, actor: holder.actor },
      path: url.pathname.slice(prefix.length).split('/').filter(Boolean),
      base: `${settings.originOf(request)?.origin ?? ''}${prefix}`,
    });
    if (!outcome.ok) return send(response, outcome.refusal);
    const { status, body: resource } = outcome.value;
    const location = (resource?.['meta'] as { location?: string } | undefined)?.location;
    if (status === 201 && location !== undefined) response.setHeader('location', location);
    write(response, status, resource);
  }

  return (request, response) => {
    const url = URL.parse(request.url ?? '/', 'http://throughline.invalid');
    if (url === null || (url.pathname !== prefix && !url.pathname.startsWith(`${prefix}/`))) return false;
    serve(request, response, url).catch((error: unknown) => {
      const id = randomUUID();
      settings.failed(error, { id, method: request.method ?? '', path: url.pathname });
      if (response.headersSent) return void response.end();
      const words = `Something went wrong on this server. Its log has more under ${id}.`;
      send(response, refused('internal', words).refusal);
    });
    return true;
  };
}

/** Directories send application/scim+json, or application/json. */
function readJsonBody(request: IncomingMessage, bytes: Buffer): Outcome<unknown> {
  if (bytes.length === 0) return allowed(null);
  if (!/^application\/(scim\+)?json\b/i.test(request.headers['content-type'] ?? '')) {
    return refused('not-json', 'Send the body as Content-Type: application/scim+json.');
  }
  return parseJson(bytes.toString('utf8'));
}

function send(response: ServerResponse, refusal: Refusal): void {
  const { status, body } = toScimError(refusal);
  write(response, status, body);
}

function write(response: ServerResponse, status: number, body: object | null): void {
  response.statusCode = status;
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  if (body === null) return void response.end();
  response.setHeader('content-type', 'application/scim+json; charset=utf-8');
  response.end(JSON.stringify(body));
}
