import { json } from '@sveltejs/kit';
import { z } from 'zod';
import { readJson } from '../../../../../read-json.server.ts';
import { valueOf, viewerOrRefusal } from '../../../../../signed-in.server.ts';
import type { RequestHandler } from './$types';

/** After a fresh proof, what this browser's device should make. */
export const POST: RequestHandler = async ({ locals, request }) => {
  const viewer = viewerOrRefusal(locals);
  const { current } = await readJson(request, z.object({ current: z.string().max(1024).default('') }));
  const asked = { current, browser: locals.passkeyBrowser.token };
  const begun = valueOf(await locals.app.auth.passkeys.beginAdding(locals.request, viewer, asked));
  locals.passkeyBrowser.keep(begun.browser);
  return json(begun.options);
};
