import { goToProvider } from '../../../go-to-provider.server.ts';
import { valueOf } from '../../../signed-in.server.ts';
import type { RequestHandler } from './$types';

/** To the identity provider, to join with what it says instead of a password. */
export const GET: RequestHandler = async (event) => {
  valueOf(await event.locals.app.auth.readInvite(event.params.token));
  return goToProvider(event, { for: 'invite', invite: event.params.token });
};
