import { isIP } from 'node:net';

/** Where passkeys are made and used: the exact origin, and the host they belong to (the relying party's id). */
export interface Place {
  readonly origin: string;
  readonly host: string;
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '');

/**
 * The place of an origin; null where browsers know no passkeys: over plain http to another machine, and at an address of
 * numbers, which is nobody's name.
 */
export function placeOf({ protocol, hostname, origin }: URL): Place | null {
  if (isIP(bare(hostname)) !== 0) return null;
  if (protocol !== 'https:' && hostname !== 'localhost') return null;
  return { origin, host: hostname };
}

/** What to do where there is no place. */
export function whyNot({ protocol, hostname, port }: URL): string {
  if (bare(hostname) === '127.0.0.1' || bare(hostname) === '::1') {
    const here = `${protocol}//localhost${port === '' ? '' : `:${port}`}`;
    return `Browsers use passkeys at names only, not at ${hostname}. Open ${here} instead.`;
  }
  return isIP(bare(hostname)) !== 0
    ? `Browsers use passkeys at names only, not at ${hostname}. Ask whoever runs this server to give it a name.`
    : 'Browsers use passkeys over https only. Ask whoever runs this server to set ORIGIN to an https address.';
}
