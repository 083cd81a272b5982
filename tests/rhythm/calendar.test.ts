import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { board, organisation, period } from '../../server/store/schema.ts';
import type { CalendarSettings } from '../../src/domain/rhythm/planning-calendar.ts';
import { code, openWorld, value, type World } from '../planning/world.ts';

const now = Date.parse('2026-05-10T12:00Z');
let world: World;
beforeAll(async () => {
  world = await openWorld(['Red', 'Blue'], () => now);
});
afterAll(() => world.dispose());

const april: CalendarSettings = {
  shape: { kind: 'months', startMonth: 4 },
  ...({ weekStart: 1, labelYear: 'ends', planPeriod: 'quarter', straddle: 'majority' } as const),
};
const stored = () =>
  world.store.db.select().from(period).where(eq(period.organisationId, world.ana.organisationId));
const labels = async (kind: string) =>
  (await stored())
    .filter((it) => it.kind === kind)
    .sort((a, b) => a.start.localeCompare(b.start))
    .map(({ label }) => label);

describe('the planning calendar', () => {
  test('[RH25] is made years ahead from what an organisation chose at set-up, once', async () => {
    await world.rhythm.advance();
    const made = await stored();
    await world.rhythm.advance();
    expect((await stored()).map(({ id }) => id).sort()).toEqual(made.map(({ id }) => id).sort());
    expect(await labels('year')).toEqual(['2025', '2026', '2027', '2028', '2029', '2030', '2031']);
    expect((await labels('quarter')).filter((it) => it.startsWith('2026'))).toHaveLength(4);
  });

  test('[RH25] a saved one touches only what is ahead, keeps the version before, and a board keeps its period', async () => {
    const next = (await stored()).find(({ label }) => label === '2026 Q4');
    const planned = value(
      await world.planning.createBoard(world.ana, {
        title: 'Autumn',
        template: 'blank',
        periodId: next?.id ?? null,
      }),
    );
    const shifted: CalendarSettings = { ...april, shape: { kind: 'months', startMonth: 2 } };
    const years = ['2025-07-01', '2026-07-01', '2027-02-01', '2029-06-30'];
    // Periods that are cut again have no identity of their own.
    const bare = (key: string, it: unknown) => (key === 'id' ? undefined : it);
    const drawn = async (version?: number) => {
      const all = await Promise.all(years.map((on) => world.rhythm.picture(world.ana, on, version)));
      return JSON.parse(JSON.stringify(all, bare)) as unknown;
    };
    const before = await drawn();
    const preview = value(await world.rhythm.previewCalendar(world.ana, shifted));
    expect(preview.validFrom).toBe('2026-07-01');
    expect(preview.consequences.join(' ')).toContain('“2026 Q4”, which is in use, becomes “FY2027 Q4');
    expect(await labels('quarter')).not.toContain('FY2027 Q4');
    const saved = value(await world.rhythm.saveCalendar(world.ana, shifted));
    expect(saved).toMatchObject({ version: 2, validFrom: '2026-07-01' });
    const versions = await world.rhythm.calendars(world.ana);
    expect(versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(await drawn(1)).toEqual(before);
    expect(await drawn()).not.toEqual(before);
    expect(await drawn(2)).toEqual(await drawn());
    expect(await drawn(7)).toEqual([null, null, null, null]);
    const [kept] = await world.store.db.select().from(board).where(eq(board.id, planned.id));
    expect(kept?.periodId).toBe(next?.id);
    const moved = (await stored()).find(({ id }) => id === next?.id);
    expect(moved).toMatchObject({ start: '2026-11-01', end: '2027-01-31', calendarVersion: 2 });
    expect((await labels('quarter')).slice(0, 8)).toContain('FY2027 Q2 (short)');
    const [row] = await world.store.db
      .select()
      .from(organisation)
      .where(eq(organisation.id, world.ana.organisationId));
    expect(row?.fiscalStartMonth).toBe(2);
  });

  test('[RH32] once one is saved it says when weeks and years start', async () => {
    const ana = await world.again(world.ana);
    const change = (input: object) => world.organisations.changeOrganisation(ana, input);
    expect(code(await change({ fiscalStartMonth: 7 }))).toBe('calendar-decides');
    expect(code(await change({ weekStart: 7 }))).toBe('calendar-decides');
    expect(code(await change({ weekStart: 1, fiscalStartMonth: 2, name: 'Acme' }))).toBe('allowed');
  });

  test('[RH25] only an administrator saves one, and only one that makes sense', async () => {
    const bo = await world.join('Bo', 'member');
    expect(code(await world.rhythm.saveCalendar(bo, april))).toBe('forbidden');
    expect(code(await world.rhythm.saveCalendar(world.ana, { ...april, weekStart: 9 }))).toBe(
      'invalid-calendar',
    );
  });
});
