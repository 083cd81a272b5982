import type { Doorbell, Journal, Member, RightsChange, SyncHooks } from '#server/sync/hooks.ts';
import { Peer } from '#server/sync/peer.ts';
import { Rooms } from '#server/sync/rooms.ts';
import type { Frame, Wire } from '#server/sync/wire.ts';
import { closeCode } from '#protocol/close-codes.ts';
import { linkedCardRules } from './linked-cards.ts';
import { MemoryJournal } from '../../sync/support/memory-journal.ts';
import { Mortal, type SimWorld } from './sim-world.ts';

export const board = 'board';
export const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** How often which fault happens; probabilities of one operation. */
export interface Faults {
  /** An INSERT that fails and leaves nothing. */
  appendRefused: number;
  /** An INSERT whose answer is lost, stored or not. */
  appendUnknown: number;
  readFails: number;
  doorbellLost: number;
}

export const noFaults: Faults = { appendRefused: 0, appendUnknown: 0, readFails: 0, doorbellLost: 0 };

type Ears = Parameters<Doorbell['listen']>[0];

/** The database, the doorbell and the nodes of one simulated installation. */
export class SimServers {
  readonly journal = new MemoryJournal();
  faults: Faults = noFaults;
  /** Names of what the nodes counted. */
  readonly counted: string[] = [];
  readonly #world: SimWorld;
  #nodes: SimNode[] = [];
  readonly #ears = new Map<SimNode, Ears>();
  readonly #size: number;

  constructor(world: SimWorld, size: number) {
    this.#world = world;
    this.#size = size;
    this.journal.create(board);
    for (let i = 0; i < size; i++) this.#nodes.push(this.#newNode());
  }

  #newNode(): SimNode {
    const life = new Mortal(this.#world);
    const node: SimNode = { life, wires: new Set(), rooms: new Rooms(this.#dependencies(life, () => node)) };
    return node;
  }

  #dependencies(life: Mortal, node: () => SimNode): ConstructorParameters<typeof Rooms>[0] {
    const hooks: SyncHooks = {
      admit: () => Promise.reject(new Error('the simulated door admits')),
      rightNow: (member) => Promise.resolve(member.right),
      journal: this.#faultyJournal(life),
      rules: linkedCardRules,
    };
    const metrics = { count: (name: string) => void this.counted.push(name), observe: () => {} };
    const base = { hooks, clock: life.clock, random: this.#world.random, log: silent, metrics };
    return this.#size === 1 ? base : { ...base, doorbell: this.#doorbell(life, node) };
  }

  #faultyJournal(life: Mortal): Journal {
    const { journal } = this;
    const later = <T>(run: () => Promise<T>, failing: boolean): Promise<T> =>
      new Promise((resolve, reject) => {
        this.#world.after(this.#world.between(1, 15), () => {
          if (failing && this.#world.chance(this.faults.readFails)) reject(new Error('the database is away'));
          else run().then(resolve, reject);
        });
      });
    return {
      load: (id, options) => life.guard(later(() => journal.load(id, options), true)),
      readAfter: (id, seq) => life.guard(later(() => journal.readAfter(id, seq), true)),
      lastOf: (id, outbox) => life.guard(later(() => journal.lastOf(id, outbox), true)),
      saveCheckpoint: (id, epoch, checkpoint) => life.guard(journal.saveCheckpoint(id, epoch, checkpoint)),
      append: (id, at, rows) =>
        life.guard(
          later(async () => {
            if (this.#world.chance(this.faults.appendRefused)) return { kind: 'failed', reason: 'disk-full' };
            const lost = this.#world.chance(this.faults.appendUnknown);
            if (lost && this.#world.chance(0.5)) throw new Error('the line broke before the COMMIT');
            const answer = await journal.append(id, at, rows);
            if (lost) throw new Error('the line broke after the COMMIT');
            return answer;
          }, false),
        ),
    };
  }

  #doorbell(life: Mortal, node: () => SimNode): Doorbell {
    const tell = (what: (ears: Ears) => void): void => {
      for (const [other, ears] of this.#ears) {
        if (other === node() || this.#world.chance(this.faults.doorbellLost)) continue;
        this.#world.after(this.#world.between(1, 10), () => {
          if (other.life.alive) what(ears);
        });
      }
    };
    return {
      ring: (id, seq) => tell((ears) => ears.rung(id, seq)),
      relayPresence: (id, message) => tell((ears) => ears.presence(id, message)),
      ringRights: (change: RightsChange) => tell((ears) => ears.rights(change)),
      listen: (ears) => {
        // The node is still being made while it begins to listen.
        life.clock.after(0, () => void this.#ears.set(node(), ears));
      },
      close: () => Promise.resolve(),
    };
  }

  /** A new connection to any living node. Null: nobody answers. */
  accept(member: Member, query: Record<string, string>, far: SimFarEnd): SimNearEnd | null {
    const node = this.#world.pick(this.#nodes);
    const wire = new SimWire(far);
    const peer = new Peer({
      wire,
      member,
      version: 1,
      seq: query.epoch === undefined ? 0 : Number(query.seq),
      clientId: Number(query.client),
      clock: node.life.clock,
      outboxId: '',
    });
    wire.onGone = () => {
      node.wires.delete(wire);
      if (node.life.alive) peer.gone();
    };
    node.wires.add(wire);
    node.rooms.open(board).then(
      (room) => {
        if (peer.closed) return;
        if (query.epoch !== undefined && Number(query.epoch) !== room.state.epoch) {
          return peer.close(closeCode.epochChanged, '');
        }
        room.join(peer);
      },
      () => peer.close(closeCode.loadFailed, ''),
    );
    return {
      receive: (message) => {
        if (node.life.alive) peer.receive(message);
      },
      lost: () => wire.onGone(),
    };
  }

  /** kill -9 of one node, and another in its place. */
  crash(): void {
    const victim = this.#world.pick(this.#nodes);
    victim.life.alive = false;
    this.#ears.delete(victim);
    for (const wire of [...victim.wires]) wire.far.closed(1006);
    this.#nodes = this.#nodes.filter((node) => node !== victim);
    this.#nodes.push(this.#newNode());
  }

  /** SIGTERM of one node, and another in its place. */
  restart(): void {
    const victim = this.#world.pick(this.#nodes);
    this.#nodes = this.#nodes.filter((node) => node !== victim);
    this.#nodes.push(this.#newNode());
    void victim.rooms.stop(closeCode.restarting, '').then(() => {
      this.#ears.delete(victim);
      victim.life.alive = false;
    });
  }
}

interface SimNode {
  readonly life: Mortal;
  readonly rooms: Rooms;
  readonly wires: Set<SimWire>;
}

/** What the client's side of a line hears. */
export interface SimFarEnd {
  hear(message: Uint8Array): void;
  closed(code: number): void;
}

export interface SimNearEnd {
  receive(message: Uint8Array): void;
  /** The line broke. */
  lost(): void;
}

class SimWire implements Wire {
  readonly far: SimFarEnd;
  onGone: () => void = () => {};

  constructor(far: SimFarEnd) {
    this.far = far;
  }
  send(...frames: readonly Frame[]): void {
    for (const { message } of frames) this.far.hear(message);
  }
  buffered(): number {
    return 0;
  }
  onDrained(run: () => void): void {
    run();
  }
  pause(): void {}
  resume(): void {}
  ping(): void {}
  close(code: number): void {
    this.far.closed(code);
    this.onGone();
  }
  terminate(): void {
    this.far.closed(1006);
    this.onGone();
  }
}
