import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createInsight } from '../../server/insight/insight.ts';
import type { Store } from '../../server/store/store.ts';
import { readCommitmentEvents, readDependencyEvents } from '../../server/tracking/read-events.ts';
import { readRuleFacts } from '../../server/tracking/rule-facts.ts';
import { readSlots } from '../../server/tracking/slot-facts.ts';
import { speaksForTeams } from '../../server/tracking/inbox.ts';
import { standingOf } from '../../server/tracking/standing.ts';
import { lastCheckIn, lastValues } from '../../src/domain/commitment/check-in.ts';
import { termsNow, type Commitment } from '../../src/domain/commitment/commitment.ts';
import { displayState } from '../../src/domain/commitment/display.ts';
import { foldAll } from '../../src/domain/commitment/fold.ts';
import { progressOf } from '../../src/domain/commitment/progress.ts';
import { weightShares } from '../../src/domain/commitment/roll-up.ts';
import { scoreOf } from '../../src/domain/commitment/scoring.ts';
import { needsChoice } from '../../src/domain/dependency/flags.ts';
import { foldAll as foldAsk } from '../../src/domain/dependency/fold.ts';
import type { Dependency } from '../../src/domain/dependency/dependency.ts';
import { movesFor } from '../../src/domain/dependency/moves.ts';
import { slotToFill, type Slot } from '../../src/domain/rhythm/slot.ts';
import { value, type Name } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { liveThrough, steps, type LivedYear } from './random-year.ts';

const zone = 'Europe/Berlin';
const names: readonly Name[] = ['ana', 'ben', 'bea', 'cleo', 'dan', 'olga', 'finn'];

/** Everything again, from nothing but the events and the slots. */
interface Told {
  readonly id: string;
  readonly state: Commitment;
  readonly slots: readonly Slot[];
  readonly display: string;
  readonly waiting: string | null;
  readonly progress: number | null;
}

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('facts read by query', () => {
    let opened: OpenedStore;
    beforeAll(async () => {
      opened = await store.open();
    });
    afterAll(() => opened.dispose());

    test('[IN15][TR42] my page, the team’s page, lists and the frame say what the events alone say', async () => {
      let happened = 0;
      await fc.assert(
        fc.asyncProperty(steps, async (all) => {
          const year = await liveThrough(opened.store, all);
          happened += year.happened;
          await compare(opened.store, year);
        }),
        { seed: 20260704, numRuns: 6, endOnFailure: true },
      );
      expect(happened).toBeGreaterThan(60);
    }, 180_000);
  });
});

