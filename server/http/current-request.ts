import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import type { CookieStyle } from './cookies.ts';

/** What `hooks.server.ts` needs of the raw request; SvelteKit hands it over in production only. */
export interface CurrentRequest {
  readonly request: IncomingMessage;
  readonly address: string;
  readonly cookie: CookieStyle;
  /** Writes down what broke a page, under the number that people are shown. */
  reportFailure(error: unknown, about: { readonly id: string; readonly route: string | null }): void;
}

/** Under this key on globalThis: built pages and the server are two module graphs. */
export const currentRequestKey = Symbol.for('throughline.current-request');

const storage: AsyncLocalStorage<CurrentRequest> =
  (Reflect.get(globalThis, currentRequestKey) as AsyncLocalStorage<CurrentRequest> | undefined) ??
  new AsyncLocalStorage<CurrentRequest>();
Reflect.set(globalThis, currentRequestKey, storage);

/** Runs what answers the request so that hooks can ask for it. */
export const withRequest = (current: CurrentRequest, answer: () => void): void =>
  storage.run(current, answer);
