import type { IncomingMessage } from 'node:http';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Auth, Viewer } from '../app.ts';

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
  origin: string | null,
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
  for (const cookie of sessionCookies(request.headers.cookie ?? '')) {
    const viewer = await auth.viewerOfCookie(cookie);
    if (viewer === null) continue;
    if (request.method !== 'GET' && request.method !== 'HEAD' && !isOwnPage(request, origin)) {
      return refused('cross-site', 'A page of another site may not change anything here with your sign-in.');
    }
    return allowed({ viewer, credential: cookie });
  }
  return allowed({ viewer: null, credential: '' });
}

function sessionCookies(header: string): readonly string[] {
  const found = new Map<string, string>();
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at > 0) found.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  return cookieNames.flatMap((name) => found.get(name) ?? []);
}

/**
 * True when the browser says that the request was made by a page of this very origin. `Origin` decides where it is sent;
 * a browser that sends none must at least say `Sec-Fetch-Site: same-origin`, which pages cannot forge.
 */
function isOwnPage(request: IncomingMessage, origin: string | null): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const from = request.headers.origin;
  if (from === undefined) return site === 'same-origin';
  if (origin !== null) return from === origin;
  const host = request.headers.host;
  return host !== undefined && (from === `http://${host}` || from === `https://${host}`);
}
