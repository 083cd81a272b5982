import type { Viewer } from '../app.ts';
import type { Queries } from '../store/store.ts';
import type { Ears } from './hub.ts';
import { withoutUnseen } from './without-unseen.ts';

/** The ears of somebody who may not look at every board: what is sent to all is told to him as he may hear it, in order. */
export function earsOf(queries: Queries, viewer: Viewer, ears: Ears): Ears {
  if (viewer.hiddenBoards.length === 0) return ears;
  let last = Promise.resolve();
  return {
    ...ears,
    send: (message) => {
      last = last
        .then(async () => {
          if (message.type !== 'session') return ears.send(message);
          ears.send({ ...message, session: await withoutUnseen(queries, viewer, message.session) });
        })
        // What cannot be looked up is not told: he asks again, and is told then.
        .catch(() => ears.ended());
    },
  };
}
