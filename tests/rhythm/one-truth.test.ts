import * as fc from 'fast-check';
import { eq } from 'drizzle-orm';
import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commitment, period, planningCalendar, ritual, slot, team } from '../../server/store/schema.ts';
import { planSlots } from '../../server/tracking/plan-slots.ts';
import { readWorkingDays } from '../../server/tracking/working-days.ts';
import type { CalendarSettings } from '../../src/domain/rhythm/planning-calendar.ts';
import { addBusinessDays, businessDayFrom, plainWeek } from '../../src/domain/rhythm/business-days.ts';
import { addDays, localDateOf } from '../../src/domain/rhythm/local-time.ts';
import { slotsFor } from '../../src/domain/rhythm/slots-for.ts';
import { openWorld, value, type World } from '../planning/world.ts';
import { anyCalendar } from '../support/any-calendar.ts';

const start = Date.parse('2026-05-10T12:00Z');
let clock = start;
let world: World;
beforeAll(async () => {
  world = await openWorld(['Red', 'Blue'], () => clock);
});
afterAll(() => world.dispose());

const stored = () =>
  world.store.db.select().from(period).where(eq(period.organisationId, world.ana.organisationId));

/** Weeks of the pictures that may hold a day: a year's first week is drawn where its fourth day lies. */
async function drawnWeeks(viewer: World['ana'], day: string) {
  const pictures = await Promise.all([-4, 4].map((n) => world.rhythm.picture(viewer, addDays(day, n))));
  return pictures.flatMap((it) => it?.weeks ?? []).filter((it) => it.start <= day && day <= it.end);
}

/** Puts the organisation back to how it was set up. */
async function startOver(settings: CalendarSettings | null): Promise<void> {
  const { organisationId } = world.ana;
  const { db } = world.store;
  clock = start;
  await db.delete(commitment).where(eq(commitment.organisationId, organisationId));
  await db.delete(ritual).where(eq(ritual.organisationId, organisationId));
  await db.delete(period).where(eq(period.organisationId, organisationId));
  await db.delete(planningCalendar).where(eq(planningCalendar.organisationId, organisationId));
  if (settings === null) return;
  await db.insert(planningCalendar).values({
    ...{ id: crypto.randomUUID(), organisationId, version: 1, validFrom: '1970-01-01' },
    ...{ calendar: settings, createdAt: new Date(clock) },
  });
  await world.rhythm.advance();
}

/** A promise of Ana's that is asked every day for a week round each of these days. */
async function promiseAround(boundaries: readonly string[]): Promise<string> {
  const id = crypto.randomUUID();
  const { organisationId, personId } = world.ana;
  const { db } = world.store;
  await db.delete(commitment).where(eq(commitment.organisationId, organisationId));
  await db.insert(commitment).values({
    ...{ id, organisationId, objectKey: id, version: 1, state: {}, status: 'committed', horizon: 'quarter' },
    ...{ statement: 'Around', ownerId: personId, due: '2040-01-01', weight: 3 },
    ...{ acceptedAt: new Date(start), createdAt: new Date(start) },
  } as typeof commitment.$inferInsert);
  const days = [...new Set(boundaries.flatMap((it) => [-3, -2, -1, 0, 1, 2, 3].map((n) => addDays(it, n))))];
  if (days.length === 0) return id;
  await db.insert(slot).values(
    days.map((day, k) => {
      const dueAt = new Date(`${day}T17:00Z`);
      const graceEndsAt = new Date(dueAt.getTime() + 2 * 86_400_000);
      return {
        ...{ id: crypto.randomUUID(), organisationId, commitmentId: id, number: k + 1, label: day },
        ...{ opensAt: new Date(dueAt.getTime() - 3 * 86_400_000), dueAt, graceEndsAt },
      };
    }),
  );
  return id;
}

/** The days on which a promise of Ana's is asked month by month, by month: planned as an accept plans them. */
async function monthlyDues(until: string): Promise<ReadonlyMap<string, string>> {
  const commitmentId = await promiseAround([]);
  const { organisationId, personId } = world.ana;
  const cadence = { kind: 'monthly', weekday: 5, time: '17:00', closeOn: until } as const;
  await world.store.transaction(async (tx) => {
    const days = await readWorkingDays(tx, organisationId);
    const plan = { organisationId, days, cadence, from: clock, newId: () => crypto.randomUUID() };
    await planSlots(tx, plan, [{ commitmentId, until, owner: personId, team: null, board: null }]);
  });
  const rows = await world.store.db.select().from(slot).where(eq(slot.commitmentId, commitmentId));
  return new Map(rows.map(({ label, dueAt }) => [label, localDateOf(dueAt.getTime(), 'UTC')]));
}

