import { createHmac, randomBytes } from 'node:crypto';

const begins = 'whsec_';

/** A secret as the Standard Webhooks specification writes it. */
export const newWebhookSecret = (): string => `${begins}${randomBytes(24).toString('base64')}`;

/** Headers by which a receiver knows that a post is ours, that it is of now, and whether it had it already. */
export function signWebhook(
  secret: string,
  { id, at, body }: { readonly id: string; readonly at: number; readonly body: string },
): Readonly<Record<string, string>> {
  const seconds = String(Math.floor(at / 1_000));
  const key = Buffer.from(secret.slice(begins.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` };
}
