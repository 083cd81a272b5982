import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import { board, commitment, period, session } from '../../server/store/schema.ts';
import { promisesIn } from './promises.ts';
import { code, makeTrackingWorld, value, type Name, type TrackingWorld } from './server-world.ts';
import { signups } from './situations.ts';
import { stores, type OpenedStore } from './stores.ts';

describe.each(stores)('on $name', ({ missing, open }) => {
  describe.skipIf(missing)('the plan period of a yes', () => {
    let opened: OpenedStore;
    let own: TrackingWorld;
    let spring: string;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      own = await makeTrackingWorld(opened.store);
      spring = await madePeriod('2026-04-01', '2026-06-30', 'Spring');
    });
    const as = (name: Name, depth: 'light' | 'standard'): Viewer => {
      const viewer = own.viewer(name);
      return { ...viewer, organisation: { ...viewer.organisation, depth } };
    };
    const measured = { doneMeans: 'See the dashboard.', measures: [signups] };
    const offered = () => promisesIn(own, opened.store).propose({ terms: measured });
    const madePeriod = async (start: string, end: string, label: string): Promise<string> => {
      const id = crypto.randomUUID();
      const span = { id, organisationId: own.organisationId, kind: 'custom', label, start, end } as const;
      await opened.store.db.insert(period).values({ ...span, createdAt: new Date(own.clock.now) });
      return id;
    };
    const ofPeriod = (periodId: string | null) =>
      opened.store.db.update(board).set({ periodId }).where(eq(board.id, own.boardId));

    test('[CM51] where no period is named a yes chooses one of the plan periods ahead; the likely one is marked', async () => {
      const past = await madePeriod('2026-01-01', '2026-03-31', 'Winter');
      const summer = await madePeriod('2026-07-01', '2026-09-30', 'Summer');
      const id = await offered();
      const look = async () => value(await own.tracking.commitment(as('ben', 'standard'), id));
      const { periods } = await look();
      expect(periods?.choices.map(({ label }) => label)).toEqual(['Spring', 'Summer']);
      expect(periods?.suggested).toBe(periods?.choices[0]?.id);
      expect(value(await own.tracking.commitment(as('ben', 'light'), id)).periods).toBeNull();
      expect(value(await own.tracking.commitment(as('ana', 'standard'), id)).periods).toBeNull();
      const yes = (fill: object) =>
        own.tracking.act(as('ben', 'standard'), id, 'accept', { confidence: 70, fill });
      expect(code(await yes({}))).toBe('period-missing');
      expect(code(await yes({ period: crypto.randomUUID() }))).toBe('unknown-period');
      value(await yes({ period: summer }));
      expect(await look()).toMatchObject({ period: 'Summer', periods: null });
      expect(past).not.toBe(summer);
      const rows = (periodId: string) => own.tracking.commitments(as('ben', 'standard'), { periodId });
      expect((await rows(summer)).map((it) => it.id)).toEqual([id]);
      expect(await rows(past)).toEqual([]);
      const [row] = await opened.store.db.select().from(commitment).where(eq(commitment.id, id));
      expect(row?.periodId).toBe(summer);
      // What the board is for by now is taken without a word.
      const other = await offered();
      await ofPeriod(past);
      value(await own.tracking.act(as('ben', 'standard'), other, 'accept', { confidence: 70 }));
      expect((await rows(past)).map((it) => it.id)).toEqual([other]);
    });

    test('[CM51] what was carried is likely for the period after', async () => {
      await ofPeriod(spring);
      const id = await offered();
      value(await own.tracking.act(as('ben', 'light'), id, 'accept', { confidence: 70 }));
      const summer = await madePeriod('2026-07-01', '2026-09-30', 'Summer');
      await opened.store.db.insert(session).values({
        ...{
          id: crypto.randomUUID(),
          organisationId: own.organisationId,
          boardId: own.boardId,
          teamId: null,
        },
        ...{ kind: 'quarterly-close', title: 'Close', status: 'running', rev: 1 },
        ...{ startedAt: new Date(own.clock.now), createdAt: new Date(own.clock.now), state: {} },
      });
      value(await own.tracking.act(as('ben', 'standard'), id, 'carry', { text: '' }));
      const next = (await own.tracking.commitments(as('ben', 'standard'), {})).find((it) => it.id !== id);
      const { periods } = value(await own.tracking.commitment(as('ben', 'standard'), next?.id ?? ''));
      expect(periods?.suggested).toBe(summer);
    });
  });
});
