import { error } from '@sveltejs/kit';
import { eventStream } from '../../../event-stream.server.ts';
import type { RequestHandler } from './$types';

/** Says that something changed, and never what: nothing of a session that is not a guest's can cross here. */
export const GET: RequestHandler = ({ locals }) => {
  const { token } = locals.guest;
  if (token === undefined) error(401, { message: 'Join the session first.', code: 'not-let-in' });
  return eventStream<'changed' | 'over'>((ears) =>
    locals.app.facilitation.guests.listen(token, {
      changed: () => ears.send('changed'),
      ended: () => {
        ears.send('over');
        ears.ended();
      },
    }),
  );
};
