import { readMoment } from '#domain/rhythm/moment.ts';
import type { SignedIn } from './signed-in.server.ts';

/** A day somebody looks back to, out of the address; null for now, for what lies ahead and for what is no day. */
export interface AsOf {
  /** As it stands in the address. */
  readonly day: string;
  readonly at: number;
}

/** Reads `?at=2026-03-31`. */
export function readAsOf(url: URL, { organisation }: SignedIn): AsOf | null {
  const day = url.searchParams.get('at') ?? '';
  const at = readMoment(day, organisation.timezone);
  return at === null || at >= organisation.now ? null : { day, at };
}
