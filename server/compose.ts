import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { makeApiDoors } from './api-doors.ts';
import { applicationKey, type Application, type Viewer } from './app.ts';
import { createAuth } from './auth/auth.ts';
import { newSetupToken } from './auth/setup-token.ts';
import { findViewer } from './auth/viewers.ts';
import { choresOf } from './chores.ts';
import type { Config } from './config.ts';
import { createFacilitation } from './facilitation/facilitation.ts';
import { makePlanPort, toldToSessions } from './facilitation/plan-port.ts';
import { startHousekeeping } from './housekeeping.ts';
import { makeFrontDoor, type Handler } from './http/front-door.ts';
import { describeRequest } from './http/request-id.ts';
import { makeOriginPolicy } from './http/origin-policy.ts';
import { readChatWarnings } from './insight/chat-warnings.ts';
import { createInsight } from './insight/insight.ts';
import { isRung, makeLiveDoor, toRightsChange } from './live-door.ts';
import { makeLiveTruth } from './live-truth.ts';
import { withLogFields, type Log } from './log.ts';
import type { NotifyDeps } from './notify/deps.ts';
import { inviteMails } from './notify/invite-mail.ts';
import { createNotify } from './notify/notify.ts';
import { tellOwner } from './notify/queue-own-mail.ts';
import type { AccessDependencies } from './organisations/dependencies.ts';
import { createOrganisations } from './organisations/organisations.ts';
import { readBoardGuard } from './planning/board-guard.ts';
import { makeRightsChanges, type RightsChanged } from './organisations/rights-changes.ts';
import { createDocuments } from './planning/documents.ts';
import { createExample } from './planning/example.ts';
import { keepWayBack } from './planning/keep-way-back.ts';
import { createPlanReader } from './planning/plan-reader.ts';
import { createPlanning } from './planning/planning.ts';
import { storeWithin } from './store/within.ts';
import { createJournal } from './store/journal/journal.ts';
import {
  openAdmin,
  openDoorbell,
  openMetrics,
  openProviders,
  openReplies,
  answersFrom,
} from './optional-parts.ts';
import { openStore } from './store/open.ts';
import type { Transaction } from './store/store.ts';
import { createQuarantine } from './store/quarantine.ts';
import { boardRules } from './sync/board-rules.ts';
import { foldInWorker } from './sync/fold-in-worker.ts';
import { createSyncServer, type SyncServer } from './sync/sync-server.ts';
import { systemClock } from './sync/system-clock.ts';
import { createRegisterPort } from './registers/register-port.ts';
import { readReminders } from './registers/reminders.ts';
import { createRegisters } from './registers/registers.ts';
import type { RhythmDeps } from './rhythm/deps.ts';
import { meetingsWithin } from './rhythm/meetings-within.ts';
import { createRhythm } from './rhythm/rhythm.ts';
import { createProvisioning } from './scim/provisioning.ts';
import type { TrackingDeps } from './tracking/deps.ts';
import { createTracking } from './tracking/tracking.ts';

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
  /** Makes all boards durable and says goodbye to their sockets, then closes the store. */
  close(): Promise<void>;
}

export interface Surroundings {
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Told when the embedded database died under the running server. */
  readonly onLost?: (reason: Error) => void;
  /**
   * Opens the door for `npm run backup` and the like on the embedded store. Called after a restore or a move: the
   * process must end at once.
   */
  readonly onReplaced?: (why: string) => void;
}

