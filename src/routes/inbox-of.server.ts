import type { SignedIn } from './signed-in.server.ts';

type Inbox = Awaited<ReturnType<App.Locals['app']['tracking']['inbox']>>;

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
