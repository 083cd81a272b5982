import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { kind } from '#protocol/kinds.ts';
import { longestWait } from '#lib/live/longest-wait.ts';
import { overWebSocket } from '#lib/live/live-provider.ts';
import type { Transport } from '#lib/live/transport.ts';
import { seeded } from '../convergence/simulator/sim-world.ts';

/** Tabs on the real provider; the socket under them is simulated, and the clock is turned by hand. */
let isUp = true;
const sockets = new Set<SimulatedSocket>();

class SimulatedSocket {
  readonly binaryType = 'arraybuffer';
  readyState = 0;
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;

  constructor() {
    setTimeout(() => {
      if (!isUp) return this.close();
      sockets.add(this);
      this.readyState = 1;
      this.onopen?.();
      // The answer that makes a line useful.
      this.onmessage?.({ data: new Uint8Array([kind.update]).buffer });
    }, 5);
  }

  send(): void {}

  close(): void {
    this.readyState = 3;
    sockets.delete(this);
    this.onclose?.({ code: 1006, reason: '' });
  }
}

// Each tab's provider listens for the end of the process.
process.setMaxListeners(400);
let lines: { transport: Transport; openedAt: number }[] = [];
beforeEach(() => {
  vi.useFakeTimers({ now: 1_790_000_000_000 });
  isUp = true;
});
afterEach(() => {
  for (const { transport } of lines) transport.destroy();
  lines = [];
  vi.useRealTimers();
});

function open(tabs: number, seed: number): void {
  const random = seeded(seed);
  const make = overWebSocket({
    ...{ url: 'ws://server/sync', board: 'b', random },
    WebSocket: SimulatedSocket as unknown as typeof WebSocket,
  });
  lines = Array.from({ length: tabs }, () => {
    const doc = new Y.Doc();
    const line = { openedAt: 0 } as (typeof lines)[number];
    line.transport = make(doc, new Awareness(doc), () => ({}), {
      opened: () => (line.openedAt = Date.now()),
      heard: () => {},
      lost: () => {},
    });
    line.transport.connect();
    return line;
  });
}

/** The server is away for so long; answers after how many milliseconds each tab was back. */
async function outage(ms: number): Promise<number[]> {
  isUp = false;
  for (const socket of [...sockets]) socket.close();
  await vi.advanceTimersByTimeAsync(ms);
  expect(sockets.size).toBe(0);
  isUp = true;
  const backAt = Date.now();
  await vi.advanceTimersByTimeAsync(31_000);
  expect(sockets.size).toBe(lines.length);
  return lines.map(({ openedAt }) => openedAt - backAt).sort((a, b) => a - b);
}

test('[LV14] after 50 s without a server the last of 300 tabs is back 2.5 s after its return, and not all at once', async () => {
  open(300, 20_261_125);
  await vi.advanceTimersByTimeAsync(1_000);
  const waits = await outage(50_000);
  expect(waits.at(-1)).toBeLessThanOrEqual(2_510);
  // Full jitter: no tenth of a second sees more than a tenth of them.
  for (let from = 0; from < 2_500; from += 100) {
    expect(waits.filter((at) => at >= from && at < from + 100).length).toBeLessThan(30);
  }
});

test('[LV14] an outage that goes on makes tabs patient, and the next one begins anew', async () => {
  open(100, 7);
  await vi.advanceTimersByTimeAsync(1_000);
  const waits = await outage(20 * 60_000);
  expect(waits.at(-1)).toBeGreaterThan(10_000);
  expect(waits.at(-1)).toBeLessThanOrEqual(30_010);
  expect((await outage(30_000)).at(-1)).toBeLessThanOrEqual(2_510);
});

test('[LV14] the longest wait never shrinks while the server is away', () => {
  let last = 0;
  for (let awayMs = 0, tries = 0; awayMs < 30 * 60_000; awayMs += last / 2 + 1, tries++) {
    const next = longestWait(tries, awayMs);
    expect(next).toBeGreaterThanOrEqual(last);
    expect(next).toBeLessThanOrEqual(awayMs <= 60_000 ? 2_500 : 30_000);
    last = next;
  }
  expect(last).toBe(30_000);
});
