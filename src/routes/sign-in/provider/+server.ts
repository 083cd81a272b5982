import { error } from '@sveltejs/kit';
import { goToProvider } from '../../go-to-provider.server.ts';
import { localPath, signedIn } from '../../signed-in.server.ts';
import type { RequestHandler } from './$types';

/** True when a page of this server led here: browsers say so, and where they do not (plain http) the referrer does. */
const isFromHere = ({ headers }: Request, { origin }: URL): boolean => {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const referrer = headers.get('referer');
  return referrer !== null && URL.canParse(referrer) && new URL(referrer).origin === origin;
};

/**
 * To the identity provider: to sign in, or with `?for=link` to link the own account. A plain link, for browsers follow no
 * form to another site under our policy; so linking is taken only from a page of this server, or another site could have
 * people link an identity that is not theirs.
 */
export const GET: RequestHandler = (event) => {
  if (event.url.searchParams.get('for') !== 'link') {
    return goToProvider(event, {
      for: 'sign-in',
      next: localPath(event.url.searchParams.get('next'), '/home'),
    });
  }
  const viewer = signedIn(event);
  if (!isFromHere(event.request, event.url)) {
    error(403, {
      message: 'Link your identity from Settings, Your account: this link was opened elsewhere.',
    });
  }
  return goToProvider(event, { for: 'link', accountId: viewer.accountId });
};
