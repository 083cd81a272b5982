import { error } from '@sveltejs/kit';
import type { z } from 'zod';

/** The JSON a handler was sent, by its schema; anything else is refused with 400. */
export async function readJson<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  let body: unknown;
  try {
    body = await request.json();
  } catch {
    body = undefined;
  }
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  error(400, {
    message: read.error.issues[0]?.message ?? 'This was not understood.',
    code: 'invalid',
  });
}
