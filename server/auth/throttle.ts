import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { refused, type Outcome } from '#domain/outcome.ts';

const TRIES = 10;
const SECONDS = 15 * 60;

/** Counts tries with a password, per account and per address (trust.md P S7). A right one gives its try back. */
export interface Throttle {
  /** Takes one try of both; refuses when either has none left, also for the right password. */
  takeTry(account: string, address: string): Promise<Outcome<true, 'too-many-requests'>>;
  /** The password was right: the account starts afresh, the address gets this try back. */
  giveBack(account: string, address: string): Promise<void>;
}

export function makeThrottle(): Throttle {
  const accounts = new RateLimiterMemory({ points: TRIES, duration: SECONDS, keyPrefix: 'account' });
  const addresses = new RateLimiterMemory({ points: TRIES, duration: SECONDS, keyPrefix: 'address' });
  return {
    async takeTry(account, address) {
      try {
        await addresses.consume(network(address));
        await accounts.consume(account);
        return { ok: true, value: true };
      } catch (fault) {
        if (!(fault instanceof RateLimiterRes)) throw fault;
        const minutes = Math.max(1, Math.ceil(fault.msBeforeNext / 60_000));
        return refused(
          'too-many-requests',
          `Too many tries. Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, then try again.`,
        );
      }
    },
    async giveBack(account, address) {
      await accounts.delete(account);
      await addresses.reward(network(address));
    },
  };
}

/** One customer holds a whole /64 of IPv6 addresses: they count as one. */
export function network(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = address.split('::', 2);
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const groups = address.includes('::')
    ? [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'), ...right]
    : left;
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
