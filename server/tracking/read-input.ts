import { z } from 'zod';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';

/** Reads what was typed or sent into the shape a command needs; refuses with every fault by its field. */
export function readInput<S extends z.ZodType>(
  shape: S,
  input: Readonly<Record<string, unknown>>,
): Outcome<z.output<S>, 'invalid'> {
  const read = shape.safeParse(input);
  if (read.success) return allowed(read.data);
  const faults = read.error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }));
  const [first] = faults;
  const more = faults.length > 1 ? ` And ${faults.length - 1} more.` : '';
  const message = `${first?.message ?? 'This cannot be read.'}${more}`;
  return refused('invalid', message, { path: first?.path ?? '', faults });
}

/** A text; what is absent is empty, so that the rule can say what it is for. */
export const text = z.string().max(20_000, 'This is too long: 20,000 characters at most.').default('');

/** A person of the organisation, by id. */
export const person = z.uuid('Choose a person of the organisation.');

/** A number somebody typed. */
export const number = z.number('Give a number.').refine(Number.isFinite, 'Give a number.');

/** The version of the state that the act was decided on. */
export const version = z.number().int().optional();
