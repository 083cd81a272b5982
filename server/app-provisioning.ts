import type { ScimTokenView, WaitingPersonView } from '../src/protocol/views/provisioning.ts';
import type { Result, Viewer } from './app-viewer.ts';

/** What an administrator sees and sets of provisioning by the organisation's directory (SCIM). */
export interface Provisioning {
  tokens(viewer: Viewer): Result<readonly ScimTokenView[]>;
  /** A token of the organisation for /scim/v2; shown once. */
  createToken(viewer: Viewer, input: { name: string }): Result<{ token: string; view: ScimTokenView }>;
  revokeToken(viewer: Viewer, id: string): Result<true>;
  /** Whom the directory has invited and who has not joined yet. */
  waiting(viewer: Viewer): Result<readonly WaitingPersonView[]>;
  /** A new link for one of them, shown once; an earlier one opens nothing any more. */
  linkFor(viewer: Viewer, personId: string): Result<{ invite: string }>;
}
