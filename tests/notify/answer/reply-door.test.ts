import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { takeAnswer } from '../../../server/notify/reply/take-answer.ts';
import { answeredMail, checkInLink, mail } from '../../../server/store/schema.ts';
import { on } from '../../tracking/server-world.ts';
import { stores, type OpenedStore } from '../../tracking/stores.ts';
import { address, makeAnswerWorld, type AnswerWorld, type Written } from './answer-world.ts';

const [friday, grace] = [on('2026-04-03', '17:00'), on('2026-04-07', '17:00')];
const minute = 60_000;

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('the door for answers', () => {
    let opened: OpenedStore;
    let world: AnswerWorld;

    beforeAll(async () => {
      opened = await store.open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      world = await makeAnswerWorld(opened);
    });
    afterEach(() => world.close());

    test.each<[string, Written]>([
      ['a holiday notice', { headers: { 'Auto-Submitted': 'auto-replied' } }],
      ['an old holiday notice', { headers: { 'X-Autoreply': 'yes' } }],
      ['a list', { headers: { Precedence: 'bulk' } }],
      ['a bounce', { sender: '' }],
      ['a mail server', { from: 'MAILER-DAEMON@example.org' }],
    ])('[NT53] %s changes nothing and is not answered', async (_what, more) => {
      expect(await world.write('on track 70 %', more)).toBe('250 Taken');
      expect(await world.checkedIn()).toEqual([]);
      expect(await world.answer()).toBeUndefined();
    });

    test('[NT53] after ten answers within an hour nobody is answered until it is over', async () => {
      for (let i = 0; i < 12; i += 1) await world.write(`hm ${i}`, { messageId: `<${i}@example.org>` });
      await world.node1.send();
      expect(world.sent.filter(({ subject }) => subject.startsWith('Not recorded'))).toHaveLength(10);
      await world.write('on track 70 %');
      expect(await world.checkedIn()).toEqual([]);
      world.clock.now += 61 * minute;
      await world.write('on track 70 %');
      expect(await world.checkedIn()).toHaveLength(1);
    });

    test('[NT54] delivered again, and to two nodes at once, it counts once and is answered once', async () => {
      const other = await world.openDoor(takeAnswer({ ...world.answerDeps, node: randomUUID() }));
      const same = { messageId: '<same@example.org>' };
      const responses = await Promise.all([
        world.write('on track 70 %', same),
        world.write('on track 70 %', { ...same, at: other }),
        world.write('on track 70 %', { ...same, at: other }),
      ]);
      responses.push(await world.write('on track 70 %', same));
      expect(new Set(responses)).toEqual(new Set(['250 Taken']));
      expect(await world.checkedIn()).toHaveLength(1);
      await world.node1.send();
      expect(world.sent.filter(({ inReplyTo }) => inReplyTo === same.messageId)).toHaveLength(1);
    });

    test('[NT54] what fails on the way is refused for now, and taken when it comes again', async () => {
      let broken = true;
      const take = takeAnswer(world.answerDeps);
      const failing = await world.openDoor((...args) =>
        broken ? Promise.reject(new Error('away')) : take(...args),
      );
      expect(await world.write('on track 70 %', { at: failing, messageId: '<x@y>' })).toMatch(/^451 /);
      broken = false;
      expect(await world.write('on track 70 %', { at: failing, messageId: '<x@y>' })).toBe('250 Taken');
      expect(await world.checkedIn()).toHaveLength(1);
    });

    test('[NT55] it takes nothing for anybody else, one receiver, one megabyte', async () => {
      for (const to of [
        'somebody@example.net',
        address,
        'checkin+short@plan.example.org',
        `checkin+${'a'.repeat(32)}@example.net`,
        `other+${'a'.repeat(32)}@plan.example.org`,
        `checkin+${'a'.repeat(32)}%example.net@plan.example.org`,
      ]) {
        expect(await world.write('on track', { to })).toBe('550 No such mailbox here');
      }
      const content = Buffer.alloc(1_200_000, 1);
      expect(await world.write('on track 70 %', { attachments: [{ filename: 'x', content }] })).toMatch(
        /^552 /,
      );
      expect(await world.checkedIn()).toEqual([]);
      expect(await world.write('on track 70 %', { to: world.replyTo().toUpperCase() })).toBe('250 Taken');
      expect(await world.checkedIn()).toHaveLength(1);
    });

    test('[NT55] unknown, over and known addresses are answered alike, after the same time', async () => {
      const unknown = await world.write('on track 70 %', {
        to: world.replyTo().replace(/\+.{32}/, `+${'a'.repeat(32)}`),
      });
      world.clock.now = grace;
      const over = await world.write('on track 70 %');
      world.clock.now = friday + minute;
      const known = await world.write('on track 70 %');
      expect([unknown, over]).toEqual([known, known]);
      expect(world.paused).toEqual([500, 500, 500]);
    });

    test('[NT56] no token is stored, logged or left in a note', async () => {
      const token = /\+([a-z2-7]{32})@/.exec(world.replyTo())?.[1] ?? 'none';
      const link = /check-in\/([\w-]{43})/.exec(world.reminder().text)?.[1] ?? 'none';
      await world.write(
        `on track 70 %\nas said to ${world.replyTo()} and ${world.reminder().text.replaceAll(/^---.*$/gm, '')}`,
      );
      expect(await world.checkedIn()).toHaveLength(1);
      await world.node1.send();
      const kept = JSON.stringify([
        await opened.store.db.select().from(mail),
        await opened.store.db.select().from(checkInLink),
        await opened.store.db.select().from(answeredMail),
        await world.checkedIn(),
        ...[world.logged, world.sent.filter(({ subject }) => subject.startsWith('Recorded'))],
      ]);
      expect(kept).toContain('(personal address)');
      expect(kept).toContain('(personal link)');
      expect(kept).not.toContain(token);
      expect(kept).not.toContain(link);
    });
  });
});
