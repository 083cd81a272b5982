import type { Store } from '../store/store.ts';
import type { RightsChanges } from './rights-changes.ts';

/** What the parts of auth and organisations are given. */
export interface AccessDependencies {
  readonly store: Store;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A fresh uuid. */
  readonly newId: () => string;
  readonly rights: RightsChanges;
}
