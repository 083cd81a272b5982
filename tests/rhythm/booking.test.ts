import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import type { RitualAsked } from '../../src/domain/rhythm/ritual.ts';
import { asText, smallPlan } from '../planning/plan-files.ts';
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
const book = async (viewer: Viewer, ...rituals: readonly RitualAsked[]) => {
  const [booked] = value(await world.rhythm.book(viewer, rituals));
  if (!booked) throw new Error('nothing was booked');
  return booked;
};
const today = async (): Promise<Viewer> => world.again(world.ana);

describe('booking', () => {
  test('[RT19] books all or none, and says which one is not right', async () => {
    const wrong = await world.rhythm.book(world.ana, [weekly, { ...weekly, starts: '2026-03-01' }]);
    expect(wrong).toMatchObject({ ok: false, refusal: { code: 'in-the-past', path: 'rituals.1.starts' } });
    expect(await world.rhythm.rituals(world.ana, {})).toEqual([]);
  });

  test('[RT19] the rhythm of a board is offered, booked with its commit, once, or the commit is given up', async () => {
    const board = value(await world.planning.createBoard(world.ana, { title: 'Spring', template: 'blank' }));
    value(await world.planning.importFile(world.ana, board.id, asText(smallPlan())));
    await world.rhythm.advance();
    const offers = value(await world.rhythm.offers(world.ana, { boardId: board.id }));
    expect(offers.map(({ terms, booked }) => [terms.kind, booked])).toEqual([
      ['weekly', false],
      ['quarterly-close', false],
      ['quarterly-plan', false],
    ]);
    expect(offers.every(({ first }) => first.length > 0)).toBe(true);
    const rituals = offers.map(({ terms }) => terms);
    const broken = rituals.map((it) => ({ ...it, durationMinutes: 0 }));
    expect(code(await world.planning.commit(world.ana, board.id, { rituals: broken }))).toBe('invalid');
    expect(value(await world.planning.snapshots(world.ana, board.id))).toEqual([]);
    value(await world.planning.commit(world.ana, board.id, { rituals }));
    value(await world.planning.commit(world.ana, board.id, { rituals }));
    const booked = await world.rhythm.rituals(world.ana, { boardId: board.id });
    expect(booked.map(({ kind, board: of }) => [kind, of]).sort()).toEqual([
      ['quarterly-close', board.id],
      ['quarterly-plan', board.id],
      ['weekly', board.id],
    ]);
    const again = value(await world.rhythm.offers(world.ana, { boardId: board.id }));
    expect(again.every((it) => it.booked)).toBe(true);
  });

  test('[RT20] with a weekly meeting the review proposes check-ins a day before it', async () => {
    const board = value(await world.planning.createBoard(world.ana, { title: 'Spring', template: 'blank' }));
    value(await world.planning.importFile(world.ana, board.id, asText(smallPlan())));
    const rhythm = async () => value(await world.planning.review(world.ana, board.id, {})).rhythm;
    expect(await rhythm()).toMatchObject({ weekday: 5, time: '17:00' });
    await book(world.ana, { ...weekly, board: board.id });
    expect(await rhythm()).toMatchObject({ weekday: 7, time: '09:00' });
  });

  test('[RT20] with a booked close the review proposes its day; everybody’s weekly counts where there is no nearer one', async () => {
    await world.rhythm.advance();
    const periods = await world.organisations.periods(world.ana);
    const periodId = periods.find(({ label }) => label === '2026 Q1')?.id ?? null;
    const board = value(
      await world.planning.createBoard(world.ana, { title: 'Spring', template: 'blank', periodId }),
    );
    value(await world.planning.importFile(world.ana, board.id, asText(smallPlan())));
    const rhythm = async () => value(await world.planning.review(world.ana, board.id, {})).rhythm;
    expect(await rhythm()).toMatchObject({ weekday: 5, closeOn: '2026-04-07' });
    const rule = { type: 'period', period: 'plan', anchor: 'end', weeks: 1, businessDays: 0 } as const;
    await book(
      world.ana,
      { ...weekly, kind: 'quarterly-close', title: 'Close', rule: { ...rule, weekday: 4 } },
      { ...weekly, title: 'All hands' },
    );
    expect(await rhythm()).toMatchObject({ weekday: 7, time: '09:00', closeOn: '2026-04-09' });
  });

  test('[RT23] a rhythm serves the next board of the same teams, and can be given that board', async () => {
    const teams = await world.organisations.teams(world.ana);
    const [red, blue] = ['Red', 'Blue'].map((name) => teams.find((it) => it.name === name)?.id ?? '');
    const boardOf = async (title: string, ...teamIds: string[]) =>
      value(await world.planning.createBoard(world.ana, { title, template: 'blank', teamIds })).id;
    const spring = await boardOf('Spring', red ?? '');
    const summer = await boardOf('Summer', red ?? '');
    const others = await boardOf('Others', blue ?? '');
    const made = await book(world.ana, { ...weekly, teams: [red ?? ''], board: spring });
    const serving = async (board: string) =>
      (await world.rhythm.serving(await today(), board)).map(({ id, board: of }) => [id, of]);
    expect(await serving(spring)).toEqual([[made.id, spring]]);
    expect(await serving(summer)).toEqual([[made.id, spring]]);
    expect(await serving(others)).toEqual([]);
    value(await world.rhythm.actOnRitual(await today(), made.id, 'change', { terms: { board: summer } }));
    expect(await serving(summer)).toEqual([[made.id, summer]]);
    const own = await book(world.ana, { ...weekly, teams: [red ?? ''], board: spring, title: 'Own' });
    expect(await serving(spring)).toEqual([[own.id, spring]]);
    const [offer] = value(await world.rhythm.offers(await today(), { boardId: others }));
    expect(offer).toMatchObject({ booked: false });
  });

  test('[RT10] a weekly at a bad hour for one of its teams is offered another time, or times in turn', async () => {
    const teams = await world.organisations.teams(world.ana);
    const [red, blue] = ['Red', 'Blue'].map((name) => teams.find((it) => it.name === name)?.id ?? '');
    const offered = async (zone: string) => {
      value(await world.rhythm.setTeamZone(await today(), blue ?? '', zone));
      return world.rhythm.rotationFor(await today(), {
        ...{ teamIds: [red ?? '', blue ?? ''], zone: 'Europe/Berlin', time: '10:00', durationMinutes: 30 },
      });
    };
    expect(await offered('Europe/London')).toEqual(['10:00']);
    // 17:00 in Berlin is 08:00 in Los Angeles.
    expect(await offered('America/Los_Angeles')).toEqual(['17:00']);
    expect((await offered('Pacific/Auckland')).length).toBeGreaterThan(1);
  });
});
