import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Viewer } from '../../server/app.ts';
import { createFacilitation, type FacilitationPart } from '../../server/facilitation/facilitation.ts';
import type { FacilitationDeps } from '../../server/facilitation/deps.ts';
import { member } from '../../server/store/schema.ts';
import type { Store, Transaction } from '../../server/store/store.ts';
import { storeWithin } from '../../server/store/within.ts';
import { createInsight } from '../../server/insight/insight.ts';
import { createRegisterPort } from '../../server/registers/register-port.ts';
import { createRegisters } from '../../server/registers/registers.ts';
import { readSeers } from '../../server/tracking/read-seers.ts';
import { createTracking } from '../../server/tracking/tracking.ts';
import { refused } from '../../src/domain/outcome.ts';
import type { SessionCommand } from '../../src/domain/facilitation/command.ts';
import type { SessionMessage, SessionView } from '../../src/protocol/views/facilitation.ts';
import { makeTrackingWorld, value, type Name, type TrackingWorld } from '../tracking/server-world.ts';
import { rhythmOf } from '../rhythm/rhythm-of.ts';

/** Sessions on a real store, in the world of teams red and blue. */
export interface SessionWorld extends TrackingWorld {
  readonly facilitation: FacilitationPart;
  /** Everything sent to windows of boards. */
  readonly pushed: { board: string; message: SessionMessage }[];
  /** Snapshots asked for: why, and of which board. */
  readonly frozen: { why: string; board: string }[];
  /** Another node on the same store, rung by this one. */
  otherNode(): { readonly facilitation: FacilitationPart; readonly pushed: SessionWorld['pushed'] };
  /** One command of somebody on the newest state; must be allowed. */
  do(
    name: Name,
    id: string,
    command: SessionCommand,
    more?: { rev?: number; commandId?: string },
  ): Promise<SessionView>;
  /** A session that runs, led by the first, with the others in it. */
  running(
    input: Parameters<FacilitationPart['plan']>[1],
    people: readonly [Name, ...Name[]],
  ): Promise<string>;
}

const names: readonly Name[] = ['ana', 'ben', 'bea', 'cleo', 'dan', 'olga', 'finn'];

const noPlan = () => Promise.resolve(refused('not-found', 'There is no board in this world.'));
/** A world without a document: nothing of a board is planned here. */
export const noBoard: FacilitationDeps['planned'] = {
  right: () => Promise.resolve('none'),
  ...{ mayPause: () => Promise.resolve(false), leavePaused: () => Promise.resolve() },
  ...{ areas: noPlan, board: noPlan, plan: noPlan, review: noPlan, putAside: noPlan, commit: noPlan },
  ...{ offers: noPlan, book: noPlan, setCapacity: noPlan },
};

const quiet = { info() {}, warn() {}, error() {} };

export async function makeSessionWorld(store: Store): Promise<SessionWorld> {
  const world = await makeTrackingWorld(store);
  const pushed: SessionWorld['pushed'] = [];
  const frozen: SessionWorld['frozen'] = [];
  const registersWithin = (tx: Transaction) =>
    createRegisters({
      store: storeWithin(store, tx),
      now: () => world.clock.now,
      newId: randomUUID,
      truthChanged: () => undefined,
    });
  const others: FacilitationPart[] = [];
  const node = (pushes: SessionWorld['pushed'], more: Partial<FacilitationDeps>) =>
    createFacilitation({
      ...deps,
      pushToBoard: (board, message) => pushes.push({ board, message }),
      ...more,
    });
  const deps: FacilitationDeps = {
    store,
    log: quiet as unknown as FacilitationDeps['log'],
    now: () => world.clock.now,
    newId: randomUUID,
    trackingWithin: (tx) =>
      createTracking({
        store: storeWithin(store, tx),
        now: () => world.clock.now,
        newId: randomUUID,
        readPlan: () => Promise.resolve(null),
        registers: createRegisterPort({ newId: randomUUID }),
      }),
    registersWithin,
    markHeld: async (tx, viewer, meeting) => {
      const within = rhythmOf(storeWithin(store, tx), () => world.clock.now);
      value(await within.markHeld(viewer, meeting, viewer.organisation.now));
    },
    facilitatorOf: async (tx, viewer, meeting) => {
      const within = rhythmOf(storeWithin(store, tx), () => world.clock.now);
      return value(await within.occurrence(viewer, meeting)).facilitatorId;
    },
    warnings: (viewer, filter) =>
      createInsight({ store, now: () => world.clock.now, newId: randomUUID }).warnings(viewer, filter),
    viewerOf: async (memberId) => {
      const [found] = await store.db.select().from(member).where(eq(member.id, memberId));
      const name = names.find((each) => world.people[each] === found?.personId);
      if (name === undefined) return null;
      const personId = world.people[name];
      const seers = await readSeers(store.db, world.organisationId, [personId]);
      return world.viewer(name, { memberId, hiddenBoards: seers.get(personId)?.hiddenBoards ?? [] });
    },
    planned: noBoard,
    takeSnapshot: (_viewer: Viewer, board, { why }) => {
      frozen.push({ why, board });
      return Promise.resolve({ ok: true, value: { id: randomUUID() } } as never);
    },
    pushToBoard: (board, message) => pushed.push({ board, message }),
    facilitatorsChanged: () => undefined,
    ringSession: () => undefined,
    openBoards: () => [],
    truthChanged: () => undefined,
    alone: true,
  };
  const facilitation = node(pushed, {
    ringSession: (id) => others.forEach((other) => other.rung(id)),
  });
  const act: SessionWorld['do'] = async (name, id, command, more = {}) => {
    const viewer = world.viewer(name);
    const now = value(await facilitation.session(viewer, id));
    const expectedRev = more.rev ?? now.session.rev;
    return value(
      await facilitation.command(viewer, id, {
        command,
        expectedRev,
        commandId: more.commandId ?? randomUUID(),
      }),
    );
  };
  return {
    ...world,
    ...{ facilitation, pushed, frozen },
    otherNode: () => {
      const pushes: SessionWorld['pushed'] = [];
      const other = node(pushes, {
        ...{ alone: false, openBoards: () => [world.boardId] },
        ringSession: (ring) => facilitation.rung(ring),
      });
      others.push(other);
      return { facilitation: other, pushed: pushes };
    },
    do: act,
    running: async (input, people) => {
      const [leader] = people;
      const { session } = value(await facilitation.plan(world.viewer(leader), input));
      for (const name of people) {
        value(await facilitation.beat(world.viewer(name), session.id));
        // One after the other, so that their order is known.
        world.clock.now += 1;
      }
      await act(leader, session.id, { type: 'start' });
      return session.id;
    },
  };
}
