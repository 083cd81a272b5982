import type { ServerLoadEvent } from '@sveltejs/kit';
import type { SignedIn } from './signed-in.server.ts';

type Inbox = Awaited<ReturnType<App.Locals['app']['tracking']['inbox']>>;

/** Pages that show the inbox itself. */
const INBOX_PAGES: readonly (string | null)[] = ['/(app)/home', '/(app)/dependencies'];

/** Readings under way or done, by the viewer of one request: frame and page ask for the same. */
const read = new WeakMap<SignedIn, Promise<Inbox>>();

/** The inbox, read once a request. For loads only: an act would see what was there before it. */
export function inboxOf({ app }: App.Locals, viewer: SignedIn): Promise<Inbox> {
  const known = read.get(viewer);
  if (known !== undefined) return known;
  const reading = app.tracking.inbox(viewer);
  read.set(viewer, reading);
  return reading;
}

/** How much of it waits: counted, except where the page reads it whole anyway. */
export async function waitingOf(
  event: Pick<ServerLoadEvent, 'locals' | 'route' | 'untrack'>,
  viewer: SignedIn,
): Promise<{ readonly week: number; readonly dependencies: number }> {
  // The frame stays while one goes from page to page; it must not be loaded anew because another one asks.
  const page = event.untrack(() => event.route.id);
  if (!INBOX_PAGES.includes(page)) return event.locals.app.tracking.waiting(viewer);
  const { toAccept, toAgree, toCheckIn, toAnswer } = await inboxOf(event.locals, viewer);
  return { week: toAccept.length + toAgree.length + toCheckIn.length, dependencies: toAnswer.length };
}
