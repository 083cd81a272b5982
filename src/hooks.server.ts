import type { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import { error, type Handle, type HandleServerError } from '@sveltejs/kit';
import type { Application } from '../server/app.ts';
import { onLookAgain } from './routes/look-again.server.ts';

/** What the server's front door knows of the request at hand (server/http/current-request.ts). */
interface CurrentRequest {
  readonly request: IncomingMessage;
  readonly address: string;
  readonly cookie: { readonly name: string; readonly secure: boolean };
  reportFailure(error: unknown, about: { readonly id: string; readonly route: string | null }): void;
}

/** Built pages and the server are two module graphs; they meet under these keys only (architecture: one application). */
const find = <T>(key: string): T | undefined => Reflect.get(globalThis, Symbol.for(key)) as T | undefined;

const currentRequest = (): CurrentRequest | undefined =>
  find<AsyncLocalStorage<CurrentRequest>>('throughline.current-request')?.getStore();

/** The longest a sign-in lasts, in seconds; the server ends it earlier when it is idle. */
const COOKIE_SECONDS = 30 * 24 * 60 * 60;

/** Nobody is a guest for longer than a day. */
const GUEST_SECONDS = 24 * 60 * 60;

/** So long a browser may take with a passkey's device (server/auth/passkeys/attempts.ts). */
const PASSKEY_SECONDS = 5 * 60;

/** So long a way to the identity provider and back may take. */
const ATTEMPT_SECONDS = 10 * 60;

export const handle: Handle = async ({ event, resolve }) => {
  const app = find<Application>('throughline.application');
  const current = currentRequest();
  if (app === undefined || current === undefined)
    error(503, 'The server is starting. Try again in a moment.');
  const { name, secure } = current.cookie;
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  // Its path keeps it from every other page and from the API.
  const guestAttributes = { ...attributes, path: '/guest' } as const;
  const attemptName = name.replace('session', 'provider');
  const passkeyName = name.replace('session', 'passkey');
  const cookie = event.cookies.get(name);
  const viewer = cookie === undefined ? null : await app.auth.viewerOfCookie(cookie);
  const leave = async () => {
    const signInId = event.locals.viewer?.signInId ?? null;
    if (signInId !== null) await app.auth.signOut(signInId);
  };
  Object.assign(event.locals, {
    app,
    viewer,
    client: {
      address: current.address,
      userAgent: event.request.headers.get('user-agent')?.slice(0, 400) ?? '',
    },
    request: current.request,
    unprotected: !secure,
    // What was signed in before ends: a sign-in is never adopted, so nobody can plant one (session fixation).
    keepSignIn: async (value: string) => {
      await leave();
      event.cookies.set(name, value, { ...attributes, maxAge: COOKIE_SECONDS });
    },
    forgetSignIn: async () => {
      await leave();
      event.cookies.delete(name, attributes);
      event.locals.viewer = null;
    },
    // `lax`, as the sign-in is: the browser must bring it back from the provider's site.
    keepAttempt: (value: string) => {
      event.cookies.set(attemptName, value, { ...attributes, maxAge: ATTEMPT_SECONDS });
    },
    guest: {
      token: event.cookies.get('guest'),
      keep: (token: string) => {
        event.cookies.set('guest', token, { ...guestAttributes, maxAge: GUEST_SECONDS });
      },
      forget: () => {
        event.cookies.delete('guest', guestAttributes);
      },
    },
    passkeyBrowser: {
      token: event.cookies.get(passkeyName),
      keep: (token: string) => {
        // Asked for by our own pages only.
        const strict = { ...attributes, sameSite: 'strict' } as const;
        event.cookies.set(passkeyName, token, { ...strict, maxAge: PASSKEY_SECONDS });
      },
    },
    takeAttempt: () => {
      const kept = event.cookies.get(attemptName);
      event.cookies.delete(attemptName, attributes);
      return kept;
    },
  } satisfies App.Locals);
  // With JavaScript the page asks anew after an act, by a request of its own.
  if (event.request.method === 'POST' && event.request.headers.get('x-sveltekit-action') !== 'true') {
    onLookAgain(event.request, async () => {
      const now = event.cookies.get(name);
      event.locals.viewer = now === undefined ? null : await app.auth.viewerOfCookie(now);
    });
  }
  // The chosen theme is in the first byte, so that no page flashes in the wrong one and no inline script is needed.
  const theme = event.cookies.get('theme');
  const attribute = theme === 'light' || theme === 'dark' ? `data-theme="${theme}"` : '';
  return resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%throughline.theme%', attribute),
  });
};

/** The last resort: people get a number to quote, the log gets the rest. */
export const handleError: HandleServerError = ({ error: fault, event, status, message }) => {
  if (status < 500) return { message };
  const id = crypto.randomUUID().slice(0, 8);
  currentRequest()?.reportFailure(fault, { id, route: event.route.id });
  return {
    message: `Something went wrong on the server (number ${id}). Try again; if it happens again, tell whoever runs this server that number.`,
    code: 'internal',
  };
};
