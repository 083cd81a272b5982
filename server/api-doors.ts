import type { IncomingMessage, ServerResponse } from 'node:http';
import { createAnswers } from './api/answers.ts';
import { createApi } from './api/api.ts';
import type { Application } from './app.ts';
import type { OriginPolicy } from './http/origin-policy.ts';
import type { Log } from './log.ts';
import type { ScimDeps } from './scim/deps.ts';
import { makeAssertionDoor } from './auth/provider/assertion-door.ts';
import { createScim } from './scim/scim.ts';

/**
 * What may come in from anywhere, before the pages, each with its own proof: the API, the door of a directory, and what a
 * SAML provider has browsers bring. True for what one of them took.
 */
export function makeApiDoors(
  application: Application,
  deps: ScimDeps,
  { policy, log }: { readonly policy: OriginPolicy; readonly log: Log },
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const addressOf = (request: IncomingMessage): string => policy.addressOf(request);
  const failed = (error: unknown, about: { id: string; method: string; path: string }): void =>
    log.error({ err: error, ...about }, 'a call failed');
  const api = createApi(application, {
    answers: createAnswers(deps.store, deps.now),
    version: '1',
    isOwnOrigin: (request) => policy.isOwnOrigin(request),
    addressOf,
    failed,
  });
  const scim = createScim(deps, { originOf: (request) => policy.originOf(request), addressOf, failed });
  const assertions = makeAssertionDoor(application.auth.providers.some(({ kind }) => kind === 'saml'));
  return (request, response) =>
    api(request, response) || scim(request, response) || assertions(request, response);
}
