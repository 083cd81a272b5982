import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { board, commitment, period } from '../../server/store/schema.ts';
import { on, value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeSessionWorld } from './session-world.ts';

describe.each(stores)('before a planning on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());

    test('[SN62] a period that was promised for and not closed is named beforehand, and holds nobody up', async () => {
      const world = await makeSessionWorld(opened.store);
      const { store, organisationId, boardId, facilitation, tracking, clock } = world;
      const periodId = randomUUID();
      await store.db.insert(period).values({
        ...{ id: periodId, organisationId, kind: 'quarter', label: 'Q2 2026' },
        ...{ start: '2026-04-01', end: '2026-07-01', createdAt: new Date(clock.now) },
      });
      await store.db.update(board).set({ periodId }).where(eq(board.id, boardId));
      const plan = async (kind: 'quarterly-plan' | 'quarterly-close') =>
        value(
          await facilitation.plan(world.viewer('ana'), {
            kind,
            boardId: kind === 'quarterly-close' ? boardId : null,
          }),
        );
      const said = async () => (await plan('quarterly-plan')).unclosed;
      clock.now = on('2026-06-24');
      // Nothing was promised: there is nothing to close.
      expect(await said()).toBeNull();
      const ids = await world.commit([{ key: 'a' }]);
      for (const id of ids.values())
        value(await tracking.act(world.viewer('ben'), id, 'accept', { confidence: 60 }));
      await store.db.update(commitment).set({ periodId }).where(eq(commitment.boardId, boardId));
      clock.now = on('2026-06-10');
      expect(await said()).toBeNull();
      clock.now = on('2026-06-24');
      expect(await said()).toEqual({ period: periodId, label: 'Q2 2026', boardId, sessionId: null });
      expect(await facilitation.unclosed(world.viewer('cleo'))).toMatchObject({ label: 'Q2 2026' });
      const hidden = { ...world.viewer('cleo'), hiddenBoards: [boardId] };
      expect(await facilitation.unclosed(hidden)).toBeNull();
      // One that is prepared is where to go; one that was called off was none.
      const close = (await plan('quarterly-close')).session;
      expect(await said()).toMatchObject({ sessionId: close.id });
      await world.do('ana', close.id, { type: 'call-off' });
      expect(await said()).toMatchObject({ sessionId: null });
      const planning = (await plan('quarterly-plan')).session;
      value(await facilitation.beat(world.viewer('ana'), planning.id));
      expect((await world.do('ana', planning.id, { type: 'start' })).unclosed).toBeNull();
      const held = await world.running({ kind: 'quarterly-close', boardId }, ['ana', 'ben', 'bea']);
      await world.do('ana', held, { type: 'end', leaveOpen: true });
      expect(await said()).toBeNull();
    });

    test('[SN61] signals and the strategy are rows of an annual meeting, and a strategy written there is its output', async () => {
      const world = await makeSessionWorld(opened.store);
      const { facilitation, viewer } = world;
      const id = await world.running({ kind: 'annual', title: 'The year' }, ['ana', 'ben']);
      const write = async (kind: string, stage: string, input: object) =>
        value(
          await facilitation.act(viewer('ben'), id, {
            kind,
            stage,
            id: null,
            act: 'create',
            input: { ...input },
          }),
        ).session;
      await write('outside-signal', 'signals', { text: 'A rival ships weekly', area: 'competitors' });
      const after = await write('strategy-frame', 'frame', { title: '2027', whereTo: 'First in the north' });
      expect(after.produced.map(({ output, ref }) => [output, ref?.kind])).toEqual([
        ...[
          [null, 'outside-signal'],
          ['frame', 'strategy-frame'],
        ],
      ]);
      const titles = async (stage: string) =>
        value(await facilitation.rows(viewer('ana'), id, stage)).groups.flatMap(({ source, rows }) =>
          rows.map(({ title, detail, href }) => [source, title, detail, href?.split('/')[1]]),
        );
      expect(await titles('signals')).toEqual([
        ['signals', 'A rival ships weekly', 'competitors', 'signals'],
      ]);
      expect(await titles('frame')).toEqual([['frame', '2027', '1 of five questions answered', 'strategy']]);
      const { markdown } = value(await facilitation.minutes(viewer('ana'), id));
      expect(markdown).toContain('](/strategy/');
    });
  });
});
