import { error, json } from '@sveltejs/kit';
import { statusOf } from '../../../signed-in.server.ts';
import type { RequestHandler } from './$types';

/** "I am here", and the server's time for the window's clock. */
export const POST: RequestHandler = async ({ locals }) => {
  const { token } = locals.guest;
  if (token === undefined) error(401, { message: 'Join the session first.', code: 'not-let-in' });
  const beat = await locals.app.facilitation.guests.beat(token);
  if (beat.ok) return json(beat.value);
  const { message, code } = beat.refusal;
  error(statusOf(beat.refusal), { message, code });
};
