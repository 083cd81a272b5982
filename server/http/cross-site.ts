import type { IncomingMessage } from 'node:http';
import { readCookies } from './cookies.ts';
import type { OriginPolicy } from './origin-policy.ts';

const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * True when a request that may change something comes from another site (trust.md S1, CSRF). Browsers say so in
 * Sec-Fetch-Site; older ones only in Origin. A request with neither must not carry a cookie: then it is a script with
 * its own credentials, which no other site can make a browser send.
 */
export function comesFromElsewhere(request: IncomingMessage, policy: OriginPolicy): boolean {
  if (harmless.has(request.method ?? 'GET')) return false;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin';
  if (request.headers.origin !== undefined) return !policy.isOwnOrigin(request);
  return readCookies(request.headers.cookie).size > 0;
}
