import { error, redirect } from '@sveltejs/kit';
import type { Outcome, Refusal } from '#domain/outcome.ts';

/** Who is asking, as the pages know it. */
export type SignedIn = NonNullable<App.Locals['viewer']>;

/** The viewer; a stranger is sent to sign in and comes back to the page he asked for. */
export function signedIn(event: { locals: App.Locals; url: URL; request: Request }): SignedIn {
  const { viewer } = event.locals;
  if (viewer !== null) return viewer;
  const back =
    event.request.method === 'GET'
      ? `?next=${encodeURIComponent(event.url.pathname + event.url.search)}`
      : '';
  redirect(303, `/sign-in${back}`);
}

/** The viewer where a script asks: a stranger is told so in JSON, for it cannot follow him to another page. */
export function viewerOrRefusal({ viewer }: Pick<App.Locals, 'viewer'>): SignedIn {
  if (viewer !== null) return viewer;
  error(401, { message: 'You are not signed in any more. Sign in, then try again.', code: 'signed-out' });
}

/** The value of an outcome a page cannot do without; a refusal becomes the error page with its own words. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  error(statusOf(outcome.refusal), { message: outcome.refusal.message, code: outcome.refusal.code });
}

/** The HTTP number of a refusal: not there, not allowed, or not right. */
export function statusOf(refusal: Refusal): number {
  if (/not-found|unknown|gone$/.test(refusal.code)) return 404;
  if (/forbidden|not-allowed|no-right|observer/.test(refusal.code)) return 403;
  return 400;
}

/** A path of this site to return to; anything else becomes `otherwise`, so that no link leads people away. */
export function localPath(path: string | null, otherwise: string): string {
  return path !== null && /^\/(?![/\\])[^\s\\]*$/.test(path) ? path : otherwise;
}
