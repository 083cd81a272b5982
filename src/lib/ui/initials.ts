/** One or two letters for an avatar: first letters of the first and the last word; handles lose their @. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/[(@)]/g, ' ')
    .split(/[\s._-]+/)
    .filter((word) => word !== '');
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  const letters = ends.map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase() || '?';
}