describe('one truth', () => {
  /** What a calendar file says of each check-in, by its due day. */
  function dueTexts(body: string): ReadonlyMap<string, string> {
    const events = new ICAL.Component(ICAL.parse(body) as unknown[]).getAllSubcomponents('vevent');
    return new Map(
      events
        .map((it) => new ICAL.Event(it))
        .filter((it) => it.summary.startsWith('Check in:'))
        .map((it) => [it.startDate.toString(), it.description ?? '']),
    );
  }

  /** All-day events of a calendar file, by title. */
  function wholeDays(body: string): ReadonlyMap<string, string> {
    const events = new ICAL.Component(ICAL.parse(body) as unknown[]).getAllSubcomponents('vevent');
    return new Map(
      events
        .map((it) => new ICAL.Event(it))
        .filter((it) => it.startDate.isDate)
        .map((it) => [it.summary, it.startDate.toString()]),
    );
  }

  test(
    '[RH26][RH33] picture, dues, meetings and files agree with stored periods on every boundary of ten years',
    { timeout: 300_000 },
    async () => {
      const [red] = await world.store.db.select({ id: team.id }).from(team).where(eq(team.key, 'red'));
      const teamId = red?.id ?? '';
      const feed = value(await world.rhythm.createFeed(world.ana, { kind: 'person' }));
      await fc.assert(
        fc.asyncProperty(anyCalendar, async (drawn) => {
          const settings = JSON.parse(JSON.stringify(drawn)) as CalendarSettings;
          await startOver(settings);
          const viewer = await world.again(world.ana);
          const plan = settings.planPeriod;
          let counted = 0;
          value(
            await world.rhythm.book(viewer, [
              {
                ...({
                  kind: 'quarterly-close',
                  title: 'Close',
                  time: '10:00',
                  zone: 'UTC',
                  adjust: 'none',
                } as const),
                ...{ durationMinutes: 60, starts: '2026-05-11', holidays: 'none' as const },
                rule: {
                  type: 'period',
                  period: 'plan',
                  anchor: 'end',
                  weeks: 0,
                  businessDays: 0,
                  weekday: null,
                },
              },
            ]),
          );
          for (let year = 0; year < 10; year += 1) {
            const now = await world.again(world.ana);
            const today = localDateOf(clock, 'UTC');
            const periods = (await stored()).filter(({ kind }) => kind === plan);
            const ahead = periods.filter(({ end }) => today < end && end < addDays(today, 360));
            expect(ahead.length, 'the fuzz saw boundaries').toBeGreaterThan(0);
            const picture = await world.rhythm.picture(now, ahead[0]?.end);
            const shown = new Map(
              picture?.rows.flatMap(({ spans }) => spans.map((it) => [`${it.label} ${it.kind}`, it])),
            );
            const inYear = periods.filter(
              (it) => it.end >= (picture?.start ?? '') && it.start <= (picture?.end ?? ''),
            );
            for (const it of plan === 'year' ? [] : inYear) {
              expect(shown.get(`${it.label} ${plan}`)).toMatchObject({ start: it.start, end: it.end });
            }
            if (plan === 'year') expect(ahead.some(({ end }) => end === picture?.end)).toBe(true);
            const ends = ahead.map(({ end }) => end).sort();
            const meetings = await world.rhythm.nextOccurrences(now, {
              from: clock,
              to: clock + 360 * 86_400_000,
            });
            expect(meetings.map(({ startsAt }) => localDateOf(startsAt, 'UTC'))).toEqual(
              ends.filter((it) => it < addDays(today, 360)),
            );
            const body = value(await world.rhythm.readFeed(feed.token)).body;
            const days = wholeDays(body);
            for (const it of ahead) expect(days.get(`${it.label} ends`), it.label).toBe(it.end);
            for (const it of ahead.filter((one) => one.start > today)) {
              expect(days.get(`${it.label} begins`), it.label).toBe(it.start);
            }
            // Monthly check-ins, as they are planned for a promise, follow the months that are stored and drawn.
            const months = (await stored()).filter(
              ({ kind, end }) => kind === 'month' && today < end && end < addDays(today, 330),
            );
            expect(months.length).toBeGreaterThan(9);
            const plannedDues = await monthlyDues(addDays(today, 365));
            for (const it of months) {
              const due = businessDayFrom(addDays(it.end, 1), plainWeek);
              if (it.end > addDays(today, 2)) expect(plannedDues.get(it.label), it.label).toBe(due);
              if (it.start >= (picture?.start ?? '') && it.end <= (picture?.end ?? '')) {
                expect(shown.get(`${it.label} month`)).toMatchObject({ start: it.start, end: it.end });
              }
            }
            // The quarterly check-in is due five business days before the close, which is the period's end here.
            for (const { end, start: first } of ahead) {
              const due = addBusinessDays(end, -5, plainWeek);
              const [slot] = slotsFor({
                ...{ cadence: { kind: 'quarterly', weekday: 5, time: '17:00', closeOn: end } },
                ...{ from: Date.parse(addDays(first, -30)), until: end, zone: 'UTC', calendar: plainWeek },
              });
              expect(slot?.key).toBe(due);
            }
            // Round every boundary: the picture's week, a week's promise and the calendar file count a day alike.
            const edges = ahead
              .map(({ end }) => end)
              .sort()
              .slice(0, 4);
            await promiseAround(edges);
            const before = clock;
            for (const edge of edges) {
              clock = Date.parse(`${addDays(edge, -5)}T12:00Z`);
              const then = await world.again(world.ana);
              const texts = dueTexts(value(await world.rhythm.readFeed(feed.token)).body);
              for (const day of [-3, -2, -1, 0, 1, 2, 3].map((n) => addDays(edge, n))) {
                const drawn = await drawnWeeks(then, day);
                const share = drawn
                  .flatMap(({ shares }) => shares)
                  .find((it) => it.start <= day && day <= it.end);
                const owner = share?.owner ?? null;
                expect(texts.get(day), day).toBe(owner === null ? '' : `Counts for ${owner}`);
                const promised = value(
                  await world.tracking.promiseForWeek(then, {
                    ...{ statement: day, ownerId: then.personId, teamId, due: day },
                  }),
                );
                const [row] = await world.store.db
                  .select({ label: period.label })
                  .from(commitment)
                  .leftJoin(period, eq(period.id, commitment.periodId))
                  .where(eq(commitment.id, promised.id));
                expect(row?.label ?? null, day).toBe(owner);
                counted += 1;
              }
            }
            clock = before + 365 * 86_400_000;
            await world.rhythm.advance();
          }
          expect(counted, 'the fuzz saw days').toBeGreaterThan(69);
        }),
        { seed: 20261125, numRuns: 6 },
      );
      await startOver(null);
    },
  );
});
