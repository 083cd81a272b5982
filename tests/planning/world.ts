import { randomUUID } from 'node:crypto';
import { createAuth, type AuthServer } from '../../server/auth/auth.ts';
import type { Tracking } from '../../server/app-tracking.ts';
import type { Organisations, Planning, Viewer } from '../../server/app.ts';
import { createOrganisations } from '../../server/organisations/organisations.ts';
import { makeRightsChanges } from '../../server/organisations/rights-changes.ts';
import type { PlanningDeps } from '../../server/planning/deps.ts';
import { createDocuments } from '../../server/planning/documents.ts';
import { createPlanReader } from '../../server/planning/plan-reader.ts';
import { createPlanning } from '../../server/planning/planning.ts';
import { createJournal } from '../../server/store/journal/journal.ts';
import type { Store } from '../../server/store/store.ts';
import { createRhythm, type RhythmPart } from '../../server/rhythm/rhythm.ts';
import { createSyncServer, type SyncServer } from '../../server/sync/sync-server.ts';
import { foldParts } from '../../server/sync/fold.ts';
import { systemClock } from '../../server/sync/system-clock.ts';
import { createRegisterPort } from '../../server/registers/register-port.ts';
import { createTracking } from '../../server/tracking/tracking.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { openTestStore } from '../support/embedded.ts';
import type { OpenedStore } from '../tracking/stores.ts';

const client = { address: '127.0.0.1', userAgent: 'test' };
export const password = 'a long enough pass phrase';

/** Planning on a real store, with real rooms; one organisation with an administrator. */
export interface World {
  readonly store: Store;
  readonly auth: AuthServer;
  readonly organisations: Organisations;
  readonly planning: Planning;
  readonly tracking: Tracking;
  readonly rhythm: RhythmPart;
  readonly sync: SyncServer;
  readonly deps: PlanningDeps;
  readonly ana: Viewer;
  /** Somebody else of the organisation, joined by an invite. */
  join(name: string, role: 'administrator' | 'member' | 'observer', teamId?: string): Promise<Viewer>;
  /** The viewer anew, after a change of rights. */
  again(viewer: Viewer): Promise<Viewer>;
  dispose(): Promise<void>;
}

export async function openWorld(
  teams: readonly string[] = ['Red', 'Blue'],
  now: () => number = Date.now,
  open: () => Promise<OpenedStore> = openTestStore,
): Promise<World> {
  const { store, dispose } = await open();
  const parts = { store, now, newId: randomUUID, rights: makeRightsChanges() };
  const auth = createAuth({
    ...parts,
    setupToken: 'the-token',
    isLocal: () => true,
    originOf: () => new URL('http://localhost'),
    providers: [],
    tellOwner: () => Promise.resolve(),
    log: { info: () => undefined, warn: () => undefined },
  });
  const log = { info() {}, warn() {}, error() {} };
  const sync = createSyncServer({
    hooks: {
      journal: createJournal(store),
      rules: { roots: ['records', 'meta'], validate: () => null },
      admit: () => Promise.resolve({ ok: false, refusal: { code: 'forbidden', message: 'no sockets here' } }),
      rightNow: () => Promise.resolve('none'),
    },
    clock: systemClock,
    random: Math.random,
    log,
  });
  const documents = createDocuments(sync, () => undefined);
  const { newId } = parts;
  const tracking = createTracking({
    store,
    now,
    newId,
    registers: createRegisterPort({ newId: randomUUID }),
    readPlan: createPlanReader({ store, documents }),
  });
  const rhythm = createRhythm({
    ...{ store, now, newId, truthChanged: () => undefined },
    boardRight: (viewer, board) => planning.right(viewer, board),
  });
  const deps: PlanningDeps = {
    store,
    now,
    newId,
    documents,
    tracking,
    rhythm,
    fold: (pieces) => Promise.resolve(foldParts(pieces)),
    truthChanged: () => undefined,
    guardChanged: () => undefined,
  };
  const planning = createPlanning(deps);
  const made = value(
    await auth.setup(
      { organisation: 'Acme', name: 'Ana', email: 'ana@example.org', password, teams },
      client,
    ),
  );
  const again = async (viewer: Viewer) => {
    const now = await auth.holderNow({ kind: 'ticket', memberId: viewer.memberId });
    if (!now) throw new Error(`${viewer.name} is not a member any more`);
    return { ...now, via: viewer.via };
  };
  return {
    store,
    auth,
    organisations: createOrganisations(parts),
    planning,
    tracking,
    rhythm,
    sync,
    deps,
    ana: made.viewer,
    async join(name, role, teamId) {
      const invite = value(await auth.createInvite(made.viewer, { role, ...(teamId ? { teamId } : {}) }));
      const input = {
        name,
        email: `${name.toLowerCase()}@example.org`,
        password,
        ...(teamId ? { teamId } : {}),
      };
      return value(await auth.acceptInvite(invite.token, input, client)).viewer;
    },
    again,
    async dispose() {
      await sync.drain();
      await dispose();
    },
  };
}

/** Unwraps what must have been allowed; shows the refusal otherwise. */
export function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal, null, 2));
  return outcome.value;
}

/** The code of what must have been refused. */
export const code = (outcome: Outcome<unknown>): string => (outcome.ok ? 'allowed' : outcome.refusal.code);
