import { CarriedDirectory } from '#lib/tracking/directory.ts';
import type { SignedIn } from './signed-in.server.ts';

/** Organisations whose people and teams are kept unpacked. */
const MOST = 50;

/** The last one of each organisation: it is unpacked anew only when the database says something else. */
const last = new Map<string, CarriedDirectory>();

/** Everybody and every team of the viewer's organisation, as they are now. */
export async function directoryOf({ app }: App.Locals, viewer: SignedIn): Promise<CarriedDirectory> {
  const packed = await app.organisations.directory(viewer);
  const known = last.get(viewer.organisationId);
  if (known?.packed === packed) return known;
  if (last.size >= MOST) last.clear();
  const made = new CarriedDirectory(packed);
  last.set(viewer.organisationId, made);
  return made;
}
