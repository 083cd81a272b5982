import type { SessionAsk } from '#domain/facilitation/command.ts';
import { isPresent, type Session } from '#domain/facilitation/session.ts';
import { allowed, type Outcome } from '#domain/outcome.ts';
import type { CommitResult } from '#protocol/views/board.ts';
import type { SessionView } from '#protocol/views/facilitation.ts';
import type { Facilitation } from '../app-facilitation.ts';
import type { Viewer } from '../app.ts';
import { actOnObject, inputOf } from './act-in-session.ts';
import { actOnBoard, committedWords, isBoardAct } from './act-on-board.ts';
import type { FacilitationDeps } from './deps.ts';
import { freezeBoard } from './freeze-board.ts';
import { makeGuests } from './guests.ts';
import { heardByRoom } from './heard-by-room.ts';
import { heardOf, makeHub } from './hub.ts';
import { changesGuard } from './changes-guard.ts';
import { earsOf } from './ears-of.ts';
import { listSessions, runningOn, seesSession } from './list-sessions.ts';
import { viewFor, viewLive } from './live-view.ts';
import { lookAgain, lookAgainMs } from './look-again.ts';
import { nameFaster } from './name-faster.ts';
import { heardRing, makeTelling } from './telling.ts';
import { advanceClock } from './advance-clock.ts';
import { readPlanFacts } from './plan-lines.ts';
import { teamsOf } from './scope.ts';
import { readUnclosed } from './unclosed.ts';
import { planSession } from './plan-session.ts';
import { cardsToEnd } from './planned-cards.ts';
import { readMinutes } from './read-minutes.ts';
import {
  noSuchSession,
  notToPause,
  runCommand,
  stopAct,
  type Asking,
  type CommandGiven,
  type Ran,
} from './run-command.ts';
import { readSection, sectionOf } from './section-rows.ts';
import { nameArea } from './name-area.ts';
import { loadSession, type LoadedSession } from './session-table.ts';

/** Sessions as pages and API know them, and what the composition turns. */
export interface FacilitationPart extends Facilitation {
  /** Lets the clock do what is due: time is up, somebody has left, a meeting is abandoned. */
  advanceClock(): Promise<void>;
  /** Tells listeners of what other nodes did. */
  catchUp(): Promise<void>;
  /** Another node changed a session, or heard of somebody in it: whoever listens here is told at once. */
  rung(ring: string): void;
  /** Something that sessions list has changed on a board; null: somewhere else. */
  rowsChanged(boardId: string | null): void;
  /** Whose rights changed asks again. */
  rightsChanged(concerns: (viewer: Viewer) => boolean): void;
  /** Other people may look at a board now: who listens here is looked at again. */
  scopeChanged(): void;
  /** A board was committed: the session that runs on it, and that the presser is in, says so in its minutes. */
  committed(
    viewer: Viewer,
    boardId: string,
    result: Pick<CommitResult, 'commitments'>,
    reason: string,
  ): Promise<void>;
  /** Resolves when everything under way in the background is done. */
  settled(): Promise<void>;
}

