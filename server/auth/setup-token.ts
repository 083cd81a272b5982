import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { hashSecret, sameBytes } from './secrets.ts';

/** Printed in the log at start, so that no stranger on the network can claim a fresh server (architecture.md A5). */
export const newSetupToken = (): string => randomBytes(16).toString('hex');

/** Set-up is free for a request made on this very machine, and asks for the log's token from anywhere else. */
export const makeSetupCheck =
  (setupToken: string, isLocal: (request: IncomingMessage) => boolean) =>
  (request: IncomingMessage, token: string | null): Outcome<true, 'forbidden'> => {
    if (isLocal(request)) return allowed(true);
    if (token !== null && sameBytes(hashSecret(token.trim()), hashSecret(setupToken))) return allowed(true);
    return refused(
      'forbidden',
      'From another machine, set-up asks for the token printed in the server’s log.',
      {
        path: 'token',
      },
    );
  };
