import { getContext, setContext } from 'svelte';

/** When and where the reader is: the organisation's own now (the example lives in 2025), language and zone. */
export interface Clock {
  /** Milliseconds; of the page's load, so that server and browser write the same words. */
  readonly now: number;
  /** BCP 47, from the browser's request. */
  readonly locale: string;
  /** IANA id of the organisation. */
  readonly timezone: string;
}

const key = Symbol('clock');

/** Gives every date below this component its clock. Pass a getter: the layout's data changes as one moves on. */
export function setClock(read: () => Clock): void {
  setContext(key, read);
}

/** The clock of this page. */
export function readClock(): Clock {
  const read = getContext<(() => Clock) | undefined>(key);
  if (read === undefined) throw new Error('No clock: a layout above must call setClock.');
  return read();
}
