import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Viewer } from '../../server/app.ts';
import type { ApiWorld } from '../api/api-world.ts';

/** What came of a load or an act, in words: as a browser would see it. */
export type Came = 'shown' | 'done' | 'refused' | 'forbidden' | 'not-found' | 'sign-in' | 'elsewhere';

/** One load, act or handler of a page. */
export interface PageCall {
  /** `/(app)/commitments/[id]`. */
  readonly route: string;
  /** `load`, an act's name, or a method. */
  readonly what: string;
  readonly run: (event: unknown) => unknown;
}

const root = resolve('src/routes');

/** Every load, act and handler there is under src/routes, found and not listed: a new one is found as well. */
export async function findPageCalls(): Promise<readonly PageCall[]> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\+(page|layout)\.server\.ts$|\+server\.ts$/.test(name),
  );
  const calls: PageCall[] = [];
  for (const file of files.sort()) {
    const module = (await import(/* @vite-ignore */ join(root, file))) as Readonly<Record<string, unknown>>;
    const layout = /layout\.server\.ts$/.test(file);
    const route = `/${file.replace(/\/?\+[a-z.]+$/, '')}${layout ? ' (layout)' : ''}`;
    for (const [name, value] of Object.entries(module)) {
      if (name === 'actions') {
        for (const [act, run] of Object.entries(value as Readonly<Record<string, PageCall['run']>>)) {
          calls.push({ route, what: act, run });
        }
      } else if (typeof value === 'function')
        calls.push({ route, what: name, run: value as PageCall['run'] });
    }
  }
  return calls;
}

export const nameOf = ({ route, what }: Pick<PageCall, 'route' | 'what'>): string => `${route} ${what}`;

/** How a call is made: the address's parameters and query, and for an act its form. */
export interface Asking {
  readonly params: Readonly<Record<string, string>>;
  readonly query: string;
  readonly form: Readonly<Record<string, string>> | null;
}

/** Makes the call as somebody, and says what came of it and what was answered. */
export async function call(
  { run, what, route }: PageCall,
  world: ApiWorld,
  viewer: Viewer | null,
  asking: Asking,
  /** What a guest's browser brings along. */
  guestToken?: string,
): Promise<{ readonly came: Came; readonly answer: unknown }> {
  const path = route
    .replace(' (layout)', '')
    .replace(/\/\([a-z]+\)/g, '')
    .replace(/\[([a-z]+)\]/g, (_, name: string) => asking.params[name] ?? '');
  const url = new URL(`http://localhost${path === '' ? '/' : path}${asking.query}`);
  const body = new FormData();
  for (const [name, value] of Object.entries(asking.form ?? {})) body.append(name, value);
  const request =
    asking.form === null
      ? new Request(url, { headers: { 'user-agent': 'test' } })
      : new Request(url, { method: 'POST', body, headers: { 'user-agent': 'test' } });
  const event = {
    ...{ url, request, params: asking.params, route: { id: route }, setHeaders: () => undefined },
    depends: () => undefined,
    untrack: <T>(read: () => T): T => read(),
    cookies: { get: () => undefined, set: () => undefined, delete: () => undefined },
    locals: {
      ...{ app: world.app, viewer, client: { address: '127.0.0.1', userAgent: 'test' }, unprotected: false },
      ...{ request: { headers: {}, socket: {} }, keepSignIn: () => Promise.resolve() },
      forgetSignIn: () => Promise.resolve(),
      guest: { token: guestToken, keep: () => undefined, forget: () => undefined },
      passkeyBrowser: { token: undefined, keep: () => undefined },
      ...{ keepAttempt: () => undefined, takeAttempt: () => undefined },
    },
  };
  try {
    const answer = await run(event);
    if (isFailure(answer))
      return { came: answer.status === 403 ? 'forbidden' : 'refused', answer: answer.data };
    return { came: what === 'load' ? 'shown' : 'done', answer };
  } catch (thrown) {
    return { came: cameOf(thrown), answer: null };
  }
}

const isFailure = (it: unknown): it is { status: number; data: unknown } =>
  typeof it === 'object' && it !== null && 'status' in it && 'data' in it && typeof it.status === 'number';

/** Kit answers with thrown redirects and errors; anything else is a bug and fails the test. */
function cameOf(thrown: unknown): Came {
  if (typeof thrown === 'object' && thrown !== null && 'status' in thrown) {
    const { status } = thrown;
    if ('location' in thrown && typeof thrown.location === 'string') {
      return thrown.location.startsWith('/sign-in') ? 'sign-in' : 'elsewhere';
    }
    if (status === 404) return 'not-found';
    if (status === 403) return 'forbidden';
    if (typeof status === 'number' && status < 500) return 'refused';
  }
  throw thrown;
}