/** Builds all parts of the application on its store. Throws StartFailure when the store can not be had. */
export async function compose(
  config: Config,
  { log, now = Date.now, onLost = () => {}, onReplaced }: Surroundings,
): Promise<Composition> {
  const store = await openStore({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, onLost });
  const policy = makeOriginPolicy(config.origin, config.trustedProxies);
  const rights = makeRightsChanges();
  const setupToken = newSetupToken();
  const parts: AccessDependencies = { store, now, newId: randomUUID, rights };
  const auth = createAuth({
    ...parts,
    ...{ setupToken, log },
    isLocal: (request) => policy.isLocal(request),
    originOf: (request) => policy.originOf(request),
    providers: await openProviders(config, store, log),
    tellOwner: (queries, viewer, mail) => tellOwner(queries, notifyDeps, viewer, mail),
  });
  const quarantine = createQuarantine(store);
  const fold = foldInWorker();
  const metrics = await openMetrics(config, () => sync.stats());
  const sync: SyncServer = createSyncServer({
    hooks: {
      ...makeLiveDoor({ auth, policy, rights, now, right: (viewer, board) => planning.right(viewer, board) }),
      journal: createJournal(store),
      rules: boardRules,
      guard: (board) => readBoardGuard(store, board),
      truth: (board) => truth.read(board),
      sessionState: (board) => facilitation.ofBoard(board),
      sessionMessage: (board) => facilitation.ofBoard(board),
      sessionRung: (id) => facilitation.rung(id),
      rightsRung: (change) => {
        if (change.board === undefined) facilitation.rightsChanged((viewer) => isRung(change, viewer));
        else facilitation.scopeChanged();
      },
      refused: ({ board, member, reason, detail, bytes, at }) => {
        log.warn({ board, person: member.person, reason, detail }, 'an edit was refused');
        quarantine
          .keep({ boardId: board, person: member.person, reason, bytes, at })
          .catch((error: unknown) => log.error({ err: error, board }, 'a refused edit could not be kept'));
      },
      largeDeletion: (board, by, removal) =>
        void keepWayBack(planningDeps, board, by.person, removal).catch((error: unknown) =>
          log.error(
            { err: error, board },
            'a way back from a removal could not be kept; the log still has it',
          ),
        ),
    },
    clock: systemClock,
    random: Math.random,
    log,
    fold,
    ...(metrics && { metrics: metrics.sync }),
    ...(await openDoorbell(config, log)),
  });
  rights.listen((change) => sync.rightsChanged(toRightsChange(change)));

  const documents = createDocuments(sync, (error, board) =>
    log.error({ err: error, board }, 'a board could not be reached'),
  );
  const trackingDeps: TrackingDeps = {
    ...parts,
    readPlan: createPlanReader({ store, documents }),
    registers: createRegisterPort(parts),
  };
  const tracking = createTracking(trackingDeps);
  const truth = makeLiveTruth({ store, log }, tracking, {
    isShown: (board) => sync.isShown(board),
    send: (board, now) => sync.pushTruth(board, now),
  });
  const truthChanged = (board: string): void => void truth.push(board);
  tracking.onChanged(truthChanged);
  const guardChanged = (board: string): void => sync.rightsChanged({ board });
  const rhythmDeps: RhythmDeps = {
    ...parts,
    truthChanged,
    boardRight: (viewer, board) => planning.right(viewer, board),
  };
  const rhythm = createRhythm(rhythmDeps);
  const scopeChanged = (): void => facilitation.scopeChanged();
  const telling = { truthChanged, guardChanged, scopeChanged };
  const planningDeps = { ...parts, documents, tracking, rhythm, fold, ...telling };
  const planning = createPlanning(planningDeps);
  const registers = createRegisters({ ...parts, truthChanged });

  const trackingWithin = (tx: Transaction) =>
    createTracking({ ...trackingDeps, store: storeWithin(store, tx) });
  const notifyDeps: NotifyDeps = {
    ...{ store, now, newId: randomUUID, tracking, log, reminders: readReminders },
    node: randomUUID(),
    baseUrl: config.origin?.origin ?? `http://localhost:${config.port}`,
    mail: { smtpUrl: config.smtpUrl, from: config.mailFrom ?? 'Throughline <throughline@localhost>' },
    viewerOf: (memberId) =>
      findViewer(store.db, { memberId }, { via: 'mail', signInId: null, scope: 'write' }, now()),
    chat: { allowedHosts: config.webhookAllowedHosts, warnings: readChatWarnings },
    answers: answersFrom(config, {
      trackingWithin,
      changed: (board) => [truthChanged, facilitation.rowsChanged].forEach((tell) => tell(board)),
    }),
  };
  const notify = createNotify(notifyDeps);
  const scimDeps = { ...parts, mailInvite: inviteMails(notifyDeps) };
  const facilitation = createFacilitation({
    ...{ store, log, now, newId: randomUUID, alone: config.redisUrl === null },
    trackingWithin,
    registersWithin: (tx, changed) =>
      createRegisters({ ...parts, truthChanged: changed, store: storeWithin(store, tx) }),
    ...meetingsWithin(rhythmDeps, log),
    warnings: (viewer, filter) => insight.warnings(viewer, filter),
    viewerOf: notifyDeps.viewerOf,
    planned: makePlanPort(planning, rhythm, () => insight),
    takeSnapshot: (viewer, board, input) => planning.takeSnapshot(viewer, board, input),
    pushToBoard: (board, message) => sync.pushSession(board, message),
    ...{ facilitatorsChanged: guardChanged, ringSession: sync.ringSession, openBoards: sync.openBoards },
    truthChanged: (boards) => boards.forEach(truthChanged),
  });
  tracking.onChanged((board) => facilitation.rowsChanged(board));
  rights.listen((change) => facilitation.rightsChanged((viewer) => concerns(change, viewer)));

  const insight = createInsight({
    ...parts,
    said: (tx, organisationId, warnings) =>
      createNotify({ ...notifyDeps, store: storeWithin(store, tx) }, null).warn(organisationId, warnings),
  });

  let draining = false;
  const application: Application = {
    store: store.info,
    tldrawLicenseKey: config.tldrawLicenseKey,
    auth,
    organisations: createOrganisations(parts),
    planning: toldToSessions(planning, facilitation),
    tracking,
    notify,
    registers,
    rhythm,
    insight,
    facilitation,
    provisioning: createProvisioning(scimDeps),
    live: { handleUpgrade: sync.handleUpgrade, pushTruth: truth.push },
    example: createExample({
      ...planningDeps,
      startSignIn: auth.startSignIn,
      rightsChanged: (change) => rights.tell(change),
    }),
    notReady: async () => (draining ? 'the server is going down' : store.notReady()),
  };
  const kept = { store, log, now, fold, days: config.logDays };
  const busy = { tracking, notify, registers, rhythm, insight, facilitation, auth, quarantine };
  const stopChores = startHousekeeping(choresOf(busy, kept), log);
  const closeAdminDoor =
    onReplaced && store.kind === 'embedded'
      ? await openAdmin({ store, dataDir: config.dataDir, log, end: onReplaced })
      : async () => {};
  const closeReplies = await openReplies(config, notifyDeps, log);
  return {
    application,
    frontDoor: makeFrontDoor({
      ...{ policy, log, notReady: () => application.notReady(), metrics },
      api: makeApiDoors(application, scimDeps, { policy, log }),
    }),
    handleUpgrade: (request, socket, head) => {
      const fields = describeRequest(request, (request.url ?? '/').split('?', 1)[0] ?? '/');
      return withLogFields(fields, () => sync.handleUpgrade(request, socket, head));
    },
    setupToken,
    startDraining: () => {
      draining = true;
    },
    close: async () => {
      await closeAdminDoor();
      await closeReplies();
      await stopChores();
      await facilitation.settled();
      await sync.drain();
      metrics?.close();
      await store.close();
    },
  };
}

/** True when every part that a change of rights names is this viewer's. */
function concerns(change: RightsChanged, viewer: Viewer): boolean {
  return (
    (change.accountId === undefined || change.accountId === viewer.accountId) &&
    (change.memberId === undefined || change.memberId === viewer.memberId) &&
    (change.signInId === undefined || change.signInId === viewer.signInId)
  );
}

/** Puts the application where built pages find it: they are another module graph. */
export function publish(application: Application): void {
  Reflect.set(globalThis, applicationKey, application);
}
