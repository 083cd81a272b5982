import { refused, type Fault, type Refusal } from '../outcome.ts';
import { isLocalDate } from '../rhythm/local-time.ts';
import type { LocalDate } from '../time.ts';

export type EntryRefused = { readonly ok: false; readonly refusal: Refusal };

/** Refuses for all faults at once, or null when there are none. */
export function refuseFaults(faults: readonly (Fault | null)[]): EntryRefused | null {
  const found = faults.filter((fault) => fault !== null);
  const first = found[0];
  if (first === undefined) return null;
  const more = found.length === 1 ? '' : ` And ${found.length - 1} more.`;
  return refused('invalid', `${first.message}${more}`, { path: first.path, faults: found });
}

/** A text that must say something. */
export function missing(path: string, text: string, message: string): Fault | null {
  return text.trim() === '' ? { path, message } : null;
}

/** A day, when one is given. */
export function badDay(path: string, day: LocalDate | null | undefined): Fault | null {
  if (day === null || day === undefined || isLocalDate(day)) return null;
  return { path, message: 'Give a day, like 2026-09-30.' };
}

/** A whole number within bounds, when one is given. */
export function badNumber(
  path: string,
  value: number | null | undefined,
  { least, most, what }: { readonly least: number; readonly most: number; readonly what: string },
): Fault | null {
  if (value === null || value === undefined) return null;
  if (Number.isInteger(value) && value >= least && value <= most) return null;
  return { path, message: `${what} is a whole number from ${least} to ${most}.` };
}

/** The fields of a change that differ from what stands, so that what is said twice is written once. */
export function differing<T extends object>(before: T, change: Partial<T>): Partial<T> {
  const entries = Object.entries(change).filter(
    ([name, value]) => value !== undefined && plain(value) !== plain(Reflect.get(before, name) ?? null),
  );
  return Object.fromEntries(entries) as Partial<T>;
}

/** As text, whatever the order of fields: a database keeps them in its own. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (_, it: unknown) =>
    typeof it === 'object' && it !== null && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).sort(([one], [other]) => (one < other ? -1 : 1)))
      : it,
  );
