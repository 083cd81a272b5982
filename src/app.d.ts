import type { IncomingMessage } from 'node:http';
import type { Application, Client, Viewer } from '../server/app.ts';

declare global {
  namespace App {
    interface Locals {
      /** The server's parts; the only way from a route to the server. */
      readonly app: Application;
      /** Who is asking; null for a stranger. */
      viewer: Viewer | null;
      /** Address and user agent of the other end, as `auth` wants to know them. */
      readonly client: Client;
      /** The raw request, for `auth.checkSetupToken`. */
      readonly request: IncomingMessage;
      /** Keeps this browser signed in with the cookie value that `auth` returned, and ends what it was signed in to before. */
      keepSignIn(cookie: string): Promise<void>;
      /** Signs this browser out and forgets its cookie. */
      forgetSignIn(): Promise<void>;
      /** Keeps in this browser what it must come back with from the identity provider. */
      keepAttempt(cookie: string): void;
      /** What it keeps, if anything; read once, for an answer is good once. */
      takeAttempt(): string | undefined;
      /** What this browser must come back with from a passkey's device. */
      readonly passkeyBrowser: { readonly token: string | undefined; keep(token: string): void };
      /** What a guest of a session comes back with. The browser sends it to the guest's own pages and nowhere else. */
      readonly guest: {
        readonly token: string | undefined;
        keep(token: string): void;
        forget(): void;
      };
      /** True when the sign-in cookie travels over plain http to another machine: pages show a warning. */
      readonly unprotected: boolean;
    }
    interface Error {
      message: string;
      /** Stable code of a refusal, when there is one. */
      code?: string;
    }
  }
}
