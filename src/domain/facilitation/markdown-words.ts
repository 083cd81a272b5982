import type { Instant } from '../time.ts';
import type { MinutesReader } from './minutes-reader.ts';
import type { ObjectRef } from './session.ts';

/** Nothing that somebody wrote becomes markup, a link or a row of a table. */
export const escapeMarkdown = (text: string): string =>
  text.replaceAll(/[\\`*_[\]<>|#]/g, '\\$&').replaceAll(/\s+/g, ' ');

/** A title with the way to what it is about, and to its place on the board as it was then. */
export function linkedWords(
  title: string,
  ref: ObjectRef | null,
  at: Instant,
  { link, place }: Pick<MinutesReader, 'link' | 'place'>,
): string {
  return withLinks(title, ref === null ? null : link(ref), place(ref, at));
}

/** The same with both ways known. */
export function withLinks(title: string, page: string | null, board: string | null): string {
  const words = page === null ? escapeMarkdown(title) : `[${escapeMarkdown(title)}](${page})`;
  return board === null || board === page ? words : `${words} ([on the board](${board}))`;
}
