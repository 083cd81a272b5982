/** So many answers are kept; then all are forgotten and it begins anew. */
const MOST = 4_096;

/**
 * The same function of a key, but each answer is computed once: zones and calendars are slow to ask, and a list of
 * hundreds asks about the same few days. Only for pure functions.
 */
export function remember<T extends string | number>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= MOST) known.clear();
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}
