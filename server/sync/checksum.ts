import { hash } from 'node:crypto';

export const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

/** True when `bytes` are what was stored under this checksum. */
export const matches = (bytes: Uint8Array, sum: Uint8Array): boolean =>
  Buffer.compare(sha256(bytes), sum) === 0;
