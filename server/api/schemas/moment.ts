import { z } from 'zod';
import { readMoment } from '#domain/rhythm/moment.ts';
import type { Instant } from '#domain/time.ts';
import type { Viewer } from '../../app.ts';

/** A day or an instant to look back to. */
export const moment = z
  .string()
  .refine(
    (text) => readMoment(text, 'UTC') !== null,
    'is neither a day like 2026-03-31 nor an instant like 2026-03-31T10:00Z',
  )
  .meta({ description: 'A local day, meaning its end, or an instant with its zone: as it stood then.' });

/** The instant it means where the organisation is. */
export function momentIn(viewer: Viewer, text: string): Instant {
  return readMoment(text, viewer.organisation.timezone) ?? viewer.organisation.now;
}
