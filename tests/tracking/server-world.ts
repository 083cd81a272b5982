import { randomUUID } from 'node:crypto';
import type { Viewer } from '../../server/app.ts';
import {
  board,
  boardCommit,
  member,
  organisation,
  account,
  person,
  snapshot,
  team,
  teamMember,
} from '../../server/store/schema.ts';
import type { Store, Transaction } from '../../server/store/store.ts';
import type { Registers } from '../../server/app-registers.ts';
import { createRegisters } from '../../server/registers/registers.ts';
import { createRegisterPort } from '../../server/registers/register-port.ts';
import { createTracking, type TrackingPart } from '../../server/tracking/tracking.ts';
import type { Offer } from '../../src/domain/commitment/command.ts';
import type { Terms } from '../../src/domain/commitment/terms.ts';
import type { Plan } from '../../src/domain/plan/plan.ts';
import { on, planningDay, terms as sampleTerms, zone } from './situations.ts';

/** Two teams on one board in a real database: red (Ana leads, Ben works there) and blue (Cleo leads, Dan works there). */
export interface TrackingWorld {
  readonly tracking: TrackingPart;
  readonly registers: Registers;
  readonly store: Store;
  readonly organisationId: string;
  readonly boardId: string;
  readonly people: Readonly<Record<Name, string>>;
  readonly teams: Readonly<Record<'red' | 'blue', string>>;
  /** The real clock of this world, and of its organisation. */
  readonly clock: { now: number };
  viewer(name: Name, more?: Partial<Viewer>): Viewer;
  /** Presses *Commit* as Ana: what planning does around it, and the proposals. */
  commit(
    offers: readonly Partial<OfferOf>[],
    notDoing?: readonly string[],
    through?: (tx: Transaction) => Transaction,
  ): Promise<ReadonlyMap<string, string>>;
  /** Boards told to have changed, since the last call. */
  told(): readonly string[];
  setPlan(plan: Plan | null): void;
}

export type Name = 'ana' | 'ben' | 'bea' | 'cleo' | 'dan' | 'olga' | 'finn';
export interface OfferOf {
  readonly key: string;
  readonly owner: Name | null;
  readonly team: 'red' | 'blue' | null;
  readonly terms: Partial<Terms>;
  readonly extra: Partial<Offer>;
}

const names: readonly Name[] = ['ana', 'ben', 'bea', 'cleo', 'dan', 'olga', 'finn'];
const roles = { olga: 'administrator', finn: 'observer' } as const;
const memberships = {
  ana: ['red', 'lead'],
  ben: ['red', 'member'],
  bea: ['red', 'member'],
  cleo: ['blue', 'lead'],
  dan: ['blue', 'member'],
} as const;

