import { describe, expect, test } from 'vitest';
import { readPresence } from '#server/sync/presence.ts';
import { RoomPresence, type PresenceRoom } from '#server/sync/room-presence.ts';
import type { Peer } from '#server/sync/peer.ts';
import type { SyncDependencies } from '#server/sync/hooks.ts';
import * as decoding from 'lib0/decoding';
import { person } from './support/sync-host.ts';

/** A clock that is turned by hand. */
class TurnedClock {
  time = 1_000;
  readonly #due: { at: number; run: () => void }[] = [];
  now(): number {
    return this.time;
  }
  after(ms: number, run: () => void): () => void {
    const entry = { at: this.time + ms, run };
    this.#due.push(entry);
    return () => void this.#due.splice(this.#due.indexOf(entry) >>> 0, 1);
  }
  turn(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const next = this.#due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#due.splice(this.#due.indexOf(next), 1);
      this.time = Math.max(this.time, next.at);
      next.run();
    }
    this.time = end;
  }
}

const tickMs = 20;

function makeRoom() {
  const clock = new TurnedClock();
  const sent: { at: number; message: Uint8Array }[] = [];
  const send = ({ message }: { message: Uint8Array }): void => void sent.push({ at: clock.time, message });
  const peer = {
    ...{
      presenceId: 5,
      presenceSaid: false,
      version: 1,
      member: person('ana'),
      wire: { send, buffered: () => 0 },
    },
  } as unknown as Peer;
  const room: PresenceRoom = { board: 'b', peers: new Set([peer]), tickMs, isForeign: () => false };
  const presence = new RoomPresence(room, { clock } as unknown as SyncDependencies);
  let words = 0;
  const move = (): void =>
    presence.hear(peer, [{ client: 5, clock: (words += 1), state: JSON.stringify({ x: words }) }]);
  return { clock, sent, presence, move };
}

const read = (message: Uint8Array) => {
  const from = decoding.createDecoder(message);
  decoding.readVarUint(from);
  return readPresence(decoding.readVarUint8Array(from));
};

describe('[SY100] presence beside edits', () => {
  test('goes at once after a pause', () => {
    const { clock, sent, move } = makeRoom();
    clock.turn(1_000);
    move();
    clock.turn(0);
    expect(sent).toHaveLength(1);
  });

  test('is taken along by an edit, the newest word only, and not sent again', () => {
    const { clock, sent, presence, move } = makeRoom();
    clock.turn(1_000);
    move();
    clock.turn(tickMs);
    move();
    move();
    const along = presence.takeAlong();
    expect(along && read(along).map(({ clock: at }) => at)).toEqual([3]);
    clock.turn(10 * tickMs);
    expect(sent).toHaveLength(1);
    expect(presence.takeAlong()).toBeNull();
  });

  test('does not go along more often than it would go alone', () => {
    const { clock, presence, move } = makeRoom();
    clock.turn(1_000);
    move();
    clock.turn(0);
    clock.turn(tickMs / 4);
    move();
    expect(presence.takeAlong()).toBeNull();
  });

  test('without an edit goes alone, at most one tick after its time', () => {
    const { clock, sent, move } = makeRoom();
    clock.turn(1_000);
    move();
    clock.turn(0);
    const first = sent[0]?.at ?? 0;
    clock.turn(1);
    move();
    clock.turn(1_000);
    expect(sent).toHaveLength(2);
    expect((sent[1]?.at ?? 0) - first).toBeLessThanOrEqual(2 * tickMs);
  });
});
