import { z } from 'zod';
import { allowed, refused, type Fault, type Outcome } from '#domain/outcome.ts';
import { isTimeZone } from './time-zone.ts';

/** Signs that are no text: control characters, and halves of signs, which no database keeps as they came. */
const noText = /[\p{Cc}\p{Cs}]/u;

/** A line of text: no control characters, no blank ends, of sane length. */
export const line = (what: string, most: number) =>
  z
    .string({ error: `Write ${what}.` })
    .trim()
    .min(1, `Write ${what}.`)
    .max(most, `Use at most ${most} characters for ${what}.`)
    .refine((text) => !noText.test(text), `Leave out line breaks and control characters in ${what}.`);

/** Only what surely is no address is refused; the mailbox itself is the real test. */
export const email = z
  .string({ error: 'Write an e-mail address.' })
  .trim()
  .max(254, 'This e-mail address is too long.')
  .regex(
    /^[^\s@"<>]+@[^\s@"<>]+\.[^\s@"<>.]+$|^[^\s@"<>]+@localhost$/,
    'Write an e-mail address such as ana@example.org.',
  )
  .refine((text) => !noText.test(text), 'Leave out control characters in the e-mail address.');

/** Checked for strength elsewhere; here only that it is text of a length that can be hashed. */
export const password = z
  .string({ error: 'Write a password.' })
  .min(1, 'Write a password.')
  .max(1024, 'This password is too long.');

export const timezone = z.string().refine(isTimeZone, 'Use a time zone such as Europe/Berlin.');
export const weekStart = z
  .number()
  .int('Use 1 (Monday) to 7 (Sunday).')
  .min(1, 'Use 1 (Monday) to 7 (Sunday).')
  .max(7, 'Use 1 (Monday) to 7 (Sunday).');
export const fiscalStartMonth = z
  .number()
  .int('Use a month from 1 to 12.')
  .min(1, 'Use a month from 1 to 12.')
  .max(12, 'Use a month from 1 to 12.');

/** Parses an input; a refusal names every fault with its field. */
export function parse<T extends z.ZodType>(shape: T, input: unknown): Outcome<z.output<T>, 'invalid-input'> {
  const parsed = shape.safeParse(input);
  if (parsed.success) return allowed(parsed.data);
  const faults: Fault[] = parsed.error.issues.map((issue) => ({
    path: issue.path.join('.'),
    message: issue.message,
  }));
  const [first] = faults;
  return refused('invalid-input', first?.message ?? 'This input is not right.', {
    path: first?.path ?? '',
    faults,
  });
}
