/** A readable key of a name, for plans and URLs: `Ana Lima` -> `ana-lima`. Empty when nothing of it can be used. */
export const keyOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');

/** A key of a name that is not taken: `ana-lima`, `ana-lima-2` ... `fallback` stands in for a name of signs only. */
export function freeKey(name: string, fallback: string, taken: ReadonlySet<string>): string {
  const key = keyOf(name) || fallback;
  if (!taken.has(key)) return key;
  let number = 2;
  while (taken.has(`${key}-${number}`)) number += 1;
  return `${key}-${number}`;
}