/** Builds the part that holds sessions. */
export function createFacilitation(deps: FacilitationDeps): FacilitationPart {
  const { store, now, newId } = deps;
  const hub = makeHub();
  const underWay = new Set<Promise<void>>();
  let lookedAt = now();

  const telling = makeTelling(deps, hub);
  const { tellAll } = telling;

  const inBackground = (work: Promise<void>): void => {
    const guarded = work
      .catch((error: unknown) => deps.log.error({ err: error }, 'a session could not be followed up'))
      .finally(() => underWay.delete(guarded));
    underWay.add(guarded);
  };

  /** After the transaction: everybody hears of it, and the board is frozen in the name of whoever did it, or led. */
  const followUp = async (viewer: Viewer | null, ran: Ran): Promise<void> => {
    if (ran.events.length > 0) {
      leadChanged(ran);
      await tellAll(ran.after);
      if (viewer !== null) inBackground(freeze(viewer, ran));
    }
    if (ran.after.row.status === 'ended') hub.forget(ran.after.row.id);
  };

  const finish = async (viewer: Viewer, ran: Ran): Promise<SessionView> => {
    await followUp(viewer, ran);
    return viewFor(store.db, ran.after, viewer, now());
  };

  const leadChanged = ({ after, events }: Ran): void => {
    const { boardId } = after.row;
    const concerned = events.some((it) => changesGuard(after.state, it));
    if (boardId !== null && concerned) deps.facilitatorsChanged(boardId);
  };

  const freeze = async (viewer: Viewer, ran: Ran): Promise<void> => {
    const taken = await freezeBoard(deps, viewer, ran);
    if (taken === null) return;
    const given = {
      command: { type: 'note-snapshot', ...taken },
      commandId: newId(),
      expectedRev: null,
    } as const;
    const noted = await noteAfterwards(ran.after.row, given);
    if (!noted.ok) return;
    await tellAll(noted.value.after);
    if (noted.value.after.row.status === 'ended') hub.forget(noted.value.after.row.id);
  };

  /** A session that has ended takes this one line more: which snapshot was taken of it. */
  const noteAfterwards = (row: LoadedSession['row'], given: CommandGiven): Promise<Outcome<Ran>> =>
    store.transaction((tx) => runCommand(tx, row.id, given, asking(row.organisationId, null)));

  /** The session as far as this viewer may know of it. */
  const reach = async (viewer: Viewer, id: string): Promise<LoadedSession | null> => {
    const loaded = await loadSession(store.db, viewer.organisationId, id);
    return loaded !== null && seesSession(viewer, loaded.row) ? loaded : null;
  };

  const asking = (organisationId: string, viewer: Viewer | null, more: Partial<Asking> = {}): Asking => ({
    ...{ organisationId, viewer, at: now() },
    ...more,
  });

  const run = async (
    viewer: Viewer,
    id: string,
    ask: Partial<Pick<SessionAsk, 'commandId' | 'expectedRev'>> & Pick<SessionAsk, 'command'>,
  ): Promise<Outcome<SessionView>> => {
    const given = {
      ...{ command: ask.command, commandId: ask.commandId ?? newId() },
      expectedRev: ask.expectedRev ?? null,
    };
    const reached = await reach(viewer, id);
    if (reached === null) return noSuchSession;
    const command = await nameArea(deps.planned, viewer, reached.state, ask.command);
    if (!command.ok) return command;
    given.command = command.value;
    const { board } = reached.state;
    const pauses = command.value.type === 'end' && command.value.pauseBoard === true && board !== null;
    if (pauses && !(await deps.planned.mayPause(viewer, board))) return notToPause;
    const cards = await cardsToEnd(deps, viewer, reached.state, command.value);
    const ran = await store.transaction(async (tx) => {
      const done = await runCommand(tx, id, given, asking(viewer.organisationId, viewer, { cards }));
      const meeting = done.ok ? done.value.after.state.occurrence : null;
      if (done.ok && meeting !== null && done.value.events.some(({ type }) => type === 'started')) {
        await deps.markHeld(tx, viewer, meeting);
      }
      return done;
    });
    if (ran.ok) {
      if (pauses) await deps.planned.leavePaused(viewer, board);
      return allowed(await finish(viewer, ran.value));
    }
    if (ran.refusal.code !== 'changed-rev') return ran;
    const told = { since: given.expectedRev, at: now() };
    return { ok: false, refusal: await nameFaster(store.db, viewer, id, ran.refusal, told) };
  };

  /** An act on the board that is planned, and its line in the minutes. */
  const actOnPlan: Facilitation['act'] = async (viewer, id, input) => {
    const commandId = input.commandId ?? newId();
    const asks = asking(viewer.organisationId, viewer, { into: input.stage, input: 'row' });
    const stopped = await store.transaction((tx) => stopAct(tx, id, commandId, asks));
    if (stopped !== null) return stopped.ok ? allowed(await finish(viewer, stopped.value)) : stopped;
    const loaded = await loadSession(store.db, viewer.organisationId, id);
    if (loaded === null) return noSuchSession;
    const acted = await actOnBoard(deps.planned, viewer, loaded.state, input);
    if (!acted.ok) return acted;
    const { output, text } = acted.value;
    // Done once more is done once.
    if (loaded.state.produced.some((it) => it.output === output && it.text === text)) {
      return allowed(await viewFor(store.db, loaded, viewer, now()));
    }
    const given = { command: acted.value, commandId, expectedRev: null };
    const ran = await store.transaction((tx) => runCommand(tx, id, given, asks));
    if (!ran.ok) return ran;
    hub.hint((each) => each === id);
    return allowed(await finish(viewer, ran.value));
  };

  return {
    guests: makeGuests(deps, hub, (ran) => followUp(null, ran)),
    sessions: (viewer, filter) => listSessions(store.db, viewer, filter),
    session: async (viewer, id) => {
      const loaded = await reach(viewer, id);
      return loaded === null ? noSuchSession : allowed(await viewFor(store.db, loaded, viewer, now()));
    },
    plan: async (viewer, input) => {
      const planned = await store.transaction((tx) => planSession(tx, viewer, input, { ...deps, at: now() }));
      if (!planned.ok) return planned;
      const loaded = await loadSession(store.db, viewer.organisationId, planned.value);
      return loaded === null ? noSuchSession : allowed(await viewFor(store.db, loaded, viewer, now()));
    },
    command: run,
    act: async (viewer, id, input) => {
      const reached = await reach(viewer, id);
      if (reached === null) return noSuchSession;
      if (isBoardAct(input)) return actOnPlan(viewer, id, input);
      const boards = new Set<string>();
      const commandId = input.commandId ?? newId();
      const ran = await store.transaction(async (tx): Promise<Outcome<Ran>> => {
        const asks = asking(viewer.organisationId, viewer, { into: input.stage, input: inputOf(input) });
        const stopped = await stopAct(tx, id, commandId, asks);
        if (stopped !== null) return stopped;
        const tracking = deps.trackingWithin(tx);
        tracking.onChanged((boardId) => boards.add(boardId));
        const parts = { tracking, registers: deps.registersWithin(tx, (boardId) => boards.add(boardId)) };
        const { board } = reached.state;
        const acted = await actOnObject(parts, viewer, { id, board }, input);
        if (!acted.ok) return acted;
        const command = await heardByRoom(tx, reached.state, acted.value);
        const given = { command, commandId, expectedRev: null };
        return runCommand(tx, id, given, asks);
      });
      if (!ran.ok) return ran;
      deps.truthChanged(boards);
      hub.hint((each) => each === id);
      return allowed(await finish(viewer, ran.value));
    },
    rows: async (viewer, id, stage) => {
      const loaded = await reach(viewer, id);
      if (loaded === null) return noSuchSession;
      const teams = await teamsOf(store.db, loaded.state);
      const warnings = await deps.warnings(viewer, teams === null ? {} : { teamIds: teams });
      const sources = sectionOf(loaded.state, stage)?.rows ?? [];
      const planned = await readPlanFacts(deps.planned, viewer, loaded.state, sources);
      return store.transaction((tx) => {
        const parts = { registers: deps.registersWithin(tx, () => undefined), warnings, planned };
        return readSection(tx, parts, viewer, loaded.state, stage);
      });
    },
    minutes: async (viewer, id) => {
      const loaded = await reach(viewer, id);
      const read = loaded === null ? null : await readMinutes(deps, viewer, loaded, now());
      return read === null ? noSuchSession : allowed(read);
    },
    beat: async (viewer, id) => {
      const loaded = await reach(viewer, id);
      if (loaded === null) return noSuchSession;
      hub.heard(id, viewer.personId, now());
      deps.ringSession(heardRing(id, viewer.personId));
      if (loaded.row.status !== 'ended' && !isPresent(loaded.state, viewer.personId)) {
        const arrived = await run(viewer, id, { command: { type: 'arrive' } });
        if (!arrived.ok) return arrived;
      }
      return allowed({ serverTime: now(), heard: heardOf(loaded.state, hub.lastSeen(id, [], now())) });
    },
    listen: async (viewer, id, ears) => {
      const loaded = await reach(viewer, id);
      if (loaded === null) return noSuchSession;
      const own = earsOf(store.db, viewer, ears);
      const stop = hub.listen(id, viewer, own);
      own.send({ type: 'session', session: await viewLive(store.db, loaded, now()) });
      return allowed(stop);
    },
    unclosed: (viewer) => readUnclosed(store.db, viewer),
    ofBoard: async (boardId) => {
      const row = await runningOn(store.db, boardId);
      if (row === null) return { type: 'no-session' };
      const loaded = { row, state: row.state as Session };
      return { type: 'session', session: await viewLive(store.db, loaded, now()) };
    },
    advanceClock: () => advanceClock(deps, hub, followUp),
    catchUp: async () => {
      await telling.catchUp();
      // A lost ring must not let anybody listen on.
      if (now() - lookedAt < lookAgainMs) return;
      lookedAt = now();
      await lookAgain(hub, deps);
    },
    rung: (ring) => inBackground(telling.rung(ring)),
    rowsChanged: (boardId) => {
      if (hub.listened().length > 0) inBackground(telling.rowsChanged(boardId));
    },
    rightsChanged: (concerns) => hub.end(concerns),
    scopeChanged: () => inBackground(lookAgain(hub, deps)),
    committed: async (viewer, boardId, { commitments }, reason) => {
      const row = await runningOn(store.db, boardId);
      if (row === null || !isPresent(row.state as Session, viewer.personId)) return;
      const state = row.state as Session;
      const stage = state.stages.find(({ outputs }) => outputs.includes('plan'))?.id ?? null;
      const text = committedWords(commitments.length, reason.trim());
      const ref = { kind: 'board', id: boardId };
      await run(viewer, row.id, { command: { type: 'produce', stage, output: 'plan', text, ref } });
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
