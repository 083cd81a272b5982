import type { IncomingMessage } from 'node:http';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Auth, Viewer } from '../app.ts';
import { readCookies } from '../http/cookies.ts';

/** Names the sign-in cookie may have: with the `__Host-` prefix on https and loopback, plain over other http. */
const cookieNames = ['__Host-session', 'session'] as const;

export interface Caller {
  /** null when nothing was presented. */
  readonly viewer: Viewer | null;
  /** The token or cookie as presented; '' for none. Keeps answers of one caller from another. */
  readonly credential: string;
}

/**
 * Finds out who is calling: a bearer token, or the sign-in cookie of a page of ours. A token that is presented and wrong
 * is refused rather than ignored. A cookie may change things only when the request surely comes from one of our own pages
 * (trust.md S1 CSRF); a token may be used from anywhere, since no browser adds it by itself.
 */
export async function authenticate(
  request: IncomingMessage,
  auth: Pick<Auth, 'viewerOfBearer' | 'viewerOfCookie'>,
  isOwnOrigin: (request: IncomingMessage) => boolean,
): Promise<Outcome<Caller, 'not-signed-in' | 'cross-site'>> {
  const header = request.headers.authorization;
  if (header !== undefined) {
    const token = /^Bearer +(\S+) *$/i.exec(header)?.[1];
    const viewer = token === undefined ? null : await auth.viewerOfBearer(token);
    if (viewer === null || token === undefined) {
      return refused(
        'not-signed-in',
        'This token is not known, has expired or was revoked. Make a new one under Settings, API tokens.',
      );
    }
    return allowed({ viewer, credential: token });
  }
  const cookies = readCookies(request.headers.cookie);
  for (const cookie of cookieNames.flatMap((name) => cookies.get(name) ?? [])) {
    const viewer = await auth.viewerOfCookie(cookie);
    if (viewer === null) continue;
    if (request.method !== 'GET' && request.method !== 'HEAD' && !isOwnPage(request, isOwnOrigin)) {
      return refused('cross-site', 'A page of another site may not change anything here with your sign-in.');
    }
    return allowed({ viewer, credential: cookie });
  }
  return allowed({ viewer: null, credential: '' });
}

/**
 * True when the browser says that the request was made by a page of this very origin. A browser that sends no `Origin`
 * must at least say `Sec-Fetch-Site: same-origin`, which pages cannot forge.
 */
function isOwnPage(request: IncomingMessage, isOwnOrigin: (request: IncomingMessage) => boolean): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  return request.headers.origin === undefined ? site === 'same-origin' : isOwnOrigin(request);
}
