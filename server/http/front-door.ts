import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Application } from '../app.ts';
import { withLogFields, type Log } from '../log.ts';
import { cookieStyle } from './cookies.ts';
import { comesFromElsewhere } from './cross-site.ts';
import { withRequest, type CurrentRequest } from './current-request.ts';
import type { OriginPolicy } from './origin-policy.ts';
import { describeRequest } from './request-id.ts';
import { setSecurityHeaders } from './security-headers.ts';

/** Private names, always overwritten here, under which adapter-node reads what the origin policy found. */
export const adapterHeaders = {
  PROTOCOL_HEADER: 'x-throughline-protocol',
  HOST_HEADER: 'x-throughline-host',
  ADDRESS_HEADER: 'x-throughline-address',
} as const;

export type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

export interface FrontDoorParts {
  readonly policy: OriginPolicy;
  readonly log: Log;
  readonly notReady: Application['notReady'];
  /** Answers a request of the API, or returns false. */
  readonly api: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Counts what was answered and shows the figures; null: there are none to be had. */
  readonly metrics?: {
    answer(request: IncomingMessage, response: ServerResponse): void;
    requestAnswered(status: number, ms: number): void;
  } | null;
}

/** Everything before SvelteKit, the same in production and development: health, host, origin, headers, API. */
export function makeFrontDoor(parts: FrontDoorParts): Handler {
  return (request, response, next) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const fields = describeRequest(request, path);
    response.setHeader('x-request-id', fields.request);
    withLogFields(fields, () => pass(parts, path, request, response, next));
  };
}

function pass(
  { policy, log, notReady, api, metrics }: FrontDoorParts,
  path: string,
  ...[request, response, next]: Parameters<Handler>
): void {
  if (path === '/healthz') return answer(response, 200, 'alive');
  if (path === '/readyz') return void answerReadiness(response, notReady, log);
  if (path === '/metrics') {
    return metrics ? metrics.answer(request, response) : answer(response, 404, 'Not found.');
  }
  const origin = policy.originOf(request);
  if (origin === null) {
    const host = JSON.stringify(request.headers.host ?? '');
    return answer(
      response,
      421,
      `This server does not answer under the name ${host}. Set ORIGIN to the address people use.`,
    );
  }
  setSecurityHeaders(response, path, origin.protocol === 'https:');
  const address = policy.addressOf(request);
  request.headers[adapterHeaders.PROTOCOL_HEADER] = origin.protocol.slice(0, -1);
  request.headers[adapterHeaders.HOST_HEADER] = origin.host;
  request.headers[adapterHeaders.ADDRESS_HEADER] = address;
  const startedAt = performance.now();
  response.once('finish', () => {
    const ms = Math.round(performance.now() - startedAt);
    metrics?.requestAnswered(response.statusCode, ms);
    log[response.statusCode >= 500 ? 'error' : 'debug'](
      { method: request.method, path: hideSecrets(path), status: response.statusCode, ms },
      'request',
    );
  });
  // The API answers for itself whom it lets change things: tokens come from anywhere.
  if (api(request, response)) return;
  if (comesFromElsewhere(request, policy)) {
    return answer(
      response,
      403,
      'This request came from another site and was refused. Open the page itself and try again.',
    );
  }
  const reportFailure: CurrentRequest['reportFailure'] = (error, about) =>
    log.error({ err: error, ...about }, 'a page failed');
  withRequest({ request, address, cookie: cookieStyle(origin), reportFailure }, next);
}

/** An invite, check-in link or calendar address is a credential: its path must not stand in a log. */
const hideSecrets = (path: string): string => path.replace(/^(\/(?:invite|check-in|calendar)\/).+/, '$1...');

async function answerReadiness(
  response: ServerResponse,
  notReady: Application['notReady'],
  log: Log,
): Promise<void> {
  const reason = await notReady().catch((error: unknown) => {
    log.error({ err: error }, 'readiness could not be told');
    return 'readiness could not be told';
  });
  answer(response, reason === null ? 200 : 503, reason ?? 'ready');
}

/** A short plain answer. */
export function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${text}\n`);
}
