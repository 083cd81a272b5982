import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mail } from '../../../server/store/schema.ts';
import { checkIn } from '../../tracking/promises.ts';
import { on, value } from '../../tracking/server-world.ts';
import { stores, type OpenedStore } from '../../tracking/stores.ts';
import { makeAnswerWorld, type AnswerWorld } from './answer-world.ts';

const grace = on('2026-04-07', '17:00');

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('an answered mail', () => {
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

    test('[NT48] a reminder is answered as it is; one of several check-ins names an address for each', async () => {
      expect(world.replyTo()).toMatch(/^checkin\+[a-z2-7]{32}@plan\.example\.org$/);
      expect(world.reminder().text).toMatch(/^--- Answer above this line ---\n/);
      expect(world.reminder().text).toContain('Or just answer this mail.');
      expect(world.reminder().text).not.toContain(world.replyTo());
      const ana = world.sent.find(({ to }) => to.startsWith('ana@'));
      expect(ana?.replyTo ?? null).toBeNull();
      await world.promises.accepted({});
      value(
        await world.notify.changePreferences(world.viewer('ben'), { digestAt: '18:30', quietFrom: '20:00' }),
      );
      world.sent = [];
      await world.at(on('2026-04-10', '17:00'));
      world.clock.now = on('2026-04-10', '18:30');
      await world.node1.send();
      const digest = world.reminder();
      expect(digest.replyTo).toBeNull();
      const each = digest.text.match(/Or by mail to: checkin\+[a-z2-7]{32}@plan\.example\.org/g) ?? [];
      expect(new Set(each).size).toBe(2);
    });

    test('[NT48] without an address for answers nothing speaks of one', async () => {
      world.sent = [];
      await world.at(on('2026-04-10', '17:00'));
      await world.notify.send();
      expect(world.reminder().replyTo).toBeNull();
      expect(world.reminder().text).not.toMatch(/by mail|Answer above/);
    });

    test('[NT49][NT50] it is Ben’s check-in, by mail, in its slot, and a mail says so', async () => {
      const file = { filename: 'x.txt', content: Buffer.from('off track') };
      const response = await world.write(`On track, 80 %, 120 of 200\n\nFirst users came.${world.quote()}`, {
        ...{ attachments: [file], messageId: '<one@example.org>' },
      });
      expect(response).toBe('250 Taken');
      expect(await world.checkedIn()).toMatchObject([
        {
          ...{ by: world.people.ben, via: 'mail', status: 'on', confidence: 80, values: { m1: 120 } },
          ...{ whatChanged: 'First users came.' },
        },
      ]);
      const [slot] = await world.promises.slotsOf(world.promise);
      expect(slot).toMatchObject({ outcome: 'filled', filled: 'late' });
      expect(world.changed).toEqual([world.boardId]);
      const back = await world.answer();
      expect(back).toMatchObject({
        subject: 'Recorded: your check-in',
        inReplyTo: '<one@example.org>',
        replyTo: null,
      });
      expect(back?.text).toContain('on track, 80 % sure, Sign-ups a week: 120.');
      expect(back?.text).toContain('> First users came.');
      // The link of the same mail knows of it, and takes it back.
      const token = /check-in\/([\w-]{43})/.exec(world.reminder().text)?.[1] ?? '';
      expect(value(await world.notify.undoByLink(token)).state).toBe('open');
    });

    test('[NT49] by HTML alone; how sure he is holds on while the status does', async () => {
      value(await world.tracking.checkIn(world.viewer('ben'), world.promise, checkIn));
      world.sent = [];
      await world.at(on('2026-04-10', '17:00'));
      await world.node1.send();
      await world.write(undefined, { html: '<div>at risk</div><blockquote>On track</blockquote>' });
      const refused = await world.answer();
      expect(refused?.text).toContain('It does not say how sure you are.');
      await world.write(undefined, { html: '<div>on track<br>fine</div><blockquote>At risk</blockquote>' });
      expect((await world.checkedIn()).at(-1)).toMatchObject({
        status: 'on',
        confidence: 80,
        whatChanged: 'fine',
      });
      expect((await world.answer())?.text).toContain('80 % sure (as before)');
    });

    test('[NT49] “no movement” says the last again', async () => {
      value(await world.tracking.checkIn(world.viewer('ben'), world.promise, checkIn));
      world.sent = [];
      await world.at(on('2026-04-10', '17:00'));
      await world.node1.send();
      await world.write(`No movement.${world.quote()}`);
      expect((await world.checkedIn()).at(-1)).toMatchObject({
        status: 'on',
        confidence: 80,
        values: { m1: 120 },
        whatChanged: '',
      });
    });

    test('[NT51] what is not clear changes nothing, is said back, and can be answered again', async () => {
      expect(await world.write(`Fine, I think\nmore to come${world.quote()}`)).toBe('250 Taken');
      expect(await world.checkedIn()).toEqual([]);
      expect(world.changed).toEqual([]);
      const back = await world.answer();
      expect(back?.subject).toBe('Not recorded: your check-in');
      expect(back?.text).toContain('It does not begin with how it stands');
      expect(back?.text).toContain('An answer by mail begins with how it stands');
      expect(back?.text).toContain('> Fine, I think\n> more to come');
      expect(back?.text).toMatch(/check-in\/[\w-]{43}/);
      const again = back?.replyTo ?? 'none';
      expect(again).not.toBe(world.replyTo());
      await world.write('on track 70 %', { to: again });
      expect(await world.checkedIn()).toMatchObject([{ status: 'on', confidence: 70 }]);
    });

    test('[NT33][NT51] one that is over, answered or not his any more says which', async () => {
      await world.write('on track 70 %');
      await world.write('off track 10 %', { messageId: '<late@example.org>' });
      expect((await world.checkedIn()).map(({ status }) => status)).toEqual(['on']);
      await world.node1.send();
      const back = world.sent.find(({ inReplyTo }) => inReplyTo === '<late@example.org>');
      expect(back?.text).toContain('This check-in is given already');
      expect(back?.text).toContain('> off track 10 %');
      expect(back?.replyTo).toBeNull();
    });

    test('[NT48] it ends with the check-in', async () => {
      world.clock.now = grace;
      await world.write('on track 70 %');
      expect(await world.checkedIn()).toEqual([]);
      const [row] = await opened.store.db
        .select()
        .from(mail)
        .where(eq(mail.subject, 'Not recorded: your check-in'));
      expect(row?.text).toContain('The time for this check-in is over');
    });

    test('[NT52] from another address it changes nothing, and Ben is told at his own', async () => {
      expect(await world.write('on track 70 %', { from: 'bea@elsewhere.example' })).toBe('250 Taken');
      expect(await world.checkedIn()).toEqual([]);
      const back = await world.answer();
      expect(back?.to).toBe(world.benMail);
      expect(back?.text).toContain('An answer came from the address bea@elsewhere.example');
      expect(back?.text).not.toContain('70 %\n');
      expect(world.sent.some(({ to }) => to.includes('elsewhere'))).toBe(false);
    });
  });
});
