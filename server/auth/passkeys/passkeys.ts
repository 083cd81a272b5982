import type { IncomingMessage } from 'node:http';
import type { Passkeys } from '../../app.ts';
import { addPasskey, beginAdding } from './add-passkey.ts';
import { makePasskeyDoor } from './enter-by-passkey.ts';
import { listPasskeys } from './list-passkeys.ts';
import type { PasskeyParts } from './parts.ts';
import { placeOf, whyNot } from './place.ts';
import { removePasskey } from './remove-passkey.ts';

/** Passkeys on a store; `originOf` says under which origin a request came (http/origin-policy.ts). */
export function createPasskeys(parts: PasskeyParts, originOf: (request: IncomingMessage) => URL): Passkeys {
  const door = makePasskeyDoor(parts);
  return {
    notHere: (request) => {
      const origin = originOf(request);
      return placeOf(origin) === null ? whyNot(origin) : null;
    },
    list: (viewer) => listPasskeys(parts.store.db, viewer),
    beginAdding: (request, viewer, asked) => beginAdding(parts, originOf(request), viewer, asked),
    add: (request, viewer, came) => addPasskey(parts, originOf(request), viewer, came),
    remove: (viewer, id, client) => removePasskey(parts, viewer, id, client),
    beginSignIn: (request, asked) => door.begin(originOf(request), asked),
    signIn: (request, came) => door.signIn(originOf(request), came),
  };
}