/** Makes a world of its own in a store; several fit into one. */
export async function makeTrackingWorld(
  store: Store,
  { kind = 'own', clockNow = null }: { kind?: 'own' | 'example'; clockNow?: number | null } = {},
): Promise<TrackingWorld> {
  const clock = { now: planningDay };
  const createdAt = new Date(planningDay - 1000);
  const organisationId = randomUUID();
  const boardId = randomUUID();
  const people = Object.fromEntries(names.map((name) => [name, randomUUID()])) as Record<Name, string>;
  const teams = { red: randomUUID(), blue: randomUUID() };
  let plan: Plan | null = null;
  const tracking = createTracking({
    store,
    now: () => clock.now,
    newId: randomUUID,
    registers: createRegisterPort({ newId: randomUUID }),
    readPlan: async () => plan,
  });
  let told: string[] = [];
  tracking.onChanged((id) => told.push(id));

  const registers = createRegisters({
    ...{ store, now: () => clock.now, newId: randomUUID },
    truthChanged: (id) => told.push(id),
  });

  await store.transaction(async (tx) => {
    await tx.insert(organisation).values({
      ...{ id: organisationId, name: 'Acme', kind, timezone: zone, createdAt },
      clockNow: clockNow === null ? null : new Date(clockNow),
    });
    await tx.insert(person).values(
      names.map((name) => ({
        id: people[name],
        organisationId,
        key: name,
        name: title(name),
        colour: 1,
        createdAt,
      })),
    );
    await tx.insert(team).values(
      (['red', 'blue'] as const).map((key) => ({
        id: teams[key],
        organisationId,
        key,
        name: title(key),
        colour: 1,
        createdAt,
      })),
    );
    for (const [name, [key, role]] of Object.entries(memberships)) {
      await tx
        .insert(teamMember)
        .values({ organisationId, teamId: teams[key], personId: people[name as Name], role });
    }
    await tx.insert(board).values({
      ...{ id: boardId, organisationId, title: 'Spring', createdBy: people.ana, createdAt },
      rhythm: { cadence: 'weekly', weekday: 5, time: '17:00', closeOn: '2026-07-03' },
    });
    for (const name of names) {
      const accountId = randomUUID();
      await tx.insert(account).values({ id: accountId, email: `${name}@${organisationId}`, name, createdAt });
      await tx.insert(member).values({
        ...{ id: randomUUID(), organisationId, accountId, personId: people[name], createdAt },
        role: name in roles ? roles[name as keyof typeof roles] : 'member',
      });
    }
  });

  const viewer = (name: Name, more: Partial<Viewer> = {}): Viewer => {
    const membership = name in memberships ? memberships[name as keyof typeof memberships] : null;
    return {
      ...{ accountId: randomUUID(), organisationId, memberId: randomUUID(), personId: people[name] },
      ...{ personKey: name, name: title(name), colour: 1, roleVersion: 1, via: 'web', signInId: null },
      role: name in roles ? roles[name as keyof typeof roles] : 'member',
      teams:
        membership === null
          ? []
          : [{ teamId: teams[membership[0]], key: membership[0], role: membership[1] }],
      ...{ scope: 'write', viewingAs: false, hiddenBoards: [] },
      organisation: {
        ...{ id: organisationId, name: 'Acme', kind, timezone: zone, weekStart: 1, fiscalStartMonth: 1 },
        ...{ depth: 'light', thresholds: {}, now: clockNow ?? clock.now },
      },
      ...more,
    };
  };

  const commit: TrackingWorld['commit'] = async (offers, notDoing = [], through = (tx) => tx) => {
    const commitId = randomUUID();
    const snapshotId = randomUUID();
    const at = clockNow ?? clock.now;
    const bytes = new Uint8Array([0]);
    return store.transaction(async (tx) => {
      const taken = await tx.$count(snapshot);
      await tx.insert(snapshot).values({
        ...{
          id: snapshotId,
          organisationId,
          boardId,
          number: taken + 1,
          why: 'commit',
          at: new Date(at),
          seq: 1,
        },
        ...{ bytes, sha256: bytes, problems: [] },
        plan: {
          title: '',
          period: null,
          teams: [],
          people: [],
          priorities: [],
          objectives: [],
          dependencies: [],
        },
      });
      await tx.insert(boardCommit).values({
        ...{
          id: commitId,
          organisationId,
          boardId,
          snapshotId,
          by: people.ana,
          at: new Date(at),
          includedKeys: [],
        },
      });
      return tracking.proposeFromCommit(through(tx), {
        ...{ organisationId, boardId, at, recordedAt: clock.now, zone },
        actor: { person: people.ana, via: 'board' },
        notDoing,
        offers: offers.map(({ key = 'card', owner = 'ben', team: key2 = 'red', terms = {}, extra = {} }) => ({
          source: { board: boardId, key, commit: commitId, snapshot: snapshotId, period: null },
          owner: owner === null ? null : people[owner],
          team: key2 === null ? null : teams[key2],
          ...{ reviewer: null, sponsor: null },
          terms: { ...sampleTerms, ...terms },
          ...extra,
        })),
      });
    });
  };

  return {
    ...{ tracking, registers, store, organisationId, boardId, people, teams, clock, viewer, commit },
    told: () => {
      const boards = told;
      told = [];
      return boards;
    },
    setPlan: (next) => {
      plan = next;
    },
  };
}

const title = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** The value, or a failing test that says why not. */
export function value<T>(
  outcome: { ok: true; value: T } | { ok: false; refusal: { code: string; message: string } },
): T {
  if (!outcome.ok) throw new Error(`${outcome.refusal.code}: ${outcome.refusal.message}`);
  return outcome.value;
}

export const code = (outcome: { ok: boolean; refusal?: { code: string } }): string =>
  outcome.ok ? 'allowed' : (outcome.refusal?.code ?? '');

export { on };
