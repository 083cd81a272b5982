import type { Option } from '../move.ts';

/** What stands in a form at first, by field. */
export type Given = Readonly<Record<string, unknown>>;

/** A text or number that stands there. */
export const said = (given: Given, name: string): string => {
  const value = given[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};
/** A list that stands there. */
export const list = (given: Given, name: string): readonly string[] => {
  const value = given[name];
  return Array.isArray(value) ? value.filter((it) => typeof it === 'string') : [];
};
/** Choices, as value and word. */
export const options = (...pairs: readonly (readonly [string, string])[]): readonly Option[] =>
  pairs.map(([value, label]) => ({ value, label }));

/** Whole numbers from 1 up, with a word at both ends. */
export function graded(most: number, low: string, high: string): readonly Option[] {
  return Array.from({ length: most }, (_, at) => {
    const value = String(at + 1);
    const word = at === 0 ? `, ${low}` : at === most - 1 ? `, ${high}` : '';
    return { value, label: `${value}${word}` };
  });
}

/** Options of a decision as they are typed: `option | for | against | cost`, one a line. */
export function optionLines(given: Given): string {
  const all = given['options'];
  if (!Array.isArray(all)) return said(given, 'options');
  return (all as readonly Readonly<Record<string, string>>[])
    .map((it) => [it['text'], it['for'], it['against'], it['cost']].join(' | ').replace(/[ |]+$/, ''))
    .join('\n');
}

/**
 * What a decision sets, as it is typed: `field = value`, one a line, once for all promises it touches. Null when it says
 * something else of each, which lines cannot say.
 */
export function setLines(given: Given): string | null {
  const all = given['sets'];
  if (!Array.isArray(all)) return said(given, 'sets');
  const sets = all as readonly { objectId: string; field: string; value: string }[];
  const lines = [...new Set(sets.map((it) => `${it.field} = ${it.value}`))];
  const objects = new Set(sets.map(({ objectId }) => objectId));
  return lines.length * objects.size === sets.length ? lines.join('\n') : null;
}
