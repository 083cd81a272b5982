import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { BoardConnection } from '#lib/live/board-connection.ts';
import type { LiveStore } from '#lib/live/live-store.ts';
import { MemoryStore } from '#lib/live/storage/memory-store.ts';
import { ProcessLocks } from '#lib/live/tab-locks.ts';
import type { MakeTransport, Transport } from '#lib/live/transport.ts';
import { isFinal } from '#protocol/close-codes.ts';
import { kind } from '#protocol/kinds.ts';
import { encodeSync, syncStep } from '#server/sync/committed.ts';
import type { Member } from '#server/sync/hooks.ts';
import { board, type SimNearEnd, type SimServers } from './sim-server.ts';
import { Mortal, type SimWorld } from './sim-world.ts';

/** How the lines behave; probabilities of one message. */
export interface LineFaults {
  /** The line breaks; what is under way on it is lost. */
  breaks: number;
  /** The line goes silent without breaking: only the heartbeat can tell. */
  silent: number;
  /** A message arrives twice. */
  twice: number;
}

/** One device: its store outlives its tabs. */
export class SimDevice {
  readonly store = new MemoryStore();
  readonly locks = new ProcessLocks();
  readonly member: Member;

  constructor(name: string) {
    this.member = {
      person: name,
      account: name,
      name,
      colour: 0,
      signIn: name,
      right: 'write',
      roleVersion: 1,
    };
  }
}

/** One tab on a device, with the real client over a simulated line. */
export class SimTab {
  readonly device: SimDevice;
  readonly connection: BoardConnection;
  /** Keys of the cards this tab made, in order. */
  readonly made: string[] = [];
  /** Of those, the ones that were covered by a "Saved". */
  readonly saved = new Set<string>();
  readonly #life: Mortal;
  readonly #held = new Set<() => void>();

  constructor(world: SimWorld, servers: SimServers, device: SimDevice, faults: () => LineFaults) {
    this.device = device;
    this.#life = new Mortal(world);
    this.connection = new BoardConnection({
      board,
      person: device.member.person,
      transport: simTransport(world, servers, device.member, this.#life, faults),
      store: guarded(device.store, this.#life),
      locks: {
        take: async (name) => {
          const free = await device.locks.take(name);
          if (free) this.#held.add(free);
          return free && (() => (this.#held.delete(free), free()));
        },
      },
      clock: this.#life.clock,
      random: world.random,
      roots: ['cards'],
    });
    this.connection.subscribe(({ save }) => {
      if (save.kind === 'saved') for (const key of this.made) this.saved.add(key);
    });
    void this.connection.start();
  }

  get doc(): Y.Doc {
    return this.connection.doc;
  }

  /** The tab is gone without a word; the browser frees its locks. */
  kill(): void {
    this.#life.alive = false;
    for (const free of this.#held) free();
    // y-protocols' presence keeps a timer of its own.
    this.connection.awareness.destroy();
  }
}

/** A store that a dead tab can no longer reach. */
function guarded(store: LiveStore, life: Mortal): LiveStore {
  return new Proxy(store, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) =>
        life.alive
          ? life.guard(Reflect.apply(method, target, args) as Promise<unknown>)
          : new Promise<never>(() => {});
    },
  });
}

function simTransport(
  world: SimWorld,
  servers: SimServers,
  member: Member,
  life: Mortal,
  faults: () => LineFaults,
): MakeTransport {
  return (doc, _awareness, query, ears) => {
    let line: Line | null = null;
    let wanted = false;
    let retries = 0;
    const open = (): void => {
      if (!wanted || line) return;
      const mine: Line = new Line(world, life, faults, {
        hear: (message) => {
          const from = decoding.createDecoder(message);
          const type = decoding.readVarUint(from);
          if (type >= kind.edit) ears.heard(type, from);
          if (type === kind.update) retries = 0;
        },
        closed: (code) => {
          if (line !== mine) return;
          line = null;
          const final = isFinal(code);
          wanted &&= !final;
          retries++;
          ears.lost(code, '', final);
          life.clock.after(world.random() * Math.min(30_000, 250 * 2 ** retries), open);
        },
      });
      line = mine;
      life.clock.after(world.between(1, 20), () => {
        if (line !== mine) return;
        mine.near = servers.accept(member, query(), mine.far);
        ears.opened();
        mine.send(encodeSync(syncStep.one, Y.encodeStateVector(doc)));
      });
    };
    const drop = (): void => {
      const old = line;
      line = null;
      old?.end();
    };
    const transport: Transport = {
      connect: () => {
        wanted = true;
        open();
      },
      send: (message) => line?.send(message),
      renew: () => {
        drop();
        ears.lost(1006, '', false);
        wanted = true;
        open();
      },
      destroy: () => {
        wanted = false;
        drop();
      },
    };
    return transport;
  };
}

/** One connection: messages arrive in order after a while, until it breaks. */
class Line {
  near: SimNearEnd | null = null;
  readonly far;
  #state: 'open' | 'silent' | 'ended' = 'open';
  readonly #world: SimWorld;
  readonly #faults: () => LineFaults;
  readonly #closed: (code: number) => void;
  #upAt = 0;
  #downAt = 0;

  constructor(
    world: SimWorld,
    life: Mortal,
    faults: () => LineFaults,
    ears: { hear: (message: Uint8Array) => void; closed: (code: number) => void },
  ) {
    this.#world = world;
    this.#faults = faults;
    this.#closed = (code) => {
      if (life.alive) ears.closed(code);
    };
    this.far = {
      hear: (message: Uint8Array) => {
        if (this.#state !== 'open' || this.#trouble()) return;
        this.#downAt = Math.max(this.#downAt, world.now() + world.between(1, 30));
        world.after(this.#downAt - world.now(), () => {
          if (this.#state !== 'open' || !life.alive) return;
          ears.hear(message);
          if (this.#isTwice() && life.alive) ears.hear(message);
        });
      },
      closed: (code: number) => {
        if (this.#state === 'ended') return;
        const silent = this.#state === 'silent';
        this.#downAt = Math.max(this.#downAt, world.now() + world.between(1, 30));
        // The close comes behind what was sent before; over a silent line it never comes.
        world.after(this.#downAt - world.now(), () => {
          if (this.#state === 'ended' || silent) return;
          this.#state = 'ended';
          this.#closed(code);
        });
      },
    };
  }

  send(message: Uint8Array): void {
    if (this.#state !== 'open' || this.#trouble()) return;
    this.#upAt = Math.max(this.#upAt, this.#world.now() + this.#world.between(1, 30));
    this.#world.after(this.#upAt - this.#world.now(), () => {
      if (this.#state !== 'open') return;
      this.near?.receive(message);
      if (this.#isTwice()) this.near?.receive(message);
    });
  }

  #isTwice(): boolean {
    return this.#world.chance(this.#faults().twice);
  }

  #trouble(): boolean {
    if (this.#world.chance(this.#faults().silent)) {
      this.#state = 'silent';
      return true;
    }
    if (!this.#world.chance(this.#faults().breaks)) return false;
    this.end();
    this.#closed(1006);
    return true;
  }

  /** This side hangs up, or the line broke. */
  end(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    const { near } = this;
    this.#world.after(this.#world.between(1, 30), () => near?.lost());
  }
}
