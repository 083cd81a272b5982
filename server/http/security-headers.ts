import type { ServerResponse } from 'node:http';

/** Paths whose address itself is a secret: it must not travel in a Referer, nor into a search engine. */
const secretPath = /^\/(?:(?:invite|check-in)\/|guest(?:\/|$))/;

/** Sets what every answer carries; SvelteKit adds the Content-Security-Policy with its nonce to pages. */
export function setSecurityHeaders(response: ServerResponse, path: string, secure: boolean): void {
  const secret = secretPath.test(path);
  // Pages hold private things: not kept by proxies, asked for anew after signing out. Static files say otherwise themselves.
  response.setHeader('cache-control', 'private, no-cache');
  response.setHeader('x-content-type-options', 'nosniff');
  // Not `no-referrer`: under it a browser posts the page's own form with `Origin: null`, which is refused as foreign.
  response.setHeader('referrer-policy', secret ? 'strict-origin' : 'same-origin');
  response.setHeader('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('x-frame-options', 'SAMEORIGIN');
  if (secret) response.setHeader('x-robots-tag', 'noindex, nofollow');
  if (secure) response.setHeader('strict-transport-security', 'max-age=31536000');
}
