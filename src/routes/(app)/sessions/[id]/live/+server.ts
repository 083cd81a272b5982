import { error } from '@sveltejs/kit';
import { eventStream } from '../../../../event-stream.server.ts';
import type { RequestHandler } from './$types';

/** The session as a stream of events: the whole of it first, then again with every change. */
export const GET: RequestHandler = ({ locals, params }) => {
  const { viewer, app } = locals;
  if (viewer === null) error(401, { message: 'Sign in first.', code: 'not-signed-in' });
  return eventStream((ears) => app.facilitation.listen(viewer, params.id, ears));
};
