import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as text that fits a URL and a cookie. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** 128 random bits: names something, opens nothing. */
export const newPublicId = (): string => randomBytes(16).toString('base64url');

/** What the database keeps of a secret. Plain SHA-256 is enough: 256 random bits can not be guessed, unlike passwords. */
export const hashSecret = (secret: string): Uint8Array => createHash('sha256').update(secret).digest();

/** Compares without telling by its time how much agrees. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b);
