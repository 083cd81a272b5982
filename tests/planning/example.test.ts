import { count, eq, isNotNull } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  account,
  board,
  checkIn,
  commitment,
  dependency,
  organisation,
  period,
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

  test('[PL67] it has the calendar and the rhythm of its source: half-years, and 2025 H1 is its board’s', async () => {
    const viewer = await see();
    const [calendar] = await world.rhythm.calendars(viewer);
    expect(calendar).toMatchObject({ version: 1, settings: { planPeriod: 'half' } });
    const [row] = await world.store.db
      .select({ label: period.label, kind: period.kind, start: period.start, end: period.end })
      .from(board)
      .innerJoin(period, eq(period.id, board.periodId))
      .where(eq(board.id, boardId));
    expect(row).toEqual({ label: '2025 H1', kind: 'half', start: '2025-01-01', end: '2025-06-30' });
    const picture = await world.rhythm.picture(viewer);
    expect(picture).toMatchObject({ label: '2025', start: '2025-01-01', end: '2025-12-31' });
    expect(picture?.rows.map(({ kind, spans }) => [kind, spans.length])).toEqual([
      ['half', 2],
      ['quarter', 4],
      ['month', 12],
    ]);
    expect(await world.rhythm.planPeriod(viewer)).toMatchObject({ label: '2025 H1' });
    const rituals = await world.rhythm.rituals(viewer, { boardId });
    expect(rituals.map(({ kind, words }) => [kind, words])).toEqual([
      ['quarterly-close', '5 business days after the end of each plan period at 15:00'],
      ['quarterly-plan', '2 weeks after the start of each plan period, on the Tuesday of that week at 15:00'],
      ['monthly', 'Every month on day 1 at 17:00'],
    ]);
    const meetings = await world.rhythm.nextOccurrences(viewer, {
      ...{ boardId, from: Date.parse('2025-01-01'), to: Date.parse('2026-01-01') },
    });
    const on = (kind: string) =>
      meetings
        .filter((it) => it.kind === kind)
        .map(({ startsAt }) => new Date(startsAt).toISOString().slice(0, 16));
    // On the day check-ins are due: the first business day of the next month.
    expect(on('monthly').slice(0, 5)).toEqual([
      '2025-02-03T17:00',
      '2025-03-03T17:00',
      '2025-04-01T17:00',
      '2025-05-01T17:00',
      '2025-06-02T17:00',
    ]);
    expect(on('quarterly-close')).toEqual(['2025-08-05T15:00']);
    expect(on('quarterly-plan')).toEqual(['2025-01-14T15:00', '2025-07-15T15:00']);
  });

  test('[PL67] its year is replayed by its own clock: the next meeting and the running period follow it', async () => {
    const next = async () => {
      const viewer = await see();
      const rituals = await world.rhythm.rituals(viewer, { boardId });
      return rituals.map(({ next: it }) =>
        it === null ? null : new Date(it.startsAt).toISOString().slice(0, 10),
      );
    };
    value(await example.moveClock(await see(), 'planning-day'));
    expect(await next()).toEqual(['2025-08-05', '2025-01-14', '2025-02-03']);
    value(await example.moveClock(await see(), 'close'));
    expect(await next()).toEqual(['2025-08-05', '2026-01-13', '2025-09-01']);
    expect(await world.rhythm.planPeriod(await see())).toMatchObject({ label: '2025 H2' });
    value(await example.moveClock(await see(), 'now'));
    expect(await next()).toEqual(['2025-08-05', '2025-07-15', '2025-06-02']);
    const all = await commitments();
    const detail = value(await world.tracking.commitment(await see(), all[0]?.id ?? ''));
    expect(detail.slots.map(({ label, countsFor }) => [label, countsFor])).toEqual([
      ['2025-02', '2025 H1'],
      ['2025-03', '2025 H1'],
      ['2025-04', '2025 H1'],
      ['2025-05', '2025 H1'],
      ['2025-07', '2025 H2'],
    ]);
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
