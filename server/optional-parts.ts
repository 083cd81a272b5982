import type { IdentityProvider } from './auth/provider/identity-provider.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import type { AdminDoorParts } from './operations/admin-door.ts';
import type { AnswerSettings, NotifyDeps } from './notify/deps.ts';
import { StartFailure } from './start-failure.ts';
import type { Metrics } from './operations/metrics.ts';
import type { Doorbell } from './sync/hooks.ts';
import type { Store } from './store/store.ts';
import type { SyncServer } from './sync/sync-server.ts';

// Parts only some settings ask for: loaded then, so that nobody else pays for them.

/** Several nodes on one PostgreSQL hear of each other over Redis; one node alone needs nothing. */
export async function openDoorbell({ redisUrl }: Config, log: Log): Promise<{ doorbell?: Doorbell }> {
  if (redisUrl === null) return {};
  const { redisDoorbell } = await import('./sync/doorbell/redis-doorbell.ts');
  return { doorbell: redisDoorbell(redisUrl, log) };
}

/** Only who asks for figures pays for measuring. */
export async function openMetrics(
  { metricsToken }: Config,
  standing: () => ReturnType<SyncServer['stats']>,
): Promise<Metrics | null> {
  if (metricsToken === null) return null;
  const { createMetrics } = await import('./operations/metrics.ts');
  return createMetrics(metricsToken, standing);
}

export async function openAdmin(parts: AdminDoorParts): Promise<() => Promise<void>> {
  const { openAdminDoor } = await import('./operations/admin-door.ts');
  return openAdminDoor(parts);
}

/** Only who has an identity provider speaks with one. */
export async function openProviders(
  { oidc, saml }: Config,
  { db }: Pick<Store, 'db'>,
  log: Log,
): Promise<readonly IdentityProvider[]> {
  const report = (error: unknown): void => log.warn({ err: error }, 'the identity provider was no help');
  const providers: IdentityProvider[] = [];
  if (oidc !== null) {
    const { createOpenIdConnect } = await import('./auth/provider/openid-connect.ts');
    providers.push(createOpenIdConnect(oidc, report));
  }
  if (saml !== null) {
    const { createSaml } = await import('./auth/provider/saml.ts');
    const { takeAssertion } = await import('./auth/provider/used-assertions.ts');
    providers.push(createSaml(saml, { report, take: (assertion) => takeAssertion(db, assertion) }));
  }
  return providers;
}

/** Only who takes answers by mail listens for them. */
export async function openReplies(
  { replies }: Config,
  deps: NotifyDeps,
  log: Log,
): Promise<() => Promise<void>> {
  if (replies === null) return async () => {};
  const { openReplyDoor } = await import('./notify/reply/reply-door.ts');
  const { takeAnswer } = await import('./notify/reply/take-answer.ts');
  try {
    const door = await openReplyDoor({ ...replies, log, take: takeAnswer(deps) });
    log.info(`Answers to reminders come in on port ${door.port} for ${replies.address}.`);
    return door.close;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown reason';
    throw new StartFailure(`REPLY_PORT ${replies.port} on ${replies.host} can not be opened (${reason}).`);
  }
}

/** How reminders are answered, where an address takes answers. */
export const answersFrom = (
  { replies }: Config,
  how: Omit<AnswerSettings, 'address'>,
): AnswerSettings | undefined => (replies === null ? undefined : { address: replies.address, ...how });
