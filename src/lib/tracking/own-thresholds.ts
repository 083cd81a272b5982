import { getContext, setContext } from 'svelte';
import { defaultThresholds, type Thresholds } from '#domain/settings/threshold.ts';

const key = Symbol('thresholds');

/** Gives everything below this component the organisation's own thresholds, so that words speak of its own numbers. */
export function setOwnThresholds(read: () => Thresholds): void {
  setContext(key, read);
}

/** The thresholds of the organisation whose page this is; the defaults where there is none, as behind a mail's link. */
export const readOwnThresholds = (): Thresholds =>
  getContext<(() => Thresholds) | undefined>(key)?.() ?? defaultThresholds;
