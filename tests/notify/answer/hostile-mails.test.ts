import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readMail } from '../../../server/notify/reply/read-mail.ts';
import { openReplyDoor } from '../../../server/notify/reply/reply-door.ts';
import { cutQuote } from '../../../src/domain/notify/answer/cut-quote.ts';
import { htmlToText } from '../../../src/domain/notify/answer/html-to-text.ts';
import { readAnswer } from '../../../src/domain/notify/answer/read-answer.ts';
import { stores, type OpenedStore } from '../../tracking/stores.ts';
import { makeAnswerWorld, type AnswerWorld } from './answer-world.ts';

const size = 200_000;
const full = (part: string): string => part.repeat(Math.ceil(size / part.length)).slice(0, size);
const measure = { key: 'a', title: 'Shipped', kind: 'number', target: 5 } as const;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const head = 'From: ben@example.org\r\nMessage-ID: <x@example.org>\r\n';

/** Texts that an expression which looks back, or a walk which begins anew, takes minutes for. */
const hostile: readonly (readonly [what: string, read: () => unknown])[] = [
  ['signs that open nothing', () => htmlToText(full('<'))],
  ['tags that never end', () => htmlToText(full('<a ="'))],
  ['styles', () => htmlToText(full('<style></style>'))],
  ['a head that goes on', () => cutQuote(`From${' '.repeat(size)}x`)],
  ['quotes and blank lines', () => cutQuote(full('> 1\n\n'))],
  ['names of who wrote', () => cutQuote(full('On 1 wrote:\n'))],
  ['an address that goes on', () => cutQuote(`${full('a.a+')}:\n--- Answer above this line ---`)],
  ['how sure, later', () => readAnswer(`confidence${' '.repeat(size)}x`, [measure])],
  ['a value, later', () => readAnswer(`value${' '.repeat(size)}x`, [measure])],
  ['many answers', () => readAnswer(full('on track '), [measure])],
];

test('[NT55] one address holds twenty lines open and no more, until one of them ends', async () => {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const take = () => Promise.resolve('unknown');
  const door = await openReplyDoor({ host: '127.0.0.1', port: 0, address: 'in@example.org', take, log });
  const all: Socket[] = [];
  const greeted = async () => {
    const line = connect(door.port, '127.0.0.1');
    all.push(line);
    const [said] = (await once(line, 'data')) as [Buffer];
    return { line, said: said.toString('utf8', 0, 3) };
  };
  const lines = [];
  for (let i = 0; i < 21; i += 1) lines.push(await greeted());
  expect(lines.map(({ said }) => said)).toEqual([...Array<string>(20).fill('220'), '421']);
  lines[0]?.line.end('QUIT\r\n');
  await expect.poll(async () => (await greeted()).said).toBe('220');
  for (const line of all) line.destroy();
  await door.close();
});

describe('what nobody writes by hand', () => {
  test.each(hostile)('[NT71] %s: read in no time', (_what, read) => {
    const from = performance.now();
    read();
    // It is some milliseconds; walked again from each place it is a minute and more.
    expect(performance.now() - from).toBeLessThan(3000);
  });

  test('[NT71] of a mail no more is read than somebody writes', async () => {
    const long = await readMail(bytes(`${head}\r\non track 70 %\r\n${'x\r\n'.repeat(300_000)}`), 'a@b.c');
    expect(long.text.length).toBeLessThan(100_000);
    const wide = await readMail(
      bytes(`${head}Content-Type: text/html\r\n\r\non track${'x'.repeat(900_000)}`),
      'a@b.c',
    );
    expect(wide.text.length).toBeLessThanOrEqual(200_000);
  });

  test('[NT71] what cannot be kept is left out of a mail', async () => {
    const said = await readMail(bytes(`${head}\r\non \0track\x1b 70 %`), 'a@b.c');
    expect(said.text.trim()).toBe('on track 70 %');
    const half = `${head}Content-Type: text/html\r\n\r\n<p>on track 70 % &#xd83d; so</p>`;
    expect((await readMail(bytes(half), 'a@b.c')).text.isWellFormed()).toBe(true);
  });

  test('an answer in a page of capital tags and other alphabets is read to its end', () => {
    expect(htmlToText('İİİ<STYLE>p { }</STYLE><P>a &lt; b, 1 < 2 <b>on</b> track</P>')).toBe(
      'İİİ\na < b, 1 < 2 on track',
    );
  });
});

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

    test('[NT71] a mail that nothing can read is taken once, and not asked for again', async () => {
      const raw = { headers: { 'X-Long': 'a '.repeat(40_000) } };
      expect(await world.write('on track 70 %', raw)).toBe('250 Taken');
      expect(JSON.stringify(world.logged)).toContain('unreadable');
      expect(await world.checkedIn()).toEqual([]);
    });

    test('[NT71] nothing is read of a mail to an address that was never given out', async () => {
      const raw = { headers: { 'X-Long': 'a '.repeat(40_000) } };
      const to = world.replyTo().replace(/\+.{32}/, `+${'a'.repeat(32)}`);
      expect(await world.write('on track 70 %', { ...raw, to })).toBe('250 Taken');
      expect(JSON.stringify(world.logged)).toContain('"unknown"');
    });

    test('[NT71] half a sign in an answer does not keep it from being recorded', async () => {
      await world.write(undefined, { html: '<p>on track 70 %</p><p>fine &#xd83d; so</p>' });
      expect(await world.checkedIn()).toMatchObject([{ confidence: 70 }]);
    });
  });
});
