import { randomInt } from 'node:crypto';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A new random token for record ids: 14 letters and digits, 72 bits, short because documents hold thousands. */
export const mintToken = (): string =>
  Array.from({ length: 14 }, () => letters.charAt(randomInt(letters.length))).join('');
