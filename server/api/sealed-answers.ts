import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** An answer as it is kept: readable only with the caller's credential and key, since answers may hold tokens. */
export interface Seal {
  /** What the row is found by; the caller's key itself is not stored. */
  readonly key: string;
  /** Tells two bodies apart without letting a guessed password be tried against it. */
  readonly bodyHash: Uint8Array;
  seal(answer: unknown): string;
  open(sealed: string): unknown;
}

/**
 * Derives everything an Idempotency-Key needs from (credential, key, body). Bodies may hold passwords and answers fresh
 * tokens; only hashes of tokens may be stored (trust.md S1), so the answer is encrypted under a key that the database
 * does not have.
 */
export function sealFor(credential: string, idempotencyKey: string, body: Buffer): Seal {
  const secret = `${credential}\n${idempotencyKey}`;
  const cipherKey = Buffer.from(hkdfSync('sha256', secret, '', 'throughline idempotent answer', 32));
  return {
    key: createHash('sha256').update(secret).digest('base64url'),
    bodyHash: new Uint8Array(createHmac('sha256', secret).update(body).digest()),
    seal(answer) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', cipherKey, iv);
      const text = Buffer.concat([cipher.update(JSON.stringify(answer), 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', cipherKey, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
      return JSON.parse(text.toString('utf8')) as unknown;
    },
  };
}
