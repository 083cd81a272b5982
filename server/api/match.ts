import type { Method, Route } from './route.ts';

/** What a request's method and path come to. */
export type Match =
  | { readonly kind: 'route'; readonly route: Route; readonly ids: readonly string[] }
  /** The path is there, but not with this method. */
  | { readonly kind: 'other-method'; readonly allowed: readonly Method[] }
  | { readonly kind: 'unknown' };

const uuid = '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})';

/**
 * Makes a finder over the table. A path parameter that is no uuid matches nothing, so that no malformed id ever reaches
 * the database: to the caller it is a thing that does not exist.
 */
export function createMatcher(routes: readonly Route[]): (method: string, path: string) => Match {
  const compiled = routes.map((route) => ({
    route,
    pattern: new RegExp(`^${route.path.replace(/:[a-zA-Z]+/g, uuid)}$`, 'i'),
  }));
  return (method, path) => {
    const here = compiled.flatMap((it) => {
      const found = it.pattern.exec(path);
      return found ? [{ route: it.route, ids: found.slice(1).map((id) => id.toLowerCase()) }] : [];
    });
    const found = here.find((it) => it.route.method === method);
    if (found) return { kind: 'route', ...found };
    if (here.length > 0) return { kind: 'other-method', allowed: here.map((it) => it.route.method) };
    return { kind: 'unknown' };
  };
}
