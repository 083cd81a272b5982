import { error } from '@sveltejs/kit';
import { registers, type RegisterWords } from '#lib/tracking/register/kinds.ts';

/** The register whose pages these are. */
export function registerAt(path: string): RegisterWords {
  const found = registers.find((it) => it.path === path);
  if (found === undefined) error(404, { message: 'There is no such register.', code: 'not-found' });
  return found;
}
