/** Two letters for an avatar: first letters of the first and the last word, of a single word its first two; handles lose their @. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/[(@)]/g, ' ')
    .split(/[\s._-]+/)
    .filter((word) => word !== '');
  const [first = '', last = ''] = [words[0], words.at(-1)];
  const letters = words.length > 1 ? [[...first][0], [...last][0]] : [...first].slice(0, 2);
  return letters.join('').toUpperCase() || '?';
}
