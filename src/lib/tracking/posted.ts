/** All posted fields, by name, in order. */
export type Posted = ReadonlyMap<string, readonly string[]>;

/** The fields of a form as they would be posted; files are left out. */
export function postedOf(data: FormData): Posted {
  const posted = new Map<string, string[]>();
  for (const [name, value] of data) {
    if (typeof value === 'string') posted.set(name, [...(posted.get(name) ?? []), value]);
  }
  return posted;
}

/** A number as people type it: a comma for the point, spaces and a percent sign allowed; null when empty. */
export function numberIn(typed: string): number | null {
  const plain = typed.replace(/[\s\u00a0\u202f%]/g, '');
  if (plain === '') return null;
  return /^[+-]?\d+(?:[.,]\d+)?$/.test(plain) ? Number(plain.replace(',', '.')) : Number.NaN;
}

/** Fields `<prefix><key>` as numbers by key; empty ones are left out. */
export function numbersUnder(prefix: string, posted: Posted): Readonly<Record<string, number>> {
  const numbers: [string, number][] = [];
  for (const [name, [first = '']] of posted) {
    const value = name.startsWith(prefix) ? numberIn(first) : null;
    if (value !== null) numbers.push([name.slice(prefix.length), value]);
  }
  return Object.fromEntries(numbers);
}
