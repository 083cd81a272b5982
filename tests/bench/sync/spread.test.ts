import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { LoadSocket } from './load/socket.ts';
import { Spread } from './load/spread.ts';
import { Results } from './results.ts';
import { judge } from './targets.ts';

describe('how durations spread', () => {
  test('percentiles are the upper ends of quarter milliseconds', () => {
    const spread = new Spread();
    for (let ms = 0; ms < 100; ms++) spread.add(ms);
    expect(spread.summary()).toEqual({ count: 100, p50: 49.25, p95: 94.25, p99: 98.25 });
    expect(new Spread().summary()).toEqual({ count: 0, p50: null, p95: null, p99: null });
  });

  test('are added to each other, and the longest stay within', () => {
    const [one, other] = [new Spread(), new Spread()];
    one.add(1);
    other.add(1e9);
    one.take(other);
    expect(one.count).toBe(2);
    expect(one.percentile(1)).toBe(30_000);
  });
});

describe('targets', () => {
  const room = '50 at 5+20';

  test('are judged by the ratio of medians', () => {
    const results = new Results();
    for (const cpuPer1000 of [100, 900, 110]) results.add(room, 'ours', { cpuPer1000 });
    results.add(room, 'hocuspocus', { cpuPer1000: 1_000 });
    const of = (all: Results) => judge(all).find(({ what }) => what.startsWith('CPU per 1,000 edits, 50'));
    expect(of(results)).toMatchObject({ value: '0.11×', kept: true });
    results.add(room, 'ours', { cpuPer1000: 900 });
    results.add(room, 'ours', { cpuPer1000: 900 });
    expect(of(results)).toMatchObject({ value: '0.90×', kept: false });
  });

  test('that were not measured are not kept', () => {
    expect(judge(new Results()).every(({ kept }) => kept === null)).toBe(true);
  });
});

describe('the load generator reads a WebSocket', () => {
  test('messages of every size, pings and the close, in whatever pieces they come', async () => {
    const http = createServer();
    const server = new WebSocketServer({ server: http });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const sizes = [0, 1, 125, 126, 65_535, 65_536, 3_000_000];
    let ponged = 0;
    const echoed: number[] = [];
    server.on('connection', (ws) => {
      ws.on('pong', () => (ponged += 1));
      ws.on('message', (data: Buffer) => {
        echoed.push(data.byteLength);
        if (echoed.length === sizes.length) ws.close(4_400);
      });
      for (const size of sizes) ws.send(Buffer.alloc(size, 7));
      ws.ping();
    });
    const heard: number[] = [];
    const code = await new Promise<number | null>((resolve) => {
      const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/`;
      const socket = new LoadSocket(
        url,
        {},
        {
          opened: () => {},
          heard: (message) => {
            heard.push(message.byteLength);
            expect(message.every((byte) => byte === 7)).toBe(true);
            socket.send(message);
          },
          closed: resolve,
        },
      );
    });
    expect(heard).toEqual(sizes);
    expect(echoed).toEqual(sizes);
    expect(ponged).toBe(1);
    expect(code).toBe(4_400);
    server.close();
    http.close();
  });
});
