import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, LookupFunction } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { guardedPost, readAddress } from '../../../server/notify/chat/guarded-post.ts';

const headers = {};
const refusedReason = /leads into a private network|no address|begins with https|holds a name/;
const forAll = { headers, allowedHosts: [], timeoutMs: 3_000 };

/** Hosts inside, in every form an address can be written. */
const inside = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.255.255.254',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '017700000001',
  ],
  ...['127.0.0.1.', '①②⑦.⓪.⓪.①', '0', '0.0.0.0', '10.0.0.1', '10.255.255.255', '0xa.0.0.1', '012.0.0.1'],
  ...['172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.255.255', '3232235521', '0xc0a80001'],
  ...['169.254.169.254', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '169.254.0.1', '100.64.0.1'],
  ...['100.127.255.254', '192.0.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1'],
  ...['239.255.255.255', '240.0.0.1', '255.255.255.255', '192.88.99.1'],
  ...[
    '[::]',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::ffff:169.254.169.254]',
  ],
  ...[
    '[::127.0.0.1]',
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[fdff:ffff::1]',
    '[fe80::1]',
    '[febf::1]',
    '[fec0::1]',
  ],
  ...[
    '[ff02::1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b::169.254.169.254]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
  ],
  ...['[2001:db8::1]', '[2001::1]', '[2001:10::1]', '[100::1]', '[3fff::1]', '[5f00::1]'],
];

/** Addresses that a name may resolve to. */
const resolved = inside.flatMap((it) =>
  /^[\d.]+$/.test(it) && it.split('.').length === 4 && !/(^|\.)0\d/.test(it)
    ? [it]
    : it.startsWith('[')
      ? [it.slice(1, -1)]
      : [],
);

describe('a guarded post', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    await Promise.all(
      servers.splice(0).map((it) => {
        it.closeAllConnections();
        return new Promise((done) => it.close(done));
      }),
    );
  });
  let reached = 0;
  async function serve(listener: RequestListener): Promise<string> {
    reached = 0;
    const server = createServer((request, response) => {
      reached += 1;
      listener(request, response);
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const answer =
    (status: number, more: Record<string, string> = {}): RequestListener =>
    (_request, response) => {
      response.writeHead(status, more).end('ok');
    };
  const to = (host: string, more: object = {}) =>
    guardedPost(`http://${host}/hook`, '{}', { headers, allowedHosts: [host], ...more });

  test.each(inside)('[NT66] %s is not reached, with TLS or without, on any port', async (host) => {
    for (const address of [`https://${host}/x`, `https://${host}:8443/x`, `http://${host}/x`]) {
      const posted = await guardedPost(address, '{}', forAll);
      expect(posted).toMatchObject({ kind: 'unreached' });
      expect('reason' in posted ? posted.reason : '').toMatch(refusedReason);
    }
  });

  test.each(resolved)('[NT66] a name that resolves to %s is not reached', async (address) => {
    const family = address.includes(':') ? 6 : 4;
    const lookup = ((_name, options, done) => {
      if (options.all) done(null, [{ address, family }]);
      else done(null, address, family);
    }) as LookupFunction;
    const posted = await guardedPost('https://inside.example/x', '{}', { ...forAll, lookup });
    expect(posted).toMatchObject({
      kind: 'unreached',
      reason: expect.stringMatching(refusedReason) as string,
    });
  });

  test('[NT66] a name with one address outside and one inside is not reached, nor one that changes', async () => {
    let asked = 0;
    const mixed = ((_name, options, done) => {
      asked += 1;
      const both = [
        { address: '93.184.216.34', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ];
      if (options.all) done(null, both);
      else done(null, '127.0.0.1', 4);
    }) as LookupFunction;
    const posted = await guardedPost('https://rebind.example/x', '{}', { ...forAll, lookup: mixed });
    expect(posted).toMatchObject({
      kind: 'unreached',
      reason: expect.stringMatching(/private network/) as string,
    });
    // Looked up once: what was checked is what is connected to.
    expect(asked).toBe(1);
  });

  test.each([
    'ftp://example.org/x',
    'file:///etc/passwd',
    'gopher://example.org/',
    'javascript:alert(1)',
    'data:,x',
    'http://example.org/x',
    '//example.org/x',
    'example.org/x',
    'https://user@example.org/x',
    'https://user:pw@example.org/x',
    'https://',
    `https://example.org/${'x'.repeat(2_000)}`,
  ])('[NT66] “%s” is no address to post to', async (address) => {
    expect(typeof readAddress(address, [])).toBe('string');
    expect((await guardedPost(address, '{}', forAll)).kind).toBe('unreached');
  });

  test('[NT66] a host that was let is reached, by its name with or without the port, and no other', async () => {
    const host = await serve(answer(200));
    expect(await to(host)).toEqual({ kind: 'sent' });
    expect(await to(host, { allowedHosts: ['127.0.0.1'] })).toEqual({ kind: 'sent' });
    expect(await to(host, { allowedHosts: ['127.0.0.1:1', 'localhost', '127.0.0'] })).toMatchObject({
      kind: 'unreached',
    });
    expect(reached).toBe(2);
  });

  test('[NT66] no redirect is followed', async () => {
    const inner = await serve(answer(200));
    const outer = await serve(answer(302, { location: `http://${inner}/hook` }));
    expect(await to(outer, { allowedHosts: [outer, inner] })).toMatchObject({
      ...{ kind: 'refused', status: 302, reason: expect.stringMatching(/another address/) as string },
    });
    expect(reached).toBe(1);
  });

  test('[NT66] an answer without end is left after a megabyte, and one that never comes after the time', async () => {
    const endless = await serve((_request, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    expect(await to(endless)).toEqual({ kind: 'sent' });
    const silent = await serve(() => undefined);
    expect(await to(silent, { timeoutMs: 100 })).toMatchObject({
      ...{ kind: 'unknown', reason: 'It did not answer within 0.1 seconds.' },
    });
  });

  test('[NT64] what was answered is told from what was never reached and what nobody knows', async () => {
    expect(await to(await serve(answer(503, { 'retry-after': '120' })))).toMatchObject({
      ...{ kind: 'refused', status: 503, retryAfterMs: 120_000 },
    });
    expect(await to(await serve(answer(429, { 'retry-after': '999999' })))).toMatchObject({
      retryAfterMs: 3_600_000,
    });
    const cut = await serve((request) => request.socket.destroy());
    expect(await to(cut)).toMatchObject({ kind: 'unknown' });
    expect(await to('127.0.0.1:1')).toMatchObject({
      kind: 'unreached',
      reason: expect.stringMatching(/ECONNREFUSED/) as string,
    });
  });

  test('[NT69] hosts are names with or without ports', () => {
    expect(readConfig({}).webhookAllowedHosts).toEqual([]);
    const given = { WEBHOOK_ALLOWED_HOSTS: 'Chat.intranet, 10.0.0.5:8065,[fd00::1]:80' };
    expect(readConfig(given).webhookAllowedHosts).toEqual(['chat.intranet', '10.0.0.5:8065', '[fd00::1]:80']);
    for (const wrong of ['https://chat.intranet', 'a b', '*', 'chat.intranet/x', 'x:999999']) {
      expect(() => readConfig({ WEBHOOK_ALLOWED_HOSTS: wrong })).toThrow('WEBHOOK_ALLOWED_HOSTS is');
    }
  });
});
