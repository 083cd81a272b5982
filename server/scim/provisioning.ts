import type { Provisioning } from '../app-provisioning.ts';
import type { ScimDeps } from './deps.ts';
import { listWaiting, renewLink } from './invitation.ts';
import { createScimToken, listScimTokens, revokeScimToken } from './tokens.ts';

/** Builds what administrators see and set of provisioning. */
export const createProvisioning = (parts: ScimDeps): Provisioning => ({
  tokens: (viewer) => listScimTokens(parts, viewer),
  createToken: (viewer, input) => createScimToken(parts, viewer, input),
  revokeToken: (viewer, id) => revokeScimToken(parts, viewer, id),
  waiting: (viewer) => listWaiting(parts, viewer),
  linkFor: (viewer, personId) => renewLink(parts, viewer, personId),
});
