import { hash, verify } from '@node-rs/argon2';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { isGuessable } from './guessable.ts';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane (trust.md S1). */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const current = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`;

const SHORTEST = 8;
const LONGEST = 256;

/** Equal looking passwords typed on different keyboards are the same bytes. */
const normalise = (password: string): string => password.normalize('NFC');

/** Is this good enough? Length counts, not its mixture of characters; no rule asks for symbols (ASVS 6.2). */
export function checkPassword(password: string, known: readonly string[]): Outcome<string, 'weak-password'> {
  const text = normalise(password);
  const length = [...text].length;
  const refuse = (message: string) => refused('weak-password', message, { path: 'password' });
  if (length < SHORTEST)
    return refuse(`The password has ${length} characters; use at least ${SHORTEST}, better 15.`);
  if (length > LONGEST) return refuse(`The password has ${length} characters; use at most ${LONGEST}.`);
  const folded = text.toLowerCase();
  if (isGuessable(folded)) {
    return refuse(
      'This password is one of those tried first by attackers. Use another one, such as four words.',
    );
  }
  if (known.some((word) => word !== '' && folded === word.toLowerCase())) {
    return refuse('The password is your own name, address or organisation. Use another one.');
  }
  return allowed(text);
}

export const hashPassword = (password: string): Promise<string> => hash(normalise(password), cost);

/** Checked when there is nothing to check against, so that an unknown address takes as long as a wrong password. */
let decoy: Promise<string> | null = null;

/** True when the password fits; takes equally long when there is no hash. Never throws on a malformed one. */
export async function fitsPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const fits = await verify(stored ?? (await decoy), normalise(password)).catch(() => false);
  return fits && stored !== null;
}

/** True when a stored hash was made with other costs than today's and should be made anew at sign-in. */
export const isOutdated = (stored: string): boolean => !stored.startsWith(current);
