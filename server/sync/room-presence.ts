import { closeCode } from '#protocol/close-codes.ts';
import { sendPresence } from './fan-out.ts';
import type { SyncDependencies } from './hooks.ts';
import type { Peer } from './peer.ts';
import { Presence, type PresenceEntry } from './presence.ts';
import { frame } from './wire.ts';

/** What presence needs to know of its room. */
export interface PresenceRoom {
  readonly board: string;
  readonly peers: ReadonlySet<Peer>;
  /** Milliseconds between two frames of edits. */
  readonly tickMs: number;
  /** Does a Yjs client id belong to somebody else than this person? */
  isForeign(person: string, client: number): boolean;
}

/** Who is here, told to everybody a few times a second; one client id for one connection. */
export class RoomPresence {
  readonly #room: PresenceRoom;
  readonly #deps: SyncDependencies;
  readonly #presence = new Presence();
  #timer: (() => void) | null = null;
  #sentAt = 0;

  constructor(room: PresenceRoom, deps: SyncDependencies) {
    this.#room = room;
    this.#deps = deps;
  }

  /** A connection came; an id it announced and may not have is taken from it. */
  join(peer: Peer): void {
    if (peer.presenceId !== null && !this.#giveId(peer, peer.presenceId)) peer.presenceId = null;
  }

  leave(peer: Peer): void {
    if (peer.presenceId !== null) this.#presence.leave(peer.presenceId);
    this.#schedule();
  }

  /** Everybody, for one who just came or asks. */
  show(peer: Peer): void {
    const everybody = this.#presence.all();
    if (everybody) peer.wire.send(frame(everybody));
  }

  hear(peer: Peer, entries: readonly PresenceEntry[]): void {
    const first = entries[0];
    if (
      peer.presenceId === null &&
      peer.version === 0 &&
      entries.length === 1 &&
      first &&
      first.state !== 'null'
    ) {
      if (this.#giveId(peer, first.client)) peer.presenceId = first.client;
    }
    for (const entry of entries) {
      // Stock clients send on what they hear of others; that is dropped without a word.
      if (entry.client !== peer.presenceId) continue;
      if (!this.#presence.say(entry, peer.member, !peer.presenceSaid)) continue;
      peer.presenceSaid = true;
      this.#schedule();
    }
  }

  /** People on other nodes are passed on as they came: that node wrote the identities. */
  hearFromOtherNode(message: Uint8Array): void {
    sendPresence(message, this.#room.peers);
  }

  isPresentElsewhere(client: number, person: string): boolean {
    for (const peer of this.#room.peers) {
      if (peer.presenceId === client) return peer.member.person !== person;
    }
    return false;
  }

  /** The same person's newer socket takes over; another person's id is not given. */
  #giveId(peer: Peer, client: number): boolean {
    if (this.#room.isForeign(peer.member.person, client)) return false;
    for (const other of this.#room.peers) {
      if (other === peer || other.presenceId !== client) continue;
      if (other.member.person !== peer.member.person) return false;
      other.close(closeCode.superseded, 'the same tab connected again');
    }
    return true;
  }

  /** Milliseconds between two messages about who is where. */
  get #everyMs(): number {
    return Math.max(this.#room.tickMs, this.#room.peers.size / 2);
  }

  /** What changed, for an edit that is about to go to everybody and takes it along; null when it is too early. */
  takeAlong(): Uint8Array | null {
    const early = this.#room.tickMs / 2;
    if (!this.#presence.hasChanges || this.#deps.clock.now() < this.#sentAt + this.#everyMs - early)
      return null;
    this.#timer?.();
    this.#timer = null;
    return this.#take();
  }

  #take(): Uint8Array {
    this.#sentAt = this.#deps.clock.now();
    const message = this.#presence.takeChanges();
    this.#deps.doorbell?.relayPresence(this.#room.board, message);
    return message;
  }

  #schedule(): void {
    if (this.#timer || !this.#presence.hasChanges) return;
    const { clock } = this.#deps;
    const { peers, tickMs } = this.#room;
    // The first after a pause goes at once. Where much is edited, an edit within the next tick takes it along.
    const quiet = clock.now() - this.#sentAt > this.#everyMs + tickMs;
    const wait = quiet ? 0 : this.#sentAt + this.#everyMs + tickMs - clock.now();
    this.#timer = clock.after(wait, () => {
      this.#timer = null;
      if (this.#presence.hasChanges) sendPresence(this.#take(), peers);
    });
  }
}