async function compare(store: Store, { world, promises, asks }: LivedYear): Promise<void> {
  const { tracking } = world;
  const at = world.clock.now;
  const asked = await foldAsks(store, asks, at);
  const told = await Promise.all(promises.map((id) => tell(store, world.organisationId, id, { asked, at })));
  const listed = await tracking.commitments(world.viewer('ana'), { boardId: world.boardId });
  expect(listed.map(factsOfRow).sort(byId)).toEqual(told.map(factsOf).sort(byId));

  const insight = createInsight({ store, now: () => at, newId: () => '' });
  for (const [team, id] of Object.entries(world.teams)) {
    const page = value(await insight.teamPage(world.viewer('ana'), id));
    const its = told.filter(({ state }) => state.team === id);
    const alive = its.filter(({ state }) => ['proposed', 'committed'].includes(state.status));
    expect(page.promises.map(factsOfRow).sort(byId), team).toEqual(alive.map(factsOf).sort(byId));
    const weighed = its.map(({ state, display }) => ({ display, weight: termsNow(state).weight }));
    expect(page.shares, team).toEqual(weightShares(weighed as Parameters<typeof weightShares>[0]));
    const accepted = its.filter(({ state }) => state.versions.length > 0);
    const kept = page.kept[0] ?? { promised: 0, kept: 0 };
    expect([kept.promised, kept.kept], team).toEqual([
      accepted.length,
      accepted.filter(({ state }) => scoreOf(state, zone)?.kept === true).length,
    ]);
  }
  for (const name of names) {
    const viewer = world.viewer(name);
    const inbox = await tracking.inbox(viewer);
    const standing = await standingOf(store.db, viewer);
    const mine = told.filter(({ state }) => state.owner === viewer.personId);
    const countered = (it: Told): boolean => it.state.status === 'proposed' && it.state.counter !== null;
    const toAccept = mine.filter((it) => it.state.status === 'proposed' && !countered(it));
    const toCheckIn = mine.filter((it) => it.state.status === 'committed' && it.waiting !== null);
    const speaksFor = speaksForTeams(standing);
    const toAgree = told.filter((it) => countered(it) && speaksFor.includes(it.state.team ?? ''));
    const answers = ['accept', 'accept-counter', 'confirm', 'choose'];
    const toAnswer = [...asked].filter(([, state]) =>
      movesFor(ownedNow(state, told), { person: viewer.personId, via: 'web' }, standing).some((move) =>
        answers.includes(move),
      ),
    );
    const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id).sort();
    expect(ids(inbox.toAccept), name).toEqual(ids(toAccept));
    expect(ids(inbox.toCheckIn), name).toEqual(ids(toCheckIn));
    expect(ids(inbox.toAgree), name).toEqual(ids(toAgree));
    expect(ids(inbox.toAnswer), name).toEqual(toAnswer.map(([id]) => id).sort());
    expect(await tracking.waiting(viewer), name).toEqual({
      week: toAccept.length + toCheckIn.length + toAgree.length,
      dependencies: toAnswer.length,
    });
  }
}

/** Whoever owns the promise now speaks for the asking side. */
function ownedNow(state: Dependency, told: readonly Told[]): Dependency {
  const promise = told.find((it) => it.state.source.key === state.requester.objective);
  return {
    ...state,
    requester: { ...state.requester, owner: promise?.state.owner ?? state.requester.owner },
  };
}

async function foldAsks(store: Store, ids: readonly string[], at: number) {
  const states = new Map<string, Dependency>();
  for (const id of ids) {
    const state = foldAsk(await readDependencyEvents(store.db, [id], at));
    if (state !== null) states.set(id, state);
  }
  return states;
}

async function tell(
  store: Store,
  organisationId: string,
  id: string,
  { asked, at }: { readonly asked: ReadonlyMap<string, Dependency>; readonly at: number },
): Promise<Told> {
  const state = foldAll(await readCommitmentEvents(store.db, [id], at));
  if (state === null) throw new Error('no events');
  const slots = await readSlots(store.db, id);
  const facts = (await readRuleFacts(store.db, organisationId))(state.team);
  const openChoices = [...asked.values()].filter(
    (it) => it.requester.objective === state.source.key && needsChoice(it),
  ).length;
  return {
    ...{ id, state, slots },
    display: displayState(state, slots, at, { ...facts, openChoices }),
    waiting: state.status === 'committed' ? (slotToFill(slots, at)?.id ?? null) : null,
    progress: progressOf(termsNow(state), lastValues(state.checkIns)),
  };
}

const factsOf = ({ id, state, display, waiting, progress }: Told) => ({
  ...{ id, display, waiting, owner: state.owner, weight: termsNow(state).weight },
  progress: progress === null ? null : Math.round(progress * 1e5),
  lastCheckInAt: lastCheckIn(state.checkIns)?.at ?? null,
  confidence: lastCheckIn(state.checkIns)?.confidence ?? state.confidenceAtAccept,
});

const factsOfRow = (row: {
  readonly id: string;
  readonly display: string;
  readonly slot: { readonly id: string } | null;
  readonly ownerId: string | null;
  readonly weight: number;
  readonly progress: number | null;
  readonly lastCheckInAt: number | null;
  readonly confidence: number | null;
}) => ({
  ...{ id: row.id, display: row.display, waiting: row.slot?.id ?? null, owner: row.ownerId },
  weight: row.weight,
  progress: row.progress === null ? null : Math.round(row.progress * 1e5),
  ...{ lastCheckInAt: row.lastCheckInAt, confidence: row.confidence },
});

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);
