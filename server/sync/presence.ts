import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { kind } from '#protocol/kinds.ts';
import { limits } from '#protocol/limits.ts';
import type { Member } from './hooks.ts';

/** One entry of an awareness message: what one client says of itself. `state` null: it left. */
export interface PresenceEntry {
  readonly client: number;
  readonly clock: number;
  readonly state: string;
}

const clockCap = 2 ** 31;
const clockStepCap = 1_000;

export function readPresence(bytes: Uint8Array): PresenceEntry[] {
  const decoder = decoding.createDecoder(bytes);
  const count = decoding.readVarUint(decoder);
  if (count > 1_000) throw new Error('too many presence entries');
  const entries: PresenceEntry[] = [];
  for (let i = 0; i < count; i++) {
    entries.push({
      client: decoding.readVarUint(decoder),
      clock: decoding.readVarUint(decoder),
      state: decoding.readVarString(decoder),
    });
  }
  return entries;
}

export function encodePresence(entries: readonly PresenceEntry[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const entry of entries) {
    encoding.writeVarUint(encoder, entry.client);
    encoding.writeVarUint(encoder, entry.clock);
    encoding.writeVarString(encoder, entry.state);
  }
  const message = encoding.createEncoder();
  encoding.writeVarUint(message, kind.awareness);
  encoding.writeVarUint8Array(message, encoding.toUint8Array(encoder));
  return encoding.toUint8Array(message);
}

/** An awareness message about nobody: keeps a stock client from taking silence for a dead line. */
export const emptyPresence = encodePresence([]);

/**
 * Who is here. The server writes the identity (`user`) of every state itself and lets a connection speak for one client
 * id only, so nobody can wear another's name, move another's cursor or fill the room with ghosts (trust.md Y).
 */
export class Presence {
  readonly #states = new Map<number, PresenceEntry>();
  readonly #clocks = new Map<number, number>();
  #changed = new Set<number>();

  /**
   * Takes what a connection says of its own id; false when it was dropped. The first word of a connection (`first`) may
   * carry any clock: a provider that comes back goes on counting where it was.
   */
  say(entry: PresenceEntry, by: Member, first: boolean): boolean {
    const last = first ? undefined : this.#clocks.get(entry.client);
    if (entry.clock >= clockCap) return false;
    if (last !== undefined && (entry.clock <= last || entry.clock > last + clockStepCap)) {
      const leaves = entry.clock === last && entry.state === 'null' && this.#states.has(entry.client);
      if (!leaves) return false;
    }
    if (entry.state.length > limits.presenceBytes) return false;
    let parsed: unknown;
    try {
      parsed = JSON.parse(entry.state);
    } catch {
      return false;
    }
    this.#clocks.set(entry.client, entry.clock);
    this.#changed.add(entry.client);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
      this.#states.delete(entry.client);
      return true;
    }
    this.#states.set(entry.client, { ...entry, state: signed(entry.state, parsed, by) });
    return true;
  }

  /**
   * The connection of this id ended. The clock stays: y-protocols takes "null at the same clock" as leaving, and the
   * next clock of a returning client is then new to everybody.
   */
  leave(client: number): void {
    if (this.#states.delete(client)) this.#changed.add(client);
  }

  get hasChanges(): boolean {
    return this.#changed.size > 0;
  }

  /** What changed since the last call, as one awareness message. */
  takeChanges(): Uint8Array {
    const message = encodePresence([...this.#changed].map((client) => this.#entry(client)));
    for (const client of this.#changed) if (!this.#states.has(client)) this.#clocks.delete(client);
    this.#changed = new Set();
    return message;
  }

  /** Everybody, for somebody who just came; null when nobody is here. */
  all(): Uint8Array | null {
    return this.#states.size === 0 ? null : encodePresence([...this.#states.values()]);
  }

  #entry(client: number): PresenceEntry {
    return this.#states.get(client) ?? { client, clock: this.#clocks.get(client) ?? 0, state: 'null' };
  }
}

/** A state with the identity the server knows. One that names none of its own, as our clients', is not written anew. */
function signed(state: string, parsed: object, by: Member): string {
  const user = { id: by.person, name: by.name, colour: by.colour };
  const end = state.lastIndexOf('}');
  if ('user' in parsed || Object.keys(parsed).length === 0) return JSON.stringify({ ...parsed, user });
  return `${state.slice(0, end)},"user":${JSON.stringify(user)}}`;
}
