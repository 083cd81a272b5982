import { getContext, setContext } from 'svelte';
import { isShown, type Depth, type Part } from '#domain/depth/depth.ts';

/** How deep this organisation plans, and which parts of planning it has begun to use. */
export interface DepthInUse {
  readonly depth: Depth;
  readonly used: readonly Part[];
}

const key = Symbol('depth');

export function setDepth(read: () => DepthInUse): void {
  setContext(key, read);
}

/** Whether forms and lists show a part: from the start, or since it is used, here or anywhere. Nothing hidden is lost. */
export function readDepth(): { readonly depth: Depth; shows(part: Part, usedHere?: boolean): boolean } {
  const read = getContext<(() => DepthInUse) | undefined>(key);
  if (read === undefined) throw new Error('No depth: a layout above must call setDepth.');
  return {
    get depth() {
      return read().depth;
    },
    shows(part, usedHere = false) {
      const { depth, used } = read();
      return isShown(depth, part, usedHere || used.includes(part));
    },
  };
}
