import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hideSecrets, makeLog, withLogFields } from '../../server/log.ts';
import { given } from '../auth/world.ts';
import { password, serve, type Served } from './served.ts';

describe('the log of a server', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve();
  });
  afterAll(() => served.end());

  const logged = (): Record<string, unknown>[] =>
    served.lines.map((line) => JSON.parse(line) as Record<string, unknown>);

  test('[OP3] names the request as the proxy did, and the board', async () => {
    const path = `/api/v1/boards/${served.boardId}/plan`;
    const answer = await fetch(`${served.url}${path}`, { headers: { 'x-request-id': 'proxy-4711.a' } });
    expect(answer.headers.get('x-request-id')).toBe('proxy-4711.a');
    await expect
      .poll(logged)
      .toContainEqual(
        expect.objectContaining({ request: 'proxy-4711.a', board: served.boardId, path, status: 401 }),
      );
  });

  test('[OP3] makes a number where there is none, or none that could stand in a log', async () => {
    for (const given of ['', 'x', 'two words', '{"forged":"line"}', 'a'.repeat(101)]) {
      const answer = await fetch(`${served.url}/healthz`, { headers: { 'x-request-id': given } });
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    }
  });

  test('[OP4] holds no ticket, token, cookie, password or invite', async () => {
    const { auth } = served.composition.application;
    const secrets = new Map<string, string>([
      ['password', password],
      ['cookie', served.cookie],
      ['cookie’s secret', served.cookie.split('.')[1] ?? ''],
      ['ticket', given(await auth.createTicket(served.ana, served.boardId)).ticket],
      ['invite', given(await auth.createInvite(served.ana, { role: 'member' })).token],
      [
        'api token',
        given(await auth.createToken(served.ana, { name: 'Script', scope: 'write', days: 30 })).token,
      ],
      ['made-up token', 'tl_made-up-token-of-nobody-at-all'],
    ]);
    const read = (name: string): string => secrets.get(name) ?? '';
    const bearer = { authorization: `Bearer ${read('api token')}` };
    const cookie = { cookie: `__Host-session=${served.cookie}` };
    await fetch(`${served.url}/invite/${read('invite')}`, { headers: cookie });
    await fetch(`${served.url}/api/v1/teams`, { headers: bearer });
    await fetch(`${served.url}/api/v1/teams?token=${read('api token')}`, {
      headers: { authorization: `Bearer ${read('made-up token')}` },
    });
    for (const query of [`&ticket=${read('ticket')}`, `&ticket=${read('ticket')}`]) {
      (await served.knock({}, query)).socket.terminate();
    }
    (await served.knock(bearer)).socket.terminate();
    (await served.knock({ ...cookie, origin: served.url })).socket.terminate();
    const statuses = await Promise.all(
      ['setup', 'boards'].map(async (path) => {
        const answer = await fetch(`${served.url}/api/v1/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...bearer },
          body: JSON.stringify({ password, token: read('api token') }),
        });
        return answer.status;
      }),
    );
    expect(statuses.every((status) => status >= 400)).toBe(true);
    await expect.poll(() => served.lines.length).toBeGreaterThan(5);
    const text = served.lines.join('');
    for (const [name, secret] of secrets) {
      expect(secret.length, name).toBeGreaterThan(15);
      expect(text.includes(secret), name).toBe(false);
    }
  });
});

test('[OP4] takes credentials out of the words of errors too', () => {
  const lines: string[] = [];
  const log = makeLog('info', false, { write: (line) => void lines.push(line) });
  const secret = 'hunter2hunter2hunter2';
  withLogFields({ request: 'r-12345678', board: 'b' }, () => {
    log.error({ err: new Error(`connect postgres://me:${secret}@db/plan failed`) }, 'no store');
    log.warn({ ticket: secret, headers: { cookie: secret, authorization: secret } }, 'a request');
    log.info(`GET /sync/b?ticket=${secret}&v=1 with Bearer ${secret} and __Host-session=a.${secret}; x`);
    log.info({ url: `rediss://:${secret}@cache` }, `tl_${secret}`);
  });
  expect(lines).toHaveLength(4);
  expect(lines.join('')).not.toContain(secret);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ request: 'r-12345678', board: 'b' });
  expect(hideSecrets('a commit went wrong at seq=12 on board=7')).toBe(
    'a commit went wrong at seq=12 on board=7',
  );
});
