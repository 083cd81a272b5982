import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Viewer } from '../../../server/app.ts';
import { makeAuthenticator, type Authenticator, type Lie } from '../../support/authenticator.ts';
import { browser, given, password, type World } from '../world.ts';

export const request = new IncomingMessage(new Socket());

type Door = Pick<World, 'auth'>;

/** Begins adding a passkey, and makes it. */
export async function make(
  { auth }: Door,
  viewer: Viewer,
  device: Authenticator,
  lie: Lie = {},
  current = password,
) {
  const begun = given(await auth.passkeys.beginAdding(request, viewer, { current, browser: undefined }));
  return { browser: begun.browser, response: device.create(begun.options, lie), options: begun.options };
}

export const add = (
  { auth }: Door,
  viewer: Viewer,
  made: { browser: string | undefined; response: unknown },
  name = 'Ana’s phone',
) =>
  auth.passkeys.add(request, viewer, {
    name,
    client: browser(),
    browser: made.browser,
    response: made.response,
  });

/** A device whose passkey opens the viewer's account. */
export async function addDevice(world: Door, viewer: Viewer, counts = false): Promise<Authenticator> {
  const device = makeAuthenticator(undefined, { counts });
  given(await add(world, viewer, await make(world, viewer, device)));
  return device;
}

/** Begins signing in, and signs. */
export async function signed({ auth }: Door, device: Authenticator, lie: Lie = {}, cookie?: string) {
  const asked = { browser: cookie, client: browser() };
  const begun = given(await auth.passkeys.beginSignIn(request, asked));
  return { browser: begun.browser, response: device.get(begun.options, lie), options: begun.options };
}

export const enter = (
  { auth }: Door,
  came: { browser: string | undefined; response: unknown },
  client = browser(),
) => auth.passkeys.signIn(request, { browser: came.browser, response: came.response, client });
