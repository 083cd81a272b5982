import type { IncomingMessage } from 'node:http';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { PasskeyView } from '../src/protocol/views/passkeys.ts';
import type { Client, Result, Viewer } from './app-viewer.ts';

/** A challenge for a browser, and what that browser must come back with: a cookie no script reads. */
interface Begun<Options> {
  readonly options: Options;
  readonly browser: string;
}

/** What a browser came back with. `response` is its JSON as it came: nothing of it is believed yet. */
interface CameBack {
  readonly browser: string | undefined;
  readonly response: unknown;
}

/** Passkeys: signing in without a password, and one's own list of them. */
export interface Passkeys {
  /** Why browsers can use none at the address they ask at; null when they can. */
  notHere(request: IncomingMessage): string | null;
  list(viewer: Viewer): Promise<readonly PasskeyView[]>;
  /** Asks for a fresh proof: the password, or without one a sign-in of the last minutes. */
  beginAdding(
    request: IncomingMessage,
    viewer: Viewer,
    asked: { current: string; browser: string | undefined },
  ): Result<Begun<PublicKeyCredentialCreationOptionsJSON>>;
  add(
    request: IncomingMessage,
    viewer: Viewer,
    came: CameBack & { name: string; client: Client },
  ): Result<PasskeyView>;
  /** The last way into an account stays. All other sign-ins of the account end. */
  remove(viewer: Viewer, id: string, client: Client): Result<true>;
  beginSignIn(
    request: IncomingMessage,
    asked: { browser: string | undefined; client: Client },
  ): Result<Begun<PublicKeyCredentialRequestOptionsJSON>>;
  signIn(
    request: IncomingMessage,
    came: CameBack & { client: Client },
  ): Result<{ cookie: string; viewer: Viewer }>;
}
