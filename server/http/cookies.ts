/** Name and attributes of the sign-in cookie. */
export interface CookieStyle {
  readonly name: '__Host-session' | 'session';
  readonly secure: boolean;
}

/**
 * `__Host-` keeps other hosts and paths from planting the cookie, but browsers take it only over https or on loopback.
 * Elsewhere over plain http it is an ordinary one, and pages warn.
 */
export const cookieStyle = (origin: URL): CookieStyle =>
  origin.protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(origin.hostname)
    ? { name: '__Host-session', secure: true }
    : { name: 'session', secure: false };

/** All cookies of a header; of equal names the first, as browsers send the most specific first. */
export function readCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at < 1) continue;
    const name = part.slice(0, at).trim();
    if (!cookies.has(name)) cookies.set(name, part.slice(at + 1).trim());
  }
  return cookies;
}
