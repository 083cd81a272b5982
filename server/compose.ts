import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { absent } from './absent.ts';
import { applicationKey, type Application } from './app.ts';
import { createAuth } from './auth/auth.ts';
import { newSetupToken } from './auth/setup-token.ts';
import type { Config } from './config.ts';
import { makeFrontDoor, type Handler } from './http/front-door.ts';
import { makeOriginPolicy } from './http/origin-policy.ts';
import type { Log } from './log.ts';
import type { AccessDependencies } from './organisations/dependencies.ts';
import { createOrganisations } from './organisations/organisations.ts';
import { makeRightsChanges } from './organisations/rights-changes.ts';
import { openStore } from './store/open.ts';

/** A whole server without its port. */
export interface Composition {
  readonly application: Application;
  /** Answers every request up to the pages, and hands those on. */
  readonly frontDoor: Handler;
  /** Takes the upgrade of a board's socket; false when the path is none of ours. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** What set-up asks for from another machine. */
  readonly setupToken: string;
  /** From now on not ready: a proxy sends nobody new. */
  startDraining(): void;
  /** Flushes the boards, then closes the store. */
  close(): Promise<void>;
}

/** Builds all parts of the application on its store. Throws StartFailure when the store can not be had. */
export async function compose(
  config: Config,
  log: Log,
  { now = Date.now, onLost = () => {} }: { now?: () => number; onLost?: (reason: Error) => void } = {},
): Promise<Composition> {
  const store = await openStore({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, onLost });
  const policy = makeOriginPolicy(config.origin, config.trustedProxies);
  const rights = makeRightsChanges();
  const setupToken = newSetupToken();
  const parts: AccessDependencies = { store, now, newId: randomUUID, rights };
  let draining = false;
  const application: Application = {
    store: store.info,
    auth: createAuth({ ...parts, setupToken, isLocal: (request) => policy.isLocal(request) }),
    organisations: createOrganisations(parts),
    planning: absent('planning'),
    tracking: absent('tracking'),
    live: { handleUpgrade: () => false, pushTruth: async () => {} },
    example: absent('example'),
    notReady: async () => (draining ? 'the server is going down' : store.notReady()),
  };
  return {
    application,
    frontDoor: makeFrontDoor({ policy, log, notReady: () => application.notReady(), api: () => false }),
    handleUpgrade: (request, socket, head) => application.live.handleUpgrade(request, socket, head),
    setupToken,
    startDraining: () => {
      draining = true;
    },
    close: () => store.close(),
  };
}

/** Puts the application where built pages find it: they are another module graph. */
export function publish(application: Application): void {
  Reflect.set(globalThis, applicationKey, application);
}
