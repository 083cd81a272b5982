import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { board, boardTeam } from '../../server/store/schema.ts';
import { makeSessionWorld } from '../facilitation/session-world.ts';
import { value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';

describe.each(stores)('minutes of a team with a board of its own, on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());

    test('[AC9] [SN81] tables and extracts of minutes hold nothing of it, while it runs and after its end', async () => {
      const world = await makeSessionWorld(opened.store);
      const { facilitation, registers, teams, boardId } = world;
      const { db } = opened.store;
      await db.update(board).set({ scope: 'team' }).where(eq(board.id, boardId));
      await db.insert(boardTeam).values({ boardId, teamId: teams.red });
      const ids = await world.commit([{ key: 'a', owner: 'ben', terms: { statement: 'Secret one' } }]);
      const promise = ids.get('a') ?? '';
      value(await world.tracking.act(world.viewer('ben'), promise, 'accept', { confidence: 60 }));
      world.clock.now += 60_000;
      const place = { board: boardId, team: teams.red };
      const ana = world.viewer('ana');
      value(await registers.create(ana, 'risk', { title: 'Secret risk', ...place }));
      const session = await world.running({ kind: 'weekly', teamId: teams.red }, ['ana', 'ben']);
      const { id } = value(
        await registers.create(ana, 'decision', {
          question: 'Secret, how?',
          decider: ana.personId,
          ...place,
        }),
      );
      value(await registers.act(ana, 'decision', id, 'decide', { chosen: 'Secretly' }));
      const done = { stage: null, kind: 'commitment', id: promise, act: 'check-in' };
      const input = { status: 'on', confidence: 70 };
      value(await facilitation.act(world.viewer('ben'), session, { ...done, input }));
      world.clock.now += 60_000;
      for (const end of [false, true]) {
        if (end) await world.do('ana', session, { type: 'end', leaveOpen: true });
        const inside = value(await facilitation.minutes(world.viewer('bea'), session));
        expect(inside.from).toBe(end ? 'end' : 'now');
        expect(inside.record?.objectives.map(({ title }) => title)).toEqual(['Secret one']);
        expect(inside.record?.risks.map(({ title }) => title)).toEqual(['Secret risk']);
        expect(inside.record?.decisions.map(({ chosen }) => chosen)).toEqual(['Secretly']);
        expect(inside.extracts.map(({ person }) => person)).toEqual([world.people.ben]);
        const seen = value(
          await facilitation.minutes(world.viewer('dan', { hiddenBoards: [boardId] }), session),
        );
        expect(JSON.stringify(seen)).not.toMatch(/secret/i);
        expect(seen.record).toMatchObject({
          objectives: [],
          needs: [],
          risks: [],
          decisions: [],
          promises: [],
        });
        expect([seen.extracts, seen.cards, seen.file.people]).toEqual([[], {}, []]);
      }
    });
  });
});
