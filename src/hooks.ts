import type { Transport } from '@sveltejs/kit';
import { CarriedDirectory } from '#lib/tracking/directory.ts';

/** What pages carry in a form of its own. */
export const transport: Transport = {
  Directory: {
    encode: (it) => it instanceof CarriedDirectory && it.packed,
    decode: (packed: string) => new CarriedDirectory(packed),
  },
};
