import ICAL from 'ical.js';
import { asc, eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { calendarFeed, occurrence, period, slot } from '../../server/store/schema.ts';
import type { RitualAsked } from '../../src/domain/rhythm/ritual.ts';
import { asText, smallPlan } from '../planning/plan-files.ts';
import { code, openWorld, value, type World } from '../planning/world.ts';

let clock = Date.parse('2026-02-25T12:00Z');
let world: World;
beforeEach(async () => {
  clock = Date.parse('2026-02-25T12:00Z');
  world = await openWorld(['Red', 'Blue'], () => clock);
});
afterEach(() => world.dispose());

const weekly: RitualAsked = {
  ...({ kind: 'weekly', title: 'Weekly', rule: { type: 'weekly', every: 1, weekdays: [1] } } as const),
  ...{ time: '09:00', zone: 'America/New_York', durationMinutes: 45, starts: '2026-03-02' },
};

/** What a calendar program reads: with the zones the file brings, and no others. */
function read(body: string) {
  const calendar = new ICAL.Component(ICAL.parse(body) as unknown[]);
  const zones = calendar.getAllSubcomponents('vtimezone');
  for (const zone of zones) ICAL.TimezoneService.register(zone);
  const events = calendar.getAllSubcomponents('vevent').map((it) => ({ event: new ICAL.Event(it), it }));
  ICAL.TimezoneService.reset();
  return {
    zones: zones.map((it) => String(it.getFirstPropertyValue('tzid'))),
    meetings: events
      .filter(({ event }) => !event.startDate.isDate)
      .map(({ event, it }) => ({
        uid: event.uid,
        title: event.summary,
        startsAt: event.startDate.toJSDate().getTime(),
        endsAt: event.endDate.toJSDate().getTime(),
        wall: event.startDate.toString().slice(11, 16),
        zone: event.startDate.zone.tzid,
        status: String(it.getFirstPropertyValue('status')),
        sequence: event.sequence,
        stamp: String(it.getFirstPropertyValue('dtstamp')),
      })),
    days: events
      .filter(({ event }) => event.startDate.isDate)
      .map(({ event, it }) => ({
        uid: event.uid,
        sequence: event.sequence,
        stamp: String(it.getFirstPropertyValue('dtstamp')),
        title: event.summary,
        date: event.startDate.toString(),
        days: event.duration.toSeconds() / 86_400,
        status: String(it.getFirstPropertyValue('status')),
      })),
  };
}
const feedOf = async (kind: 'person' | 'team' | 'ritual', subjectId?: string) =>
  value(
    await world.rhythm.createFeed(world.ana, { kind, ...(subjectId === undefined ? {} : { subjectId }) }),
  );
const file = async (token: string) => read(value(await world.rhythm.readFeed(token)).body);

test('[CF1] every stored meeting is in it, at its instant and its wall-clock time, through daylight saving', async () => {
  const berlin = { ...weekly, title: 'Berlin', zone: 'Europe/Berlin', time: '16:00' };
  value(await world.rhythm.book(world.ana, [weekly, berlin]));
  const { zones, meetings } = await file((await feedOf('person')).token);
  expect([...new Set(zones)].sort()).toEqual(['America/New_York', 'Europe/Berlin']);
  expect(zones).toHaveLength(2);
  const stored = await world.store.db.select().from(occurrence);
  const key = (uid: string, from: number, to: number, sequence: number) => `${uid} ${from} ${to} ${sequence}`;
  expect(meetings.map((it) => key(it.uid, it.startsAt, it.endsAt, it.sequence)).sort()).toEqual(
    stored
      .filter(({ startsAt }) => startsAt.getTime() < clock + 400 * 86_400_000)
      .map((it) => key(`${it.id}@throughline`, it.startsAt.getTime(), it.endsAt.getTime(), it.sequence))
      .sort(),
  );
  const newYork = meetings.filter(({ zone }) => zone === 'America/New_York');
  expect(newYork.every(({ wall }) => wall === '09:00')).toBe(true);
  const at = (date: string) =>
    newYork.find(({ startsAt }) => new Date(startsAt).toISOString().startsWith(date))?.startsAt;
  expect(at('2026-03-02')).toBe(Date.parse('2026-03-02T14:00Z'));
  expect(at('2026-03-09')).toBe(Date.parse('2026-03-09T13:00Z'));
  expect(at('2026-10-26')).toBe(Date.parse('2026-10-26T13:00Z'));
  expect(at('2026-11-02')).toBe(Date.parse('2026-11-02T14:00Z'));
  expect(meetings.every(({ stamp }) => stamp === '2026-02-25T12:00:00Z')).toBe(true);
});

test('[CF2] a skip is cancelled, a move keeps its UID, both with a higher sequence', async () => {
  const [made] = value(await world.rhythm.book(world.ana, [weekly]));
  const { token } = await feedOf('ritual', made?.id);
  const before = (await file(token)).meetings;
  clock += 60_000;
  const viewer = await world.again(world.ana);
  value(
    await world.rhythm.actOnRitual(viewer, made?.id ?? '', 'skip', { date: '2026-03-09', reason: 'offsite' }),
  );
  const to = { date: '2026-03-16', toDate: '2026-03-18', toTime: '11:00' };
  value(await world.rhythm.actOnRitual(viewer, made?.id ?? '', 'move', to));
  const after = (await file(token)).meetings;
  const was = (date: string) => before.find((it) => it.startsAt === Date.parse(date));
  const skipped = after.find(({ uid }) => uid === was('2026-03-09T13:00Z')?.uid);
  expect(skipped).toMatchObject({
    status: 'CANCELLED',
    sequence: 1,
    startsAt: Date.parse('2026-03-09T13:00Z'),
  });
  const moved = after.find(({ uid }) => uid === was('2026-03-16T13:00Z')?.uid);
  expect(moved).toMatchObject({
    status: 'CONFIRMED',
    sequence: 1,
    startsAt: Date.parse('2026-03-18T15:00Z'),
  });
  const untouched = before.filter(({ uid }) => uid !== skipped?.uid && uid !== moved?.uid);
  expect(after.filter(({ uid }) => uid !== skipped?.uid && uid !== moved?.uid)).toEqual(untouched);
});

test('[CF7] a ritual’s goes on through a split of its series, under its newest name', async () => {
  const [made] = value(await world.rhythm.book(world.ana, [weekly]));
  const { token } = await feedOf('ritual', made?.id);
  const split = { from: '2026-03-16', reason: '', terms: { time: '16:00', title: 'Afternoon' } };
  value(await world.rhythm.actOnRitual(world.ana, made?.id ?? '', 'split', split));
  const body = value(await world.rhythm.readFeed(token)).body;
  expect(body).toMatch(/X-WR-CALNAME:Afternoon/);
  const { meetings } = read(body);
  expect(meetings.slice(0, 4).map(({ title, wall }) => `${title} ${wall}`)).toEqual([
    ...['Weekly 09:00', 'Weekly 09:00', 'Afternoon 16:00', 'Afternoon 16:00'],
  ]);
  expect((await world.rhythm.feeds(world.ana)).map(({ subject }) => subject)).toEqual(['Afternoon']);
});

test('[CF2] a period that a new calendar moves keeps its UID, with a higher sequence', async () => {
  const viewer = await world.again(world.ana);
  const april = {
    ...{ shape: { kind: 'months' as const, startMonth: 1 }, weekStart: 1 },
    ...({ labelYear: 'ends', planPeriod: 'quarter', straddle: 'majority' } as const),
  };
  await world.rhythm.advance();
  const { token } = await feedOf('person');
  const edges = async () => (await file(token)).days.filter(({ uid }) => uid.startsWith('period-'));
  const before = await edges();
  expect(before.length).toBeGreaterThan(6);
  expect(before.every(({ stamp }) => stamp === '2026-02-25T12:00:00Z')).toBe(true);
  const q3 = before.find(({ title }) => title === '2026 Q3 begins');
  const periods = await world.store.db.select().from(period).where(eq(period.label, '2026 Q3'));
  value(
    await world.planning.createBoard(viewer, {
      ...({ title: 'Summer', template: 'blank' } as const),
      periodId: periods[0]?.id ?? null,
    }),
  );
  clock += 60_000;
  const shifted = { ...april, shape: { kind: 'months' as const, startMonth: 2 } };
  value(await world.rhythm.saveCalendar(await world.again(world.ana), shifted));
  const moved = (await edges()).find(({ uid }) => uid === q3?.uid);
  expect(moved?.date).not.toBe(q3?.date);
  expect(moved?.sequence).toBeGreaterThan(q3?.sequence ?? 0);
  expect(moved?.stamp).toBe('2026-02-25T12:01:00Z');
});

test('[CF3] a person’s has check-ins and period boundaries, a team’s its meetings, a ritual’s only its own', async () => {
  const teams = await world.organisations.teams(world.ana);
  const [red, blue] = ['Red', 'Blue'].map((name) => teams.find((it) => it.name === name)?.id ?? '');
  const [one] = value(
    await world.rhythm.book(world.ana, [
      { ...weekly, title: 'Red', teams: [red ?? ''] },
      { ...weekly, title: 'Blue', teams: [blue ?? ''] },
      { ...weekly, title: 'All' },
    ]),
  );
  await world.rhythm.advance();
  const board = value(await world.planning.createBoard(world.ana, { title: 'Spring', template: 'blank' }));
  value(await world.planning.importFile(world.ana, board.id, asText(smallPlan())));
  value(await world.planning.commit(world.ana, board.id, {}));
  const [offered] = await world.tracking.commitments(world.ana, { ownerId: world.ana.personId });
  value(await world.tracking.act(world.ana, offered?.id ?? '', 'accept', { confidence: 70 }));
  const titles = async (kind: 'person' | 'team' | 'ritual', id?: string) => {
    const { meetings, days } = await file((await feedOf(kind, id)).token);
    return { meetings: [...new Set(meetings.map(({ title }) => title))].sort(), days };
  };
  expect((await titles('team', red)).meetings).toEqual(['All', 'Red']);
  expect(await titles('ritual', one?.id)).toEqual({ meetings: ['Red'], days: [] });
  const mine = await titles('person');
  expect(mine.meetings).toEqual(['All']);
  const asked = await world.store.db.select().from(slot).orderBy(asc(slot.dueAt));
  const within = asked.filter(({ dueAt }) => dueAt.getTime() < clock + 120 * 86_400_000);
  expect(within.length).toBeGreaterThan(10);
  expect(mine.days.filter(({ title }) => title.startsWith('Check in: ')).map(({ date }) => date)).toEqual(
    within.map(({ dueAt }) => dueAt.toISOString().slice(0, 10)),
  );
  const whole = (title: string) => mine.days.find((it) => it.title === title);
  expect(whole('2026 Q2 begins')).toMatchObject({ date: '2026-04-01', days: 1, status: 'CONFIRMED' });
  expect(whole('2026 Q1 ends')).toMatchObject({ date: '2026-03-31', days: 1, status: 'CONFIRMED' });
  // One that a freeze excuses is not to be given: it goes, and comes back with the end of the freeze.
  const [day] = within.map(({ dueAt }) => dueAt.toISOString().slice(0, 10));
  const freeze = [{ start: day ?? '', end: day ?? '', label: 'Stocktaking' }];
  const dues = async () =>
    (await titles('person')).days
      .filter(({ title }) => title.startsWith('Check in: '))
      .map(({ date }) => date);
  const [off] = value(await world.rhythm.addDaysOff(world.ana, { kind: 'freeze', days: freeze }));
  expect(await dues()).toEqual(within.slice(1).map(({ dueAt }) => dueAt.toISOString().slice(0, 10)));
  value(await world.rhythm.removeDayOff(world.ana, off?.id ?? ''));
  expect((await dues())[0]).toBe(day);
});

test('[CF4] the secret is kept as a hash; revoked, unknown and left open nothing, alike; it opens nothing else', async () => {
  const { token, view } = await feedOf('person');
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  const [row] = await world.store.db.select().from(calendarFeed);
  expect(JSON.stringify(row)).not.toContain(token);
  expect(await world.auth.viewerOfBearer(token)).toBeNull();
  const unknown = await world.rhythm.readFeed('x'.repeat(43));
  const other = await world.join('Bo', 'administrator');
  const theirs = value(await world.rhythm.createFeed(other, { kind: 'person' }));
  value(await world.rhythm.readFeed(theirs.token));
  value(await world.organisations.changeMember(world.ana, other.memberId, { suspended: true }));
  expect(await world.rhythm.readFeed(theirs.token)).toEqual(unknown);
  value(await world.rhythm.revokeFeed(world.ana, view.id));
  expect(await world.rhythm.readFeed(token)).toEqual(unknown);
  expect(code(unknown)).toBe('not-found');
  expect(await world.rhythm.feeds(world.ana)).toEqual([]);
});

test('[CF5] the same calendar is the same bytes; nobody’s address is in it', async () => {
  const [made] = value(await world.rhythm.book(world.ana, [{ ...weekly, rota: [world.ana.personId] }]));
  const { token } = await feedOf('person');
  const one = value(await world.rhythm.readFeed(token));
  clock += 3_000;
  const two = value(await world.rhythm.readFeed(token));
  expect(two).toEqual(one);
  expect(one.body).not.toMatch(/@example\.org|mailto|ORGANIZER|ATTENDEE/i);
  value(
    await world.rhythm.actOnRitual(await world.again(world.ana), made?.id ?? '', 'skip', {
      ...{ date: '2026-03-09', reason: 'away' },
    }),
  );
  expect(value(await world.rhythm.readFeed(token)).etag).not.toBe(one.etag);
  const [used] = await world.store.db
    .select()
    .from(calendarFeed)
    .where(eq(calendarFeed.personId, world.ana.personId));
  expect(used?.lastUsedAt?.getTime()).toBe(Date.parse('2026-02-25T12:00Z'));
});

test('[CF6] nobody makes an address for another person, and everybody revokes only the own', async () => {
  const bo = await world.join('Bo', 'member');
  expect(code(await world.rhythm.createFeed(bo, { kind: 'person', subjectId: world.ana.personId }))).toBe(
    'forbidden',
  );
  expect(code(await world.rhythm.createFeed(bo, { kind: 'team', subjectId: crypto.randomUUID() }))).toBe(
    'not-found',
  );
  const { view } = await feedOf('person');
  expect(await world.rhythm.feeds(bo)).toEqual([]);
  expect(code(await world.rhythm.revokeFeed(bo, view.id))).toBe('not-found');
});
