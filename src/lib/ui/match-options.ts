/** A choice of a list. */
export interface Option {
  readonly value: string;
  readonly label: string;
}

/** From so many choices on typing is quicker than looking through them. */
export const SEARCH_FROM = 8;

/** Letters without case and accents, in words: Kovač is found by kovac. */
const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((it) => it !== '');

/** The choices whose words begin with all that was typed, in any order; those that begin with it as typed come first. */
export function matchOptions<T extends Option>(options: readonly T[], typed: string): readonly T[] {
  const asked = wordsOf(typed);
  if (asked.length === 0) return options;
  const fits = options.filter(({ label }) => {
    const words = wordsOf(label);
    return asked.every((part) => words.some((word) => word.startsWith(part)));
  });
  const start = asked.join(' ');
  const isFirst = ({ label }: T): boolean => wordsOf(label).join(' ').startsWith(start);
  return [...fits.filter(isFirst), ...fits.filter((it) => !isFirst(it))];
}
