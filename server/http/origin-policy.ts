import type { IncomingMessage } from 'node:http';
import type { BlockList } from 'node:net';
import { isIP } from 'node:net';
import { isLoopbackHost } from '../config.ts';

/** As much of a request as its headers tell. */
export type Headed = Pick<IncomingMessage, 'headers'>;

/** Under which names this server answers, and whom it believes about the far end. One for pages, API and sockets. */
export interface OriginPolicy {
  /** The origin a request belongs to, from its Host; null when the server does not answer under that name (421). */
  originOf(request: Headed): URL | null;
  /** True when the Origin header is the request's own origin. */
  isOwnOrigin(request: Headed): boolean;
  /** Address of the far end: the socket's, or what a trusted proxy says. */
  addressOf(request: IncomingMessage): string;
  /** True when this request was made on this machine and passed no proxy (architecture.md A5, set-up). */
  isLocal(request: IncomingMessage): boolean;
}

const forwardingHeaders = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
];

/** Names, addresses and ports; nothing a URL would take for a user, a path or a fragment. */
const hostShape = /^[a-z0-9.:[\]_-]+$/i;

/** `origin` null: only loopback names are answered, on any port (a tunnel may use another one). */
export function makeOriginPolicy(origin: URL | null, trustedProxies: BlockList): OriginPolicy {
  const originOf = (request: Headed): URL | null => {
    const host = request.headers.host ?? '';
    const text = `${origin?.protocol ?? 'http:'}//${host}`;
    if (!hostShape.test(host) || !URL.canParse(text)) return null;
    const asked = new URL(text);
    if (origin !== null) return asked.host === origin.host ? origin : null;
    return isLoopbackHost(asked.hostname) ? asked : null;
  };
  return {
    originOf,
    isOwnOrigin: (request) => {
      const own = originOf(request);
      return own !== null && request.headers.origin === own.origin;
    },
    addressOf: (request) => farEnd(request, trustedProxies),
    isLocal: (request) => {
      const named = `http://${request.headers.host ?? ''}`;
      return (
        isLoopbackAddress(socketAddress(request)) &&
        forwardingHeaders.every((header) => request.headers[header] === undefined) &&
        URL.canParse(named) &&
        isLoopbackHost(new URL(named).hostname)
      );
    },
  };
}

/** Walks X-Forwarded-For from the right and stops at the first address that is not a trusted proxy. */
function farEnd(request: IncomingMessage, trusted: BlockList): string {
  let address = socketAddress(request);
  const forwarded = request.headers['x-forwarded-for'];
  const chain = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',');
  for (const part of chain.reverse()) {
    if (!isTrusted(address, trusted)) return address;
    const next = part.trim();
    if (isIP(next) === 0) return address;
    address = next;
  }
  return address;
}

const isTrusted = (address: string, trusted: BlockList): boolean => {
  const version = isIP(address);
  return version !== 0 && trusted.check(address, version === 4 ? 'ipv4' : 'ipv6');
};

/** The socket's address, IPv4 mapped into IPv6 written as IPv4. */
const socketAddress = (request: IncomingMessage): string =>
  (request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, '');

const isLoopbackAddress = (address: string): boolean => address === '::1' || address.startsWith('127.');
