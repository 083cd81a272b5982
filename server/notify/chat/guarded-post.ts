import { lookup as dnsLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { request as plainRequest, Agent as PlainAgent, type IncomingMessage } from 'node:http';
import { request as tlsRequest, Agent as TlsAgent } from 'node:https';
import { RequestFilteringHttpsAgent } from 'request-filtering-agent';

/** What became of a post. `unknown`: it had begun to leave when the line broke. `refused`: it was answered, so it is not there. */
export type Posted =
  | { readonly kind: 'sent' }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly retryAfterMs: number | null;
      readonly reason: string;
    }
  | { readonly kind: 'unreached'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface PostOptions {
  readonly headers: Readonly<Record<string, string>>;
  /** Hosts that are let be reached wherever they are, as `host` or `host:port`. */
  readonly allowedHosts: readonly string[];
  readonly timeoutMs?: number;
  /** For tests. */
  readonly lookup?: LookupFunction;
}

/** Bytes of an answer; nothing of it is used but its number. */
const largestAnswer = 1024 * 1024;

/** Networks that the library takes for public, and that lead elsewhere: local NAT64, discard, site-local, IETF's own. */
const alsoDenied = new BlockList();
for (const [net, bits] of [
  ...([
    ['::', 96],
    ['64:ff9b:1::', 48],
    ['100::', 64],
    ['fec0::', 10],
    ['2001::', 23],
  ] as const),
  ...([
    ['5f00::', 16],
    ['3fff::', 20],
  ] as const),
] as const) {
  alsoDenied.addSubnet(net, bits, 'ipv6');
}
alsoDenied.addSubnet('192.88.99.0', 24, 'ipv4');

const notAllowed = (): Error => new Error('This address is not allowed.');
const isDenied = (address: string): boolean =>
  isIP(address) !== 0 && alsoDenied.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');

/** Looks a name up as usual, and knows nothing of an address in a network that is denied. */
const guarded =
  (lookup: LookupFunction): LookupFunction =>
  (name, options, done) => {
    lookup(name, options, (error, found, family) => {
      const addresses = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
      if (error === null && addresses.some(isDenied)) done(notAllowed(), '', 0);
      else done(error, found, family);
    });
  };

/** The address to post to, or why it is none: https to anybody, http to hosts that were let. */
export function readAddress(text: string, allowedHosts: readonly string[]): URL | string {
  if (text.length > 2_000 || !URL.canParse(text))
    return 'This is no address: paste it whole, beginning with https://.';
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isAllowed(url, allowedHosts))) {
    return 'Only an address that begins with https:// is posted to.';
  }
  if (url.username !== '' || url.password !== '')
    return 'The address holds a name or a password, which is not sent.';
  return url;
}

export const isAllowed = ({ hostname, host }: URL, allowedHosts: readonly string[]): boolean =>
  allowedHosts.some((it) => it.toLowerCase() === hostname || it.toLowerCase() === host);

/**
 * Posts JSON to an address that somebody gave. The name is looked up once, every address it has is checked, and the
 * connection goes to one that was: nothing inside this network is reached by it unless it was let. No redirect is followed.
 */
export function guardedPost(address: string, body: string, options: PostOptions): Promise<Posted> {
  const { headers, allowedHosts, timeoutMs = 5_000, lookup = dnsLookup } = options;
  const url = readAddress(address, allowedHosts);
  if (typeof url === 'string') return Promise.resolve({ kind: 'unreached', reason: url });
  const secure = url.protocol === 'https:';
  const isLet = isAllowed(url, allowedHosts);
  if (!isLet && isDenied(url.hostname.replace(/^\[|\]$/g, ''))) {
    return Promise.resolve({ kind: 'unreached', reason: reasonOf(notAllowed(), timeoutMs) });
  }
  const agent = isLet
    ? new (secure ? TlsAgent : PlainAgent)({ keepAlive: false, lookup })
    : new RequestFilteringHttpsAgent({ keepAlive: false, lookup: guarded(lookup) });
  return new Promise((resolve) => {
    let leaving = false;
    const request = (secure ? tlsRequest : plainRequest)(url, {
      ...{ method: 'POST', agent, signal: AbortSignal.timeout(timeoutMs) },
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Throughline',
        ...headers,
      },
    });
    const settle = (posted: Posted): void => {
      resolve(posted);
      request.destroy();
      agent.destroy();
    };
    request.on('socket', (socket) =>
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        leaving = true;
      }),
    );
    request.on('error', (error) =>
      settle({ kind: leaving ? 'unknown' : 'unreached', reason: reasonOf(error, timeoutMs) }),
    );
    request.on('response', (response) => {
      readAway(response, () => settle(verdictOn(response)));
    });
    request.end(body);
  });
}

/** Reads an answer to its end, as far as it is not too long. */
function readAway(response: IncomingMessage, done: () => void): void {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > largestAnswer) done();
  });
  response.on('end', done);
  response.on('error', done);
}

function verdictOn({ statusCode: status = 0, headers }: IncomingMessage): Posted {
  if (status >= 200 && status < 300) return { kind: 'sent' };
  const redirects = status >= 300 && status < 400;
  const gone = status === 404 || status === 410;
  const reason = redirects
    ? `It answered ${status}, which points to another address; give that address itself.`
    : gone
      ? `It answered ${status}: there is no such webhook any more.`
      : `It answered ${status}.`;
  return { kind: 'refused', status, retryAfterMs: retryAfter(headers['retry-after']), reason };
}

/** Seconds, or a day and time; an hour at most. */
function retryAfter(text: string | undefined): number | null {
  if (text === undefined) return null;
  const ms = /^\d{1,6}$/.test(text.trim()) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 1_000), 3_600_000) : null;
}

/** What kept it from arriving, without the address: it stands on a page and in the log. */
function reasonOf(error: Error & { readonly code?: string }, timeoutMs: number): string {
  if (/is not allowed/.test(error.message)) {
    return 'It leads into a private network. An administrator of the server lets hosts there be reached (WEBHOOK_ALLOWED_HOSTS).';
  }
  if (error.name === 'TimeoutError' || error.name === 'AbortError') {
    return `It did not answer within ${timeoutMs / 1_000} seconds.`;
  }
  return `It could not be reached (${error.code ?? 'unknown reason'}).`;
}
