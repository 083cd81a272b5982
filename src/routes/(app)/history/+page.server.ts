import { isLocalDate } from '#domain/rhythm/local-time.ts';
import { signedIn } from '../../signed-in.server.ts';
import type { PageServerLoad } from './$types';

/** The log of the organisation, narrowed by the address: who, what kind, from which day to which. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const chosen = (name: string): string => event.url.searchParams.get(name) ?? '';
  const day = (name: string): string => (isLocalDate(chosen(name)) ? chosen(name) : '');
  const filter = { person: chosen('person'), kind: chosen('kind'), from: day('from'), to: day('to') };
  const { lines, next } = await event.locals.app.insight.audit(viewer, {
    ...(filter.person !== '' && { person: filter.person }),
    ...(filter.kind !== '' && { kind: filter.kind }),
    ...(filter.from !== '' && { from: filter.from }),
    ...(filter.to !== '' && { to: filter.to }),
    after: chosen('after'),
  });
  const address = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
  const first = address.size === 0 ? '/history' : `/history?${address.toString()}`;
  if (next !== null) address.set('after', next);
  return {
    ...{ filter, lines },
    older: next === null ? null : `/history?${address.toString()}`,
    newest: chosen('after') === '' ? null : first,
  };
};
