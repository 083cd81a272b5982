import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import { event, occurrence, ritual as ritualTable } from '../../server/store/schema.ts';
import { foldRituals } from '../../src/domain/rhythm/fold-ritual.ts';
import type { RitualAsked } from '../../src/domain/rhythm/ritual.ts';
import type { RitualEvent } from '../../src/domain/rhythm/ritual-event.ts';
import { code, openWorld, value, type World } from '../planning/world.ts';

let clock = Date.parse('2026-03-04T12:00Z');
let world: World;
beforeEach(async () => {
  clock = Date.parse('2026-03-04T12:00Z');
  world = await openWorld(['Red', 'Blue'], () => clock);
});
afterEach(() => world.dispose());

const weekly: RitualAsked = {
  ...({ kind: 'weekly', title: 'Weekly', rule: { type: 'weekly', every: 1, weekdays: [1] } } as const),
  ...{ time: '09:00', zone: 'America/New_York', durationMinutes: 45, starts: '2026-03-09' },
};
const days = 86_400_000;
const book = async (viewer: Viewer, ...rituals: readonly RitualAsked[]) => {
  const [booked] = value(await world.rhythm.book(viewer, rituals));
  if (!booked) throw new Error('nothing was booked');
  return booked;
};
const meetings = async (ritualId: string, from = clock, to = clock + 60 * days) =>
  world.rhythm.nextOccurrences(await world.again(world.ana), { ritualId, from, to });
const iso = (at: number): string => new Date(at).toISOString().slice(0, 16);
const today = async (): Promise<Viewer> => world.again(world.ana);

