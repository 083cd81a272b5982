import { json } from '@sveltejs/kit';
import { z } from 'zod';
import { readJson } from '../../../../read-json.server.ts';
import { valueOf, viewerOrRefusal } from '../../../../signed-in.server.ts';
import type { RequestHandler } from './$types';

const made = z.object({
  name: z.string('Give the passkey a name.').max(1000),
  response: z.unknown(),
});

/** What the device made: adds it to the account that is signed in. */
export const POST: RequestHandler = async ({ locals, request }) => {
  const viewer = viewerOrRefusal(locals);
  const { name, response } = await readJson(request, made);
  const came = { name, response, browser: locals.passkeyBrowser.token, client: locals.client };
  return json(valueOf(await locals.app.auth.passkeys.add(locals.request, viewer, came)));
};
