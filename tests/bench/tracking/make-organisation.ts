import { createHash } from 'node:crypto';
import { hashPassword } from '../../../server/auth/passwords.ts';
import {
  account,
  board,
  boardCommit,
  boardTeam,
  member,
  organisation,
  period,
  person,
  snapshot,
  team,
  teamMember,
} from '../../../server/store/schema.ts';
import type { Store } from '../../../server/store/store.ts';
import { insertRows } from '../../../server/tracking/insert-rows.ts';
import { weekdayOf, localDateOf, addDays } from '../../../src/domain/rhythm/local-time.ts';
import type { Instant } from '../../../src/domain/time.ts';
import { makeAsks } from './make-asks.ts';
import { makeDecisions } from './make-decisions.ts';
import { makeHistory } from './make-history.ts';
import { makePromises } from './make-promises.ts';
import { PER_BOARD, PER_PERSON, ZONE, startOf, weeksUntil, type Size, type Week } from './size.ts';

/** The generated organisation: everything in it is found by its number. */
export interface Generated {
  readonly size: Size;
  readonly now: Instant;
  readonly weeks: readonly Week[];
  readonly started: Date;
  readonly organisationId: string;
}

export const PASSWORD = 'a sentence that is easy to keep';
export const emailOf = (number: number): string => `person-${number}@example.org`;

/** Ids follow from what and which, here as in make-history's SQL; version and variant are those of a random UUID. */
export function idOf(what: string, number: number | string): string {
  const hex = createHash('md5').update(`${what} ${number}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

export const peopleOf = ({ commitments }: Size): number => Math.ceil(commitments / PER_PERSON);
export const boardsOf = ({ commitments }: Size): number => Math.ceil(commitments / PER_BOARD);
export const teamOf = (commitment: number, size: Size): number =>
  Math.floor(commitment / (size.commitments / size.teams));
export const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, it) => it);

/** Fills an empty store with five years of an organisation of this size. */
export async function makeOrganisation(store: Store, size: Size, now: Instant): Promise<Generated> {
  const weeks = weeksUntil(now, size.weeks);
  const started = new Date(startOf(weeks));
  const made = { size, now, weeks, started, organisationId: idOf('organisation', 0) };
  await makePeople(store, made);
  await makeBoards(store, made);
  await makePromises(store, made);
  await makeAsks(store, made);
  await makeDecisions(store, made);
  await makeHistory(store, made);
  await store.sql`analyze`;
  return made;
}

async function makePeople(store: Store, { size, started: createdAt, organisationId }: Generated) {
  const { db } = store;
  await db.insert(organisation).values({
    ...{ id: organisationId, name: 'Northwind', kind: 'own', timezone: ZONE, depth: 'standard', createdAt },
  });
  const everybody = numbers(peopleOf(size));
  const passwordHash = await hashPassword(PASSWORD);
  await insertRows(
    db,
    account,
    everybody.map((it) => ({
      ...{ id: idOf('account', it), email: emailOf(it), name: `Person ${it}`, passwordHash, createdAt },
    })),
  );
  await insertRows(
    db,
    person,
    everybody.map((it) => ({
      ...{ id: idOf('person', it), organisationId, key: `person-${it}`, name: `Person ${it}` },
      ...{ colour: (it % 12) + 1, accountId: idOf('account', it), createdAt },
    })),
  );
  await insertRows(
    db,
    member,
    everybody.map((it) => ({
      ...{ id: idOf('member', it), organisationId, accountId: idOf('account', it) },
      ...{ personId: idOf('person', it), role: it === 0 ? ('administrator' as const) : ('member' as const) },
      ...{ roleVersion: 1, createdAt },
    })),
  );
  await insertRows(
    db,
    team,
    numbers(size.teams).map((it) => ({
      ...{ id: idOf('team', it), organisationId, key: `team-${it}`, name: `Team ${it}` },
      ...{ colour: (it % 12) + 1, createdAt },
    })),
  );
  const led = new Set<number>();
  await insertRows(
    db,
    teamMember,
    everybody.map((it) => {
      const its = teamOf(it * PER_PERSON, size);
      const role = led.has(its) ? ('member' as const) : ('lead' as const);
      led.add(its);
      return { organisationId, teamId: idOf('team', its), personId: idOf('person', it), role, share: 1 };
    }),
  );
}

async function makeBoards(store: Store, { size, now, started, organisationId }: Generated) {
  const { db } = store;
  const all = numbers(boardsOf(size));
  const closeOn = addDays(localDateOf(now, ZONE), 90);
  const weekday = weekdayOf(addDays(localDateOf(now, ZONE), 2));
  const rhythm = { cadence: 'weekly' as const, weekday, time: '17:00', closeOn };
  const today = localDateOf(now, ZONE);
  await db.insert(period).values({
    ...{ id: idOf('period', 0), organisationId, kind: 'quarter', label: 'This quarter' },
    ...{ start: addDays(today, -20), end: addDays(today, 70), createdAt: started },
  });
  await db.insert(board).values(
    all.map((it) => ({
      periodId: idOf('period', 0),
      ...{ id: idOf('board', it), organisationId, title: `Plan ${it}`, createdBy: idOf('person', 0) },
      ...{ createdAt: started, rhythm },
    })),
  );
  const teams = new Map<string, { boardId: string; teamId: string }>();
  for (const it of numbers(size.commitments)) {
    const [ofBoard, ofTeam] = [Math.floor(it / PER_BOARD), teamOf(it, size)];
    teams.set(`${ofBoard} ${ofTeam}`, { boardId: idOf('board', ofBoard), teamId: idOf('team', ofTeam) });
  }
  await insertRows(db, boardTeam, [...teams.values()]);
  const bytes = new Uint8Array([0]);
  const plan = { title: '', period: null, teams: [], people: [], priorities: [], objectives: [] };
  await db.insert(snapshot).values(
    all.map((it) => ({
      ...{
        id: idOf('snapshot', it),
        organisationId,
        boardId: idOf('board', it),
        number: 1,
        why: 'commit' as const,
      },
      ...{ at: started, seq: 1, bytes, sha256: bytes, problems: [], plan: { ...plan, dependencies: [] } },
    })),
  );
  await db.insert(boardCommit).values(
    all.map((it) => ({
      ...{ id: idOf('commit', it), organisationId, boardId: idOf('board', it) },
      ...{ snapshotId: idOf('snapshot', it), by: idOf('person', 0), at: started, includedKeys: [] },
    })),
  );
}
