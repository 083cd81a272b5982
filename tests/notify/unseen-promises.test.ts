import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import { board, boardTeam, choreLease, leave, organisation } from '../../server/store/schema.ts';
import { on, value } from '../tracking/server-world.ts';
import { rhythmOf } from '../rhythm/rhythm-of.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeNotifyWorld, type NotifyWorld } from './notify-world.ts';

const accepted = on('2026-04-01', '12:00');
const friday = on('2026-04-03', '17:00');

/** Ben's promise on Ana's private board: Ana leads his team, Dan answers for Ben while he is away. */
describe.each(stores)('what nobody is told on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    let world: NotifyWorld;
    let promise: string;
    const outside = (name: 'dan' | 'ben' | 'ana'): Viewer =>
      world.viewer(name, { hiddenBoards: [world.boardId] });
    const narrow = (scope: 'organisation' | 'private') =>
      opened.store.db.update(board).set({ scope }).where(eq(board.id, world.boardId));
    const away = (days: { start: string; end: string }) =>
      opened.store.db.insert(leave).values({
        ...{ id: crypto.randomUUID(), organisationId: world.organisationId, ...days },
        ...{ personId: world.people.ben, delegateId: world.people.dan, createdAt: new Date(accepted) },
      });

    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      await opened.store.db.delete(organisation);
      await opened.store.db.delete(choreLease);
      world = await makeNotifyWorld(opened.store);
      await world.at(accepted);
      promise = await world.promises.accepted({ terms: { statement: 'Secret one' } });
    });

    test('[AC8] who stands in and may not look is passed over for the lead, in whose words it says for whom', async () => {
      await narrow('private');
      await away({ start: '2026-04-01', end: '2026-04-30' });
      await world.at(friday);
      expect(await world.notices('dan')).toEqual([]);
      const told = (await world.notices('ana')).map(({ rung, title }) => `${rung} ${title}`);
      expect(told).toContainEqual(expect.stringMatching(/^due:1 .*Ben/));
      expect((await world.tracking.inbox(outside('dan'))).standingIn).toEqual([]);
    });

    test('[AC8] where he may look, he is told as before', async () => {
      await away({ start: '2026-04-01', end: '2026-04-30' });
      await world.at(friday);
      expect((await world.notices('dan')).map(({ rung }) => rung)).toContain('due:1');
      expect((await world.notices('ana')).map(({ rung }) => rung)).not.toContain('due:1');
    });

    test('[AC8] who may not look at a promise is not named to answer for it during a leave, and the refusal says why', async () => {
      const rhythm = rhythmOf(opened.store, () => world.clock.now);
      const input = {
        personId: world.people.ben,
        delegateId: world.people.dan,
        start: '2026-04-06',
        end: '2026-04-10',
      };
      await narrow('private');
      const refused = await rhythm.addLeave(world.viewer('ben'), input);
      expect(refused).toMatchObject({ ok: false, refusal: { code: 'cannot-see', path: 'delegateId' } });
      expect(refused.ok ? '' : refused.refusal.message).toMatch(
        /“Secret one” stands on a board .* Name somebody/,
      );
      // His lead may: the promise concerns her.
      value(await rhythm.addLeave(world.viewer('ben'), { ...input, delegateId: world.people.ana }));
      await opened.store.db.insert(boardTeam).values({ boardId: world.boardId, teamId: world.teams.blue });
      await opened.store.db.update(board).set({ scope: 'team' }).where(eq(board.id, world.boardId));
      value(await rhythm.addLeave(world.viewer('ben'), input));
    });

    test('[AC8] what was told before the board was narrowed is in no inbox and leaves in no mail', async () => {
      await away({ start: '2026-04-01', end: '2026-04-30' });
      await world.at(on('2026-04-02', '19:00'));
      const waiting = (await world.mails('dan')).filter(({ status }) => status === 'queued');
      expect(waiting).toHaveLength(1);
      const before = await world.notify.inbox(world.viewer('dan'));
      expect(JSON.stringify(before)).toContain('Secret one');
      await narrow('private');
      const after = await world.notify.inbox(outside('dan'));
      expect(after).toMatchObject({ notices: [], unread: 0 });
      expect(await world.notify.unread(outside('dan'))).toBe(0);
      const [first] = before.notices;
      expect(await world.notify.read(outside('dan'), first?.id ?? '')).toMatchObject({ ok: false });
      world.clock.now = on('2026-04-03', '12:00');
      await world.notify.send();
      expect((await world.mails('dan')).map(({ text }) => text).join('')).not.toContain('Secret one');
      expect((await world.mails('dan')).filter(({ status }) => status === 'captured')).toEqual([]);
    });

    test('[AC8] an administrator sees that a mail left, and not what a board says that is not open to them', async () => {
      await narrow('private');
      await world.at(friday);
      world.clock.now = on('2026-04-06', '12:00');
      await world.notify.send();
      const olga = (hiddenBoards: readonly string[]) =>
        world.notify.mails(world.viewer('olga', { hiddenBoards }));
      const all = value(await olga([])).mails;
      expect(JSON.stringify(all)).toContain('Secret one');
      const shown = value(await olga([world.boardId])).mails;
      expect(shown.map(({ id, status }) => [id, status])).toEqual(all.map(({ id, status }) => [id, status]));
      expect(JSON.stringify(shown)).not.toContain('Secret one');
    });

    test('[AC8] a question elsewhere that a promise waits for warns those of it who may look at it', async () => {
      const { registers, people, boardId } = world;
      await narrow('private');
      const question = { question: 'Secret, whether?', decider: people.ana, neededBy: '2026-03-01' };
      value(
        await registers.create(world.viewer('ana'), 'decision', {
          ...question,
          affects: [promise],
          board: boardId,
        }),
      );
      world.clock.now += 60_000;
      const warned = async (viewer: Viewer) =>
        JSON.stringify(await world.tracking.commitments(viewer, {})) +
        JSON.stringify(await registers.due(world.organisationId, world.clock.now, { seer: viewer }));
      expect(await warned(world.viewer('ana'))).toContain('Secret, whether?');
      expect(await warned(outside('dan'))).not.toContain('Secret');
      // Ben's promise is his: it waits, and for what is not his to read.
      expect(await warned(outside('ben'))).not.toContain('Secret, whether?');
      expect(await warned(outside('ben'))).toContain('Something on a board you do not see');
    });
  });
});
