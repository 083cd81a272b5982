import type { Outcome, Refusal } from '#domain/outcome.ts';
import type { Result } from '../app.ts';
import type { AccessDependencies } from '../organisations/dependencies.ts';
import type { RightsChanged } from '../organisations/rights-changes.ts';
import type { Transaction } from '../store/store.ts';
import { storeWithin } from '../store/within.ts';

/** Takes a transaction back with the refusal that ended it. */
class TakenBack extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/**
 * One call of a directory may do several things: all of them happen, or none. Open sockets are told afterwards, of what
 * then holds.
 */
export async function together<P extends AccessDependencies, T>(
  parts: P,
  work: (parts: P, tx: Transaction) => Result<T>,
): Result<T> {
  const told: RightsChanged[] = [];
  const rights = { ...parts.rights, tell: (change: RightsChanged) => void told.push(change) };
  try {
    const done = await parts.store.transaction(async (tx): Promise<Outcome<T>> => {
      const outcome = await work({ ...parts, rights, store: storeWithin(parts.store, tx) }, tx);
      if (!outcome.ok) throw new TakenBack(outcome.refusal);
      return outcome;
    });
    told.forEach((change) => parts.rights.tell(change));
    return done;
  } catch (error) {
    if (error instanceof TakenBack) return { ok: false, refusal: error.refusal };
    throw error;
  }
}
