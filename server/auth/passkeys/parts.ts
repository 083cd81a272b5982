import { refused } from '#domain/outcome.ts';
import type { Log } from '../../log.ts';
import type { AccountParts } from '../accounts.ts';
import { placeOf, whyNot, type Place } from './place.ts';

/** What passkeys are given. */
export interface PasskeyParts extends AccountParts {
  /** What an operator may have to look into. */
  readonly log: Pick<Log, 'info' | 'warn'>;
}

/** Where the browser is, or why that is no place for passkeys. */
export function findPlace(origin: URL) {
  const place = placeOf(origin);
  return place === null ? refused('no-passkeys-here', whyNot(origin)) : ({ ok: true, value: place } as const);
}

/** The browser was somewhere else than it says, or is shown this server under another name. */
export const wrongOrigin = (place: Place) =>
  refused('wrong-origin', `Passkeys of this server work at ${place.origin} only. Open this page there.`);

export const noAttempt = () =>
  refused(
    'no-attempt',
    'This was not begun in this browser, or it took longer than five minutes. Try once more.',
  );
