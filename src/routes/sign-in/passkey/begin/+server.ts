import { json } from '@sveltejs/kit';
import { valueOf } from '../../../signed-in.server.ts';
import type { RequestHandler } from './$types';

/** A challenge for this browser, to sign in with any passkey. */
export const POST: RequestHandler = async ({ locals }) => {
  const { app, client, passkeyBrowser, request } = locals;
  const asked = { browser: passkeyBrowser.token, client };
  const { options, browser } = valueOf(await app.auth.passkeys.beginSignIn(request, asked));
  passkeyBrowser.keep(browser);
  return json(options);
};
