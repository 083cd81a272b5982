import { fail, type ActionFailure } from '@sveltejs/kit';
import { z } from 'zod';
import type { Refusal } from '#domain/outcome.ts';
import type { FormAnswer } from '#lib/ui/form-answer.ts';
import { lookAgain } from './look-again.server.ts';

/** All posted fields, by name, in order; of a file its text. */
export type Posted = ReadonlyMap<string, readonly string[]>;

/** What came out of a form: its value, or the answer that refuses it. `refuse` and `done` write later answers. */
export type ReadForm<T> =
  | {
      readonly ok: true;
      readonly value: T;
      readonly posted: Posted;
      refuse(refusal: Refusal): ActionFailure<FormAnswer>;
      done(sentence: string, shown?: Readonly<Record<string, string>>): Promise<FormAnswer>;
    }
  | { readonly ok: false; readonly answer: ActionFailure<FormAnswer> };

/** Never sent back to the browser. */
const secretFields: ReadonlySet<string> = new Set(['password', 'current', 'next', 'token']);

/**
 * Reads a posted form by its schema. A field that came once is a string, several times a list. On a fault the answer
 * says what is wrong beside each field and carries back all that was typed, except secrets. A page with several forms
 * of one action names them by a field `form`.
 */
export async function readForm<S extends z.ZodType>(
  request: Request,
  name: string,
  schema: S,
): Promise<ReadForm<z.output<S>>> {
  const posted = new Map<string, string[]>();
  for (const [field, value] of await request.formData()) {
    const text = typeof value === 'string' ? value : await value.text();
    posted.set(field, [...(posted.get(field) ?? []), text]);
  }
  const form = posted.get('form')?.[0] ?? name;
  const typed = Object.fromEntries([...posted].filter(([field]) => !secretFields.has(field)));
  const refuse = (refusal: Refusal): ActionFailure<FormAnswer> =>
    fail(400, { form, message: refusal.message, faults: faultsOf(refusal), typed, done: null });
  const input = Object.fromEntries([...posted].map(([field, all]) => [field, all.length > 1 ? all : all[0]]));
  const read = schema.safeParse(input);
  if (!read.success) {
    const faults = read.error.issues.map((it) => ({ path: it.path.join('.'), message: it.message }));
    const message =
      faults.length > 1
        ? 'Some fields need another look.'
        : (faults[0]?.message ?? 'This was not understood.');
    return { ok: false, answer: refuse({ code: 'invalid', message, faults }) };
  }
  return {
    ok: true,
    value: read.data,
    posted,
    refuse,
    done: async (sentence, shown) => {
      await lookAgain(request);
      const said = { form, message: null, faults: {}, typed: {}, done: sentence };
      return { ...said, ...(shown !== undefined && { shown }) };
    },
  };
}

function faultsOf(refusal: Refusal): Readonly<Record<string, string>> {
  const faults = new Map<string, string>();
  if (refusal.path !== undefined) faults.set(fieldOf(refusal.path), refusal.message);
  for (const fault of refusal.faults ?? []) faults.set(fieldOf(fault.path), fault.message);
  return Object.fromEntries(faults);
}

/** The form's field of a rule's path: `$.change.due`, `/due` and `due` are all the field *due*. */
export function fieldOf(path: string): string {
  return path
    .replace(/^\$/, '')
    .replaceAll('/', '.')
    .replace(/^\.+/, '')
    .replace(/^(?:change|fill|correction)\./, '');
}

/** A line of text that must be there. */
export const line = (missing: string, most = 300) =>
  z
    .string(missing)
    .trim()
    .min(1, missing)
    .max(most, `At most ${String(most)} characters.`);

/** A text that may be empty. */
export const text = (most = 5000) =>
  z
    .string()
    .trim()
    .max(most, `At most ${String(most)} characters.`)
    .default('');

/** An empty choice is null. */
export const choice = z
  .string()
  .optional()
  .transform((it) => (it === undefined || it === '' ? null : it));

/** Check boxes or a multiple choice: none, one or many. */
export const several = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((it) => (it === undefined ? [] : typeof it === 'string' ? [it] : it));

/** A whole number within bounds. */
export const whole = (least: number, most: number, missing: string) =>
  z.coerce.number(missing).int(missing).min(least, missing).max(most, missing);
