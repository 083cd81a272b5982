import { z } from 'zod';
import { isLocalDate } from '#domain/plan/local-date.ts';

export const id = z.uuid();
/** Milliseconds since 1970, UTC. */
export const instant = z.number().meta({ description: 'Milliseconds since 1970-01-01T00:00Z.' });
export const localDate = z
  .string()
  .refine(isLocalDate, 'is not a date like 2026-03-31')
  .meta({ description: 'A local date, YYYY-MM-DD.', format: 'date' });
/** A date in an answer; as stored. */
export const dateOut = z.string().meta({ format: 'date' });
export const title = z.string().trim().min(1, 'is empty').max(1_000);
export const text = z.string().max(20_000);
export const done = z.literal(true);

/** An answer that is a list, wrapped so that it can grow. */
export const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });
