import type { AccessDependencies } from '../organisations/dependencies.ts';
import type { Queries } from '../store/store.ts';

/** What provisioning needs of the outside; `compose.ts` connects it. */
export interface ScimDeps extends AccessDependencies {
  /** Puts a mail with the link of an invite into the queue, in the transaction that makes the invite. */
  readonly mailInvite: (
    queries: Queries,
    of: { readonly organisationId: string; readonly inviteId: string; readonly address: string },
  ) => Promise<void>;
}