describe('meetings', () => {
  test('[RT14] are made for the window ahead, keep wall-clock time, and have ids that follow from ritual and day', async () => {
    const made = await book(world.ana, weekly);
    const found = await meetings(made.id, clock, clock + 500 * days);
    expect(found.slice(0, 2).map(({ startsAt }) => iso(startsAt))).toEqual([
      '2026-03-09T13:00',
      '2026-03-16T13:00',
    ]);
    expect(iso(found.find(({ originalDate }) => originalDate === '2026-11-02')?.startsAt ?? 0)).toBe(
      '2026-11-02T14:00',
    );
    expect(found.length).toBe(57);
    const stored = await world.store.db.select().from(occurrence).where(eq(occurrence.ritualId, made.id));
    const again = stored.map(({ id, sequence }) => `${id} ${sequence}`).sort();
    await world.rhythm.advance();
    await world.rhythm.advance();
    const after = await world.store.db.select().from(occurrence).where(eq(occurrence.ritualId, made.id));
    expect(after.map(({ id, sequence }) => `${id} ${sequence}`).sort()).toEqual(again);
  });

  test('[RT14] the window moves with time, and what has been stays as it was', async () => {
    const made = await book(world.ana, weekly);
    const before = await meetings(made.id, clock, clock + 30 * days);
    clock += 21 * days;
    await world.rhythm.advance();
    value(
      await world.rhythm.actOnRitual(await today(), made.id, 'change', {
        terms: { time: '15:00', durationMinutes: 90 },
      }),
    );
    const later = await meetings(made.id, clock - 21 * days, clock + 500 * days);
    expect(later.slice(0, 3)).toEqual(before.slice(0, 3));
    expect(iso(later[3]?.startsAt ?? 0)).toBe('2026-03-30T19:00');
    expect(later.at(-1)?.startsAt ?? 0).toBeGreaterThan(clock + 390 * days);
  });

  test('[RT14] holidays written down afterwards do not hold what was a second time', async () => {
    const made = await book(world.ana, { ...weekly, adjust: 'following' });
    clock = Date.parse('2026-03-12T12:00Z');
    const days5 = { start: '2026-03-09', end: '2026-03-13', label: 'Fair week' };
    value(await world.rhythm.addDaysOff(await today(), { kind: 'holiday', days: [days5] }));
    const found = await meetings(made.id, clock - 10 * days, clock + 10 * days);
    expect(found.map(({ originalDate, startsAt }) => [originalDate, iso(startsAt)])).toEqual([
      ['2026-03-09', '2026-03-09T13:00'],
      ['2026-03-16', '2026-03-16T13:00'],
    ]);
  });

  test('[RT15] skip and move raise the sequence and keep the id; the next one carries the agenda', async () => {
    const made = await book(world.ana, weekly);
    const [one, two, three] = await meetings(made.id);
    value(
      await world.rhythm.actOnRitual(world.ana, made.id, 'skip', { date: '2026-03-09', reason: 'offsite' }),
    );
    const to = { date: '2026-03-16', toDate: '2026-03-17', toTime: '16:00', reason: 'travel' };
    value(await world.rhythm.actOnRitual(world.ana, made.id, 'move', to));
    const after = await meetings(made.id);
    expect(after[0]).toMatchObject({ id: one?.id, status: 'skipped', reason: 'offsite' });
    expect(after[1]).toMatchObject({
      id: two?.id,
      moved: true,
      reason: 'travel',
      carriesAgendaOf: [one?.id],
    });
    expect(iso(after[1]?.startsAt ?? 0)).toBe('2026-03-17T20:00');
    expect(after[2]).toEqual(three);
    const [row] = await world.store.db
      .select()
      .from(occurrence)
      .where(eq(occurrence.id, two?.id ?? ''));
    expect(row?.sequence).toBe(1);
  });

  test('[RT15] two skips in a row are told, through a split too; a held one ends the run', async () => {
    const made = await book(world.ana, weekly);
    const skip = async (date: string) =>
      value(
        await world.rhythm.actOnRitual(await today(), made.id, 'skip', { date, reason: `not on ${date}` }),
      );
    const run = async (id = made.id) => value(await world.rhythm.ritual(await today(), id)).skipsInARow;
    await skip('2026-03-09');
    expect(await run()).toBe(1);
    await skip('2026-03-16');
    expect(await run()).toBe(2);
    const split = { from: '2026-03-23', reason: '', terms: { time: '15:00' } };
    const next = value(await world.rhythm.actOnRitual(await today(), made.id, 'split', split));
    expect(await run(next.id)).toBe(2);
    clock = Date.parse('2026-03-23T20:00Z');
    const [held] = await meetings(next.id, clock - days, clock + days);
    const skipped = await meetings(made.id, clock - 20 * days);
    expect(held?.carriesAgendaOf).toEqual(skipped.map(({ id }) => id));
    value(await world.rhythm.markHeld(await today(), held?.id ?? '', clock));
    value(await world.rhythm.markHeld(await today(), held?.id ?? '', clock));
    expect(await run(next.id)).toBe(0);
    const detail = value(await world.rhythm.ritual(await today(), made.id));
    expect(detail.history.map(({ words }) => words)).toEqual([
      'Booked',
      'Skipped the meeting of 2026-03-09',
      'Skipped the meeting of 2026-03-16',
      'Split: from here on as another part; this one ends on 2026-03-22',
      'Booked',
      'Held the meeting of 2026-03-23',
    ]);
  });

  test('[RT16] this and following goes on in a second part of the series; the log replays to both', async () => {
    const made = await book(world.ana, weekly);
    clock = Date.parse('2026-03-11T12:00Z');
    const split = value(
      await world.rhythm.actOnRitual(await today(), made.id, 'split', {
        ...{
          from: '2026-03-23',
          reason: 'summer',
          terms: { rule: { type: 'weekly', every: 1, weekdays: [2] } },
        },
      }),
    );
    expect(split.id).not.toBe(made.id);
    expect(split.parts.map(({ id, ends }) => [id, ends])).toEqual([
      [made.id, '2026-03-22'],
      [split.id, null],
    ]);
    const old = await meetings(made.id, clock - 10 * days);
    expect(old.map(({ originalDate }) => originalDate)).toEqual(['2026-03-09', '2026-03-16']);
    expect((await meetings(split.id))[0]?.originalDate).toBe('2026-03-24');
    for (const id of [made.id, split.id]) {
      const [row] = await world.store.db.select().from(ritualTable).where(eq(ritualTable.id, id));
      const log = await world.store.db
        .select()
        .from(event)
        .where(eq(event.objectId, id))
        .orderBy(event.version);
      const events = log.map((it) => ({
        ...{ type: it.type, data: it.data, at: it.at.getTime(), reason: it.reason },
        actor: { person: it.actorPersonId, via: it.via },
      })) as RitualEvent[];
      expect(foldRituals(events)).toEqual(row?.state);
      expect(row?.version).toBe(events.length);
    }
  });

  test('[RT16] ending takes the meetings ahead away and keeps those that were', async () => {
    const made = await book(world.ana, weekly);
    clock = Date.parse('2026-03-11T12:00Z');
    value(await world.rhythm.actOnRitual(await today(), made.id, 'end', { reason: 'merged into another' }));
    expect((await meetings(made.id, clock - 30 * days)).map(({ originalDate }) => originalDate)).toEqual([
      '2026-03-09',
    ]);
    expect(await world.rhythm.rituals(await today(), {})).toEqual([]);
  });

  test('[RT16] ending takes a meeting away that was moved beyond the end', async () => {
    const made = await book(world.ana, weekly);
    clock = Date.parse('2026-03-08T12:00Z');
    const to = { date: '2026-03-09', toDate: '2026-03-13', toTime: '16:00' };
    value(await world.rhythm.actOnRitual(await today(), made.id, 'move', to));
    clock = Date.parse('2026-03-11T12:00Z');
    value(await world.rhythm.actOnRitual(await today(), made.id, 'end', { reason: 'merged into another' }));
    await world.rhythm.advance();
    expect(await meetings(made.id, clock - 30 * days)).toEqual([]);
  });

  test('[RT17] facilitators take turns', async () => {
    const bo = await world.join('Bo', 'member');
    const made = await book(world.ana, { ...weekly, rota: [world.ana.personId, bo.personId] });
    const found = await meetings(made.id);
    expect(found.slice(0, 3).map(({ facilitatorId }) => facilitatorId)).toEqual([
      world.ana.personId,
      bo.personId,
      world.ana.personId,
    ]);
    const stranger = { ...weekly, rota: [crypto.randomUUID()] };
    expect(code(await world.rhythm.book(world.ana, [stranger]))).toBe('unknown-person');
  });

  test('[RT18] a person sees the meetings of the own teams, of everybody, and those facilitated', async () => {
    const teams = await world.organisations.teams(world.ana);
    const [red, blue] = ['Red', 'Blue'].map((name) => teams.find((it) => it.name === name)?.id ?? '');
    const bo = await world.join('Bo', 'member', red);
    await book(
      world.ana,
      { ...weekly, title: 'Red', teams: [red ?? ''] },
      { ...weekly, title: 'Blue', teams: [blue ?? ''] },
      { ...weekly, title: 'All', teams: [] },
      { ...weekly, title: 'Helped', teams: [blue ?? ''], rota: [bo.personId] },
    );
    const stretch = { from: clock, to: clock + 7 * days };
    const titles = async (of: object) =>
      (await world.rhythm.nextOccurrences(bo, { ...stretch, ...of })).map(({ title }) => title);
    expect(await titles({ personId: bo.personId })).toEqual(['All', 'Helped', 'Red']);
    expect(await titles({ teamId: blue })).toEqual(['All', 'Blue', 'Helped']);
    expect(await titles({ teamId: 'nonsense' })).toEqual([]);
    // Team names are no right: a member of Red arranges what is Red's.
    const rituals = await world.rhythm.rituals(bo, {});
    expect(rituals.map(({ title, mayChange }) => [title, mayChange])).toEqual([
      ['All', false],
      ['Blue', false],
      ['Helped', false],
      ['Red', true],
    ]);
  });
});
