import { count, eq, isNotNull } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  account,
  board,
  checkIn,
  commitment,
  dependency,
  organisation,
  team,
} from '../../server/store/schema.ts';
import type { Example, Viewer } from '../../server/app.ts';
import { createExample } from '../../server/planning/example.ts';
import type { PlanFileRest } from '../../src/domain/plan/format/plan-file.ts';
import { code, openWorld, value, type World } from './world.ts';

const client = { address: '127.0.0.1', userAgent: 'test' };

let world: World;
let example: Example;
let visitor: Viewer;
let boardId: string;
let cookie: string;

beforeAll(async () => {
  world = await openWorld();
  example = createExample({
    ...world.deps,
    startSignIn: (accountId, organisationId, from) => world.auth.startSignIn(accountId, organisationId, from),
    rightsChanged: () => undefined,
  });
});
afterAll(() => world.dispose());

const see = async (): Promise<Viewer> => {
  const viewer = await world.auth.viewerOfCookie(cookie);
  if (!viewer) throw new Error('the visitor is gone');
  return viewer;
};
const commitments = async () => world.tracking.commitments(await see(), { boardId });
const countOf = async (
  table: typeof commitment | typeof dependency | typeof team | typeof checkIn,
  organisationId: string,
) => {
  const [row] = await world.store.db
    .select({ n: count() })
    .from(table)
    .where(eq(table.organisationId, organisationId));
  return row?.n ?? 0;
};

describe('the example', () => {
  test('[PL65] two windows that enter at once make it once', async () => {
    expect(await example.find()).toBeNull();
    const entered = await Promise.all([example.enter(client), example.enter(client)]);
    const [first, second] = entered.map(value);
    if (!first || !second) throw new Error('two visitors are needed');
    expect(second.boardId).toBe(first.boardId);
    expect(second.cookie).not.toBe(first.cookie);
    ({ boardId, cookie } = first);
    const examples = await world.store.db.select().from(organisation).where(eq(organisation.kind, 'example'));
    expect(examples).toHaveLength(1);
    visitor = await see();
    expect(visitor.name).toBe('You (visitor)');
    expect(await example.find()).toEqual({
      organisationId: visitor.organisationId,
      boardId,
      url: `/board/${boardId}`,
    });
  });

  test('[PL60] its counts are those of the file', async () => {
    const { plan } = value(await world.planning.plan(visitor, boardId));
    expect(plan.objectives).toHaveLength(42);
    expect(plan.dependencies).toHaveLength(154);
    expect(await countOf(team, visitor.organisationId)).toBe(19);
    expect(await countOf(dependency, visitor.organisationId)).toBe(154);
    expect(await countOf(commitment, visitor.organisationId)).toBe(40);
    const [row] = await world.store.db.select().from(board).where(eq(board.id, boardId));
    const kept = row?.extra.file as { rest: PlanFileRest };
    expect(kept.rest.updates).toHaveLength(284);
    expect(kept.rest.source).toMatchObject({ license: 'MIT' });
    // Every update about what is in the plan is in the history; 51 of them are "no update", which say nothing.
    expect(await countOf(checkIn, visitor.organisationId)).toBeGreaterThan(180);
  });

  test('[PL61][PL64] it is 27 May 2025 there, and nothing later is seen', async () => {
    expect(new Date(visitor.organisation.now).toISOString()).toBe('2025-05-27T15:00:00.000Z');
    const rows = await commitments();
    expect(rows).toHaveLength(40);
    expect(rows.filter(({ status }) => status === 'committed').length).toBeGreaterThan(30);
    const latest = Math.max(...rows.map(({ lastCheckInAt }) => lastCheckInAt ?? 0));
    expect(latest).toBeGreaterThan(Date.parse('2025-04-01'));
    expect(latest).toBeLessThanOrEqual(visitor.organisation.now);
    expect(new Set(rows.map(({ reportedStatus }) => reportedStatus))).toEqual(new Set([null]));
  });

  test('[PL61] its clock goes to planning day, to the close, and back', async () => {
    value(await example.moveClock(visitor, 'planning-day'));
    expect((await commitments()).every(({ lastCheckInAt }) => lastCheckInAt === null)).toBe(true);
    value(await example.moveClock(await see(), 'close'));
    const closed = (await commitments()).map(({ status }) => status);
    expect(closed).not.toContain('committed');
    expect(closed.filter((status) => status === 'done')).toHaveLength(2);
    value(await example.moveClock(await see(), 'now'));
    expect((await commitments()).filter(({ status }) => status === 'committed').length).toBeGreaterThan(30);
    expect(code(await example.moveClock(world.ana, 'close'))).toBe('not-the-example');
    expect(code(await example.moveClock(await see(), 'tomorrow' as 'now'))).toBe('not-the-example');
  });

  test('[PL62] a visitor looks as any named person, of the example only', async () => {
    const people = await world.organisations.people(visitor);
    const named = people.find(({ key }) => key === 'zusez4');
    value(await example.viewAs(visitor, named?.id ?? ''));
    expect(await see()).toMatchObject({ personId: named?.id, viewingAs: true, accountId: visitor.accountId });
    const other = people.find(({ joined, id }) => joined && id !== visitor.personId);
    expect(code(await example.viewAs(await see(), other?.id ?? ''))).toBe('unknown-person');
    expect(code(await example.viewAs(await see(), world.ana.personId))).toBe('unknown-person');
    expect(code(await example.viewAs(await see(), 'nobody'))).toBe('unknown-person');
    expect(code(await example.viewAs(world.ana, named?.id ?? ''))).toBe('not-the-example');
    value(await example.viewAs(await see(), null));
    expect((await see()).viewingAs).toBe(false);
  });

  test("[PL2] the example and one's own organisation do not see each other", async () => {
    expect(code(await world.planning.board(world.ana, boardId))).toBe('not-found');
    expect(await world.planning.boards(world.ana)).toEqual([]);
    expect((await world.organisations.people(world.ana)).map(({ name }) => name)).toEqual(['Ana']);
  });

  test('[PL63] it is removed whole, and says what went', async () => {
    const member = await world.join('Ben', 'member');
    expect(code(await example.remove(member))).toBe('forbidden');
    expect(value(await example.remove(visitor))).toEqual({ boards: 1, commitments: 40, people: 59 });
    expect(await example.find()).toBeNull();
    expect(await world.auth.viewerOfCookie(cookie)).toBeNull();
    expect(await countOf(checkIn, visitor.organisationId)).toBe(0);
    const accounts = await world.store.db
      .select({ name: account.name })
      .from(account)
      .where(isNotNull(account.name));
    expect(accounts.map(({ name }) => name).sort()).toEqual(['Ana', 'Ben']);
    expect(code(await example.remove(world.ana))).toBe('not-found');
    value(await example.enter(client));
    expect(value(await example.remove(world.ana)).boards).toBe(1);
  });
});
