import { isForbiddenName } from '../../domain/plan/format/json.ts';
import { boardLimits } from './limits.ts';

/** What is wrong with a value as board content, and where. */
export interface JsonFault {
  readonly path: string;
  readonly message: string;
}

/**
 * Checks that a value is plain, finite, bounded JSON: no other objects, no NaN or Infinity, no prototype keys, nesting up
 * to `boardLimits.depth`, and about `boardLimits.record` characters in all. Returns the first fault, or null.
 */
export function checkJson(value: unknown): JsonFault | null {
  let characters = 0;
  const visit = (at: unknown, path: string, depth: number): JsonFault | null => {
    if (depth > boardLimits.depth)
      return { path, message: `is nested deeper than ${boardLimits.depth} levels` };
    switch (typeof at) {
      case 'boolean':
        return null;
      case 'number':
        return Number.isFinite(at) ? null : { path, message: 'is not a finite number' };
      case 'string':
        characters += at.length;
        return characters > boardLimits.record ? { path, message: 'is too large' } : null;
      case 'object':
        break;
      default:
        return { path, message: `is ${typeof at}, not JSON` };
    }
    if (at === null) return null;
    if (Array.isArray(at)) {
      characters += at.length;
      if (characters > boardLimits.record) return { path, message: 'is too large' };
      for (const [index, item] of at.entries()) {
        const fault = visit(item, `${path}[${index}]`, depth + 1);
        if (fault) return fault;
      }
      return null;
    }
    const prototype: unknown = Object.getPrototypeOf(at);
    if (prototype !== Object.prototype && prototype !== null) return { path, message: 'is not plain JSON' };
    for (const [key, item] of Object.entries(at)) {
      const inside = path === '' ? key : `${path}.${key}`;
      if (isForbiddenName(key)) return { path: inside, message: 'is a key that is not allowed' };
      characters += key.length;
      const fault = visit(item, inside, depth + 1);
      if (fault) return fault;
    }
    return null;
  };
  return visit(value, '', 0);
}
