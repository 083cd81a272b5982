/** JSON as `JSON.parse` gives it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names that give a decoded object another prototype, or look as if. */
const forbiddenNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export const isForbiddenName = (name: string): boolean => forbiddenNames.has(name);

/** Deepest nesting of a file. */
const maxDepth = 32;

/** A path one step down: `objectives[3].title`. */
export const pathTo = (path: string, key: string | number): string =>
  typeof key === 'number' ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;

/**
 * Walks a parsed value and reports what no field reader would meet: prototype keys, nesting beyond 32 levels, values that
 * are not JSON. Safe on any value; goes no deeper than the limit.
 */
export function checkTree(value: unknown, report: (path: string, message: string) => void): void {
  const visit = (at: unknown, path: string, depth: number): void => {
    if (depth > maxDepth) {
      report(path, `is nested deeper than ${maxDepth} levels`);
      return;
    }
    if (typeof at === 'number' && !Number.isFinite(at)) report(path, 'is not a finite number');
    else if (Array.isArray(at)) at.forEach((item, index) => visit(item, pathTo(path, index), depth + 1));
    else if (typeof at === 'object' && at !== null) {
      for (const [key, item] of Object.entries(at)) {
        if (isForbiddenName(key)) report(pathTo(path, key), 'is a name that is not allowed');
        else visit(item, pathTo(path, key), depth + 1);
      }
    } else if (at !== null && !['boolean', 'number', 'string'].includes(typeof at)) {
      report(path, 'is not JSON');
    }
  };
  visit(value, '', 0);
}

interface Level {
  /** Names seen so far; null for an array. */
  readonly names: Set<string> | null;
  readonly path: string;
  /** The name or index we are inside of. */
  at: string | number;
  /** True where a string is a name. */
  expectsName: boolean;
}

/**
 * Reports every name that an object of this text carries twice: `JSON.parse` would silently keep the last. The text must
 * be valid JSON.
 */
export function reportRepeatedNames(text: string, report: (path: string, message: string) => void): void {
  const levels: Level[] = [];
  const here = (): string => {
    const level = levels.at(-1);
    return level ? pathTo(level.path, level.at) : '';
  };
  for (let i = 0; i < text.length; i += 1) {
    const level = levels.at(-1);
    switch (text[i]) {
      case '"': {
        const end = endOfString(text, i);
        if (level?.names && level.expectsName) {
          const raw = text.slice(i, end + 1);
          const name = raw.includes('\\') ? String(JSON.parse(raw)) : raw.slice(1, -1);
          if (level.names.has(name)) report(pathTo(level.path, name), 'is there twice');
          level.names.add(name);
          level.at = name;
          level.expectsName = false;
        }
        i = end;
        break;
      }
      case '{':
        levels.push({ names: new Set(), path: here(), at: '', expectsName: true });
        break;
      case '[':
        levels.push({ names: null, path: here(), at: 0, expectsName: false });
        break;
      case '}':
      case ']':
        levels.pop();
        break;
      case ',':
        if (level?.names) level.expectsName = true;
        else if (level && typeof level.at === 'number') level.at += 1;
        break;
      default:
    }
  }
}

/** Index of the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i;
}
