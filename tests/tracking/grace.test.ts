import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRhythm, type RhythmPart } from '../../server/rhythm/rhythm.ts';
import { dependency } from '../../server/store/schema.ts';
import { graceEndOf, notAcceptedFrom } from '../../src/domain/commitment/clock.ts';
import { defaultSettings } from '../../src/domain/commitment/settings.ts';
import { plainWeek } from '../../src/domain/rhythm/business-days.ts';
import { instantAt } from '../../src/domain/rhythm/local-time.ts';
import { promisesIn } from './promises.ts';
import { makeTrackingWorld, on, value, type TrackingWorld } from './server-world.ts';
import { zone } from './situations.ts';
import { stores, type OpenedStore } from './stores.ts';

describe('grace of a due', () => {
  const easter = { ...plainWeek, holidays: ['2026-04-03', '2026-04-06'] };
  const facts = (calendar = plainWeek, where = zone) => ({
    ...{ zone: where, calendar, settings: defaultSettings },
  });

  test.each([
    ['2026-04-02', plainWeek, '2026-04-07'],
    ['2026-04-02', easter, '2026-04-09'],
    ['2026-04-03', easter, '2026-04-09'],
    ['2026-04-04', easter, '2026-04-09'],
    ['2026-04-05', plainWeek, '2026-04-08'],
  ])('[CM46] due on %s it is missed from the day after two working days', (due, calendar, missed) => {
    expect(graceEndOf(due, facts(calendar))).toBe(on(missed, '00:00'));
  });

  test('[CM46] the day ends where the team is', () => {
    const auckland = 'Pacific/Auckland';
    expect(graceEndOf('2026-04-02', facts(easter, auckland))).toBe(
      instantAt('2026-04-09', '00:00', auckland),
    );
  });

  test('[CM46] five working days to answer an offer', () => {
    const offer = { offeredAt: on('2026-04-01') };
    expect(notAcceptedFrom(offer, facts())).toBe(on('2026-04-08'));
    expect(notAcceptedFrom(offer, facts(easter))).toBe(on('2026-04-10'));
  });
});

describe.each(stores)('on $name', ({ missing, open }) => {
  describe.skipIf(missing)('the days of the team', () => {
    let opened: OpenedStore;
    let own: TrackingWorld;
    let rhythm: RhythmPart;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      own = await makeTrackingWorld(opened.store);
      rhythm = createRhythm({
        ...{ store: opened.store, now: () => own.clock.now, newId: randomUUID },
        boardRight: () => Promise.resolve('manage'),
        truthChanged: () => undefined,
      });
    });
    const accepted = (more = {}) => promisesIn(own, opened.store).accepted(more);
    const holiday = async (teamId: string | null, ...days: string[]) =>
      value(
        await rhythm.addDaysOff(own.viewer('olga'), {
          ...{ kind: 'holiday', teamId },
          days: days.map((day) => ({ start: day, end: day, label: 'Holiday' })),
        }),
      );
    const statusAt = async (id: string, at: number) => {
      own.clock.now = at;
      await own.tracking.advanceClock();
      return value(await own.tracking.commitment(own.viewer('ben'), id)).status;
    };

    // Due on Friday 26 June: with a plain week its grace ends with Tuesday the 30th.
    test('[CM46] holidays of everybody and of the own team lengthen the grace, those of another do not', async () => {
      const id = await accepted();
      await holiday(own.teams.blue, '2026-06-29');
      await holiday(null, '2026-06-30');
      await holiday(own.teams.red, '2026-07-01');
      expect(await statusAt(id, on('2026-07-02', '23:59'))).toBe('committed');
      expect(await statusAt(id, on('2026-07-03', '00:00'))).toBe('missed');
      const detail = value(await own.tracking.commitment(own.viewer('ben'), id));
      expect(detail.history.at(-1)).toMatchObject({ type: 'missed', at: on('2026-07-03', '00:00') });
    });

    test('[CM46] work done in a grace that a holiday lengthens is done late, not missed', async () => {
      const id = await accepted();
      await holiday(null, '2026-06-29', '2026-06-30');
      own.clock.now = on('2026-07-02');
      const done = { evidence: 'see the dashboard', values: { m1: 200 } };
      value(await own.tracking.act(own.viewer('ben'), id, 'complete', done));
      expect(value(await own.tracking.commitment(own.viewer('ben'), id)).display).toBe('done-late');
    });

    test('[CM46] a team elsewhere has its whole day', async () => {
      value(await rhythm.setTeamZone(own.viewer('ana'), own.teams.red, 'America/Los_Angeles'));
      const id = await accepted();
      const ends = instantAt('2026-07-01', '00:00', 'America/Los_Angeles');
      expect(await statusAt(id, ends - 1)).toBe('committed');
      expect(await statusAt(id, ends)).toBe('missed');
    });

    test('[CM46] an offer shows “not accepted” after five working days, in lists and on its page', async () => {
      const id = await promisesIn(own, opened.store).propose();
      await holiday(own.teams.red, '2026-04-03', '2026-04-06');
      const shown = async () => {
        const viewer = own.viewer('ben');
        const rows = await own.tracking.commitments(viewer, {});
        const detail = value(await own.tracking.commitment(viewer, id));
        return [rows.find((it) => it.id === id)?.display, detail.display];
      };
      own.clock.now = on('2026-04-09');
      expect(await shown()).toEqual(['proposed', 'proposed']);
      own.clock.now = on('2026-04-10');
      expect(await shown()).toEqual(['not-accepted', 'not-accepted']);
    });

    test('[CM46] an ask is to be answered within five working days of the team that is asked', async () => {
      await own.commit([{ key: 'needs' }]);
      await holiday(own.teams.blue, '2026-04-03', '2026-04-06');
      const saved = value(
        await own.tracking.saveDependency(own.viewer('ben'), own.boardId, {
          ...{ objectKey: 'arrow', requesterKey: 'needs', requesterTeam: 'red', providerTeam: 'blue' },
          ...{ what: 'Ledger API', neededBy: '2026-05-01', hardness: 'hard' },
        }),
      );
      value(await own.tracking.actOnDependency(own.viewer('ben'), saved.id, 'send', {}));
      const [row] = await opened.store.db.select().from(dependency).where(eq(dependency.id, saved.id));
      expect(row?.respondBy?.getTime()).toBe(on('2026-04-10'));
    });
  });
});
