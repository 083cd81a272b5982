import type { PersonId } from '../access/standing.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { ObjectRef } from './session.ts';

/** What minutes need of the outside to be read by people: names, times in the reader's zone, addresses. */
export interface MinutesReader {
  name(person: PersonId | null): string;
  time(at: Instant): string;
  day(on: LocalDate): string;
  link(ref: ObjectRef): string | null;
  /** The board as it was then, at what this is about; null for what is not on it. */
  place(ref: ObjectRef | null, at: Instant): string | null;
}
