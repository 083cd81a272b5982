import type { z } from 'zod';
import { allowed, refused, type Fault, type Outcome } from '#domain/outcome.ts';

/** Checks an input against its schema; refuses with the path and reason of every fault. */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown, where: 'body' | 'query'): Outcome<T> {
  const result = schema.safeParse(value);
  if (result.success) return allowed(result.data);
  const faults: Fault[] = result.error.issues.map((issue) => ({
    path: toPath(issue.path),
    message: issue.message,
  }));
  const first = faults[0];
  const said = first
    ? `${first.path === '' ? '' : `${first.path}: `}${first.message}`
    : 'it is not as described';
  return refused('invalid', `The ${where} is not valid: ${said}.`, { path: first?.path ?? '', faults });
}

function toPath(parts: readonly PropertyKey[]): string {
  return parts
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`,
    )
    .join('');
}

/**
 * Parses a body's text as JSON without ever making an object with a foreign prototype: `__proto__` in a body becomes an
 * ordinary own key in JSON.parse, which the strict schemas then refuse by name.
 */
export function parseJson(text: string): Outcome<unknown, 'broken-json'> {
  if (text.trim() === '') return allowed({});
  try {
    return allowed(JSON.parse(text) as unknown);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    return refused('broken-json', `The body is not JSON (${reason.slice(0, 200)}).`);
  }
}
