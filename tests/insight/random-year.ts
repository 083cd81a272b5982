import * as fc from 'fast-check';
import type { Store } from '../../server/store/store.ts';
import { dayMs } from '../../src/domain/rhythm/local-time.ts';
import { draft } from '../tracking/asks.ts';
import { makeTrackingWorld, type Name, type TrackingWorld } from '../tracking/server-world.ts';
import { terms } from '../tracking/situations.ts';

const owners = ['ben', 'bea', 'dan'] as const;
const index = fc.nat({ max: 1_000 });

type By = Name | 'owner';

/** One thing somebody does, or that time passes; what the rules refuse does not happen. */
export type Step =
  | { readonly do: 'offer'; readonly owner: (typeof owners)[number]; readonly weight: number }
  | {
      readonly do: 'act';
      readonly which: number;
      readonly command: string;
      readonly by: By;
      readonly input: object;
    }
  | {
      readonly do: 'check-in';
      readonly which: number;
      readonly status: 'on' | 'risk' | 'off';
      readonly values: Record<string, number>;
    }
  | { readonly do: 'undo'; readonly which: number }
  | { readonly do: 'ask'; readonly which: number }
  | {
      readonly do: 'move';
      readonly which: number;
      readonly command: string;
      readonly by: By;
      readonly input: object;
    }
  | { readonly do: 'pass'; readonly days: number };

const act = (command: string, by: fc.Arbitrary<By>, input: object): fc.Arbitrary<Step> =>
  fc.record({
    do: fc.constant('act' as const),
    which: index,
    command: fc.constant(command),
    by,
    input: fc.constant(input),
  });
const move = (command: string, by: fc.Arbitrary<By>, input: object): fc.Arbitrary<Step> =>
  fc.record({
    do: fc.constant('move' as const),
    which: index,
    command: fc.constant(command),
    by,
    input: fc.constant(input),
  });
/** Whoever owns the promise. */
const anyOwner = fc.constant('owner' as const);
const anyLead = fc.constantFrom<Name>('ana', 'cleo');
const anybody = fc.constantFrom<Name>(...owners, 'ana', 'cleo');

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('offer' as const),
      owner: fc.constantFrom(...owners),
      weight: fc.integer({ min: 1, max: 10 }),
    }),
  },
  { weight: 5, arbitrary: act('accept', anyOwner, {}) },
  { weight: 4, arbitrary: act('propose-change', anyOwner, { change: { weight: 2 }, text: 'less' }) },
  { weight: 1, arbitrary: act('agree-change', anyLead, {}) },
  { weight: 1, arbitrary: act('complete', anyOwner, { evidence: 'see', values: { m1: 200, m2: 1 } }) },
  { weight: 1, arbitrary: act('drop', anyOwner, { reason: 'no use', frees: '' }) },
  {
    weight: 1,
    arbitrary: act('rescope', anyOwner, { change: { weight: 4 }, reason: 'learning', text: 'so be it' }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      ...{ do: fc.constant('check-in' as const), which: index },
      status: fc.constantFrom('on' as const, 'on' as const, 'risk' as const, 'off' as const),
      values: fc.constantFrom<Record<string, number>>({}, { m1: 140 }, { m1: 160, m2: 1 }, { m2: 0 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), which: index }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('ask' as const), which: index }) },
  { weight: 3, arbitrary: move('accept', anybody, { person: null, date: '2026-05-20' }) },
  { weight: 2, arbitrary: move('decline', anyLead, { reason: 'no room' }) },
  { weight: 1, arbitrary: move('counter', anyLead, { date: '2026-06-12', scope: '' }) },
  { weight: 1, arbitrary: move('deliver', anybody, { evidence: 'merged' }) },
  { weight: 1, arbitrary: move('choose', anyOwner, { choice: 'go-without', text: 'we can' }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('pass' as const), days: fc.integer({ min: 1, max: 9 }) }),
  },
);

export const steps = fc.array(step, { minLength: 40, maxLength: 70, size: 'max' });

/** What happened, and how much of it: a run in which nothing did would prove nothing. */
export interface LivedYear {
  readonly world: TrackingWorld;
  readonly promises: readonly string[];
  readonly asks: readonly string[];
  readonly happened: number;
}

/** Plays the steps in a world of its own. */
export async function liveThrough(store: Store, all: readonly Step[]): Promise<LivedYear> {
  const world = await makeTrackingWorld(store);
  const { tracking } = world;
  const promises: { id: string; key: string; owner: Name }[] = [];
  const asks: string[] = [];
  let happened = 0;
  const count = (outcome: { readonly ok: boolean }): void => {
    if (outcome.ok) happened += 1;
  };
  for (const it of all) {
    const promise = 'which' in it ? promises[it.which % Math.max(1, promises.length)] : undefined;
    if (it.do === 'pass') {
      world.clock.now += it.days * dayMs;
      await tracking.advanceClock();
    } else if (it.do === 'offer') {
      const key = `card-${promises.length}`;
      const team = it.owner === 'dan' ? 'blue' : 'red';
      const { weight, owner } = it;
      const made = await world.commit([{ key, owner, team, terms: { ...terms, weight } }]);
      promises.push({ id: made.get(key) ?? '', key, owner });
    } else if (it.do === 'move') {
      const id = asks[it.which % Math.max(1, asks.length)];
      if (id !== undefined) {
        const input = 'person' in it.input ? { ...it.input, person: world.people.dan } : { ...it.input };
        count(
          await tracking.actOnDependency(
            world.viewer(it.by === 'owner' ? 'ben' : it.by),
            id,
            it.command,
            input,
          ),
        );
      }
    } else if (promise === undefined) {
      continue;
    } else if (it.do === 'act') {
      count(
        await tracking.act(world.viewer(it.by === 'owner' ? promise.owner : it.by), promise.id, it.command, {
          ...it.input,
        }),
      );
    } else if (it.do === 'check-in') {
      const { status, values } = it;
      count(
        await tracking.checkIn(world.viewer(promise.owner), promise.id, { status, values, confidence: 60 }),
      );
    } else if (it.do === 'undo') {
      const viewer = world.viewer(promise.owner);
      const found = await tracking.commitment(viewer, promise.id);
      const last = found.ok ? found.value.checkIns.at(-1) : undefined;
      if (last !== undefined) count(await tracking.act(viewer, promise.id, 'undo-check-in', { id: last.id }));
    } else {
      asks.push(await askFor(world, promise, `ask-${asks.length}`));
      happened += 1;
    }
  }
  return { world, promises: promises.map(({ id }) => id), asks, happened };
}

/** A promise of one team needs something of the other, and has asked for it. */
async function askFor(
  world: TrackingWorld,
  { key: objective, owner }: { readonly key: string; readonly owner: Name },
  key: string,
): Promise<string> {
  const at = world.clock.now;
  const [team, providerTeam] =
    owner === 'dan' ? [world.teams.blue, world.teams.red] : [world.teams.red, world.teams.blue];
  const { organisationId, boardId } = world;
  await world.store.transaction((tx) =>
    world.tracking.importDependencies(tx, {
      ...{ organisationId, boardId, at, recordedAt: at, zone: 'UTC' },
      actor: { person: world.people.ana, via: 'import' },
      dependencies: [
        {
          ...{ ...draft, board: boardId, key, providerTeam, state: 'requested' },
          requester: { objective, team, owner: world.people[owner] },
        },
      ],
    }),
  );
  const all = await world.tracking.dependencies(world.viewer('ana'), {});
  return all.find((it) => it.objectKey === key)?.id ?? '';
}
