import { fail, type ActionFailure } from '@sveltejs/kit';
import { z } from 'zod';
import type { Refusal } from '#domain/outcome.ts';
import type { FormAnswer } from '#lib/ui/form-answer.ts';

type Typed = Record<string, readonly string[]>;

/** What came out of a form: its value, or the answer that refuses it. `refuse` and `done` write later answers. */
export type ReadForm<T> =
  | { readonly ok: true; readonly value: T; refuse(refusal: Refusal): ActionFailure<FormAnswer>; done(sentence: string, shown?: Record<string, string>): FormAnswer }
  | { readonly ok: false; readonly answer: ActionFailure<FormAnswer> };

/** Never sent back to the browser. */
const secretFields = new Set(['password', 'current', 'next', 'token']);

/**
 * Reads a posted form by its schema. A field that came once is a string, several times a list. On a fault the answer
 * says what is wrong beside each field and carries back all that was typed, except secrets.
 */
export async function readForm<S extends z.ZodType>(
  request: Request,
  form: string,
  schema: S,
): Promise<ReadForm<z.output<S>>> {
  const data = await request.formData();
  const given = new Map<string, string[]>();
  for (const [name, value] of data) {
    if (typeof value === 'string') given.set(name, [...(given.get(name) ?? []), value]);
  }
  const typed: Typed = Object.fromEntries([...given].filter(([name]) => !secretFields.has(name)));
  const refuse = (refusal: Refusal): ActionFailure<FormAnswer> =>
    fail(400, answerOf(form, typed, refusal));
  const input = Object.fromEntries([...given].map(([name, all]) => [name, all.length > 1 ? all : all[0]]));
  const read = schema.safeParse(input);
  if (!read.success) {
    const faults = read.error.issues.map((it) => ({ path: String(it.path[0] ?? ''), message: it.message }));
    const message = faults.length > 1 ? 'Some fields need another look.' : (faults[0]?.message ?? 'Not understood.');
    return { ok: false, answer: refuse({ code: 'invalid', message, faults }) };
  }
  return {
    ok: true,
    value: read.data,
    refuse,
    done: (sentence, shown) => ({ form, message: null, faults: {}, typed: {}, done: sentence, ...(shown && { shown }) }),
  };
}

function answerOf(form: string, typed: Typed, refusal: Refusal): FormAnswer {
  const faults = new Map<string, string>();
  for (const fault of refusal.faults ?? []) faults.set(firstName(fault.path), fault.message);
  if (refusal.path !== undefined && !faults.has(firstName(refusal.path))) {
    faults.set(firstName(refusal.path), refusal.message);
  }
  return { form, message: refusal.message, faults: Object.fromEntries(faults), typed, done: null };
}

/** The field of a path such as `$.blocker.text` or `blocker/text`. */
function firstName(path: string): string {
  return path.replace(/^[$./]+/, '').split(/[./[]/)[0] ?? '';
}

/** A line of text that must be there. */
export const line = (missing: string, most = 300) =>
  z.string(missing).trim().min(1, missing).max(most, `At most ${String(most)} characters.`);

/** A text that may be empty. */
export const text = (most = 5000) =>
  z.string().trim().max(most, `At most ${String(most)} characters.`).default('');

/** An empty choice is null. */
export const choice = z
  .string()
  .optional()
  .transform((it) => (it === undefined || it === '' ? null : it));

/** A local date, or null when left empty. */
export const day = z
  .string()
  .optional()
  .transform((it) => (it === undefined || it === '' ? null : it))
  .refine((it) => it === null || (/^\d{4}-\d{2}-\d{2}$/.test(it) && !Number.isNaN(Date.parse(it))), 'Give a date, such as 2027-03-31.');

/** Check boxes or a multiple choice: none, one or many. */
export const several = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((it) => (it === undefined ? [] : typeof it === 'string' ? [it] : it));

/** A whole number within bounds. */
export const whole = (least: number, most: number, missing: string) =>
  z.coerce.number(missing).int(missing).min(least, missing).max(most, missing);
