/**
 * Names in pasted text: one a line, or separated by commas, semicolons or tabs; bullets and numbers before them, blanks
 * and repeats are left out.
 */
export function namesIn(text: string): readonly string[] {
  const names = text
    .split(/[\n\r,;\t]+/)
    .map((it) => it.replace(/^\s*(?:[-*•–]|\d+[.)])\s+/, '').trim())
    .filter((it) => it !== '');
  const seen = new Map(names.map((it) => [it.toLocaleLowerCase('en'), it] as const).reverse());
  return [...seen.values()].reverse();
}
