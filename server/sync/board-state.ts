import { decodeUpdate, Item } from 'yjs';
import type { NackReason } from '#protocol/refusals.ts';
import { matches } from './checksum.ts';
import { Committed } from './committed.ts';
import { WorkingDocument } from './document.ts';
import type { BoardRules, Journal, LoadedBoard, Row, SyncLog } from './hooks.ts';

export const serverHolder = 'server';

/**
 * What one room knows of its board: the committed bytes, who holds which Yjs client id, and (only while somebody
 * writes; a live document costs 12 times its size) the working document.
 */
export class BoardState {
  readonly epoch: number;
  readonly committed: Committed;
  /** Yjs client id -> person id, or 'server'. */
  readonly claims: Map<number, string>;
  /** Set when stored bytes did not match their checksum; nothing may be written then. */
  readonly damage: string | null;
  readonly #rules: BoardRules;
  readonly #random: () => number;
  #working: WorkingDocument | null = null;

  constructor(
    loaded: LoadedBoard,
    committed: Committed,
    damage: string | null,
    rules: BoardRules,
    random: () => number,
  ) {
    this.epoch = loaded.epoch;
    this.claims = new Map(loaded.claims);
    this.committed = committed;
    this.damage = damage;
    this.#rules = rules;
    this.#random = random;
  }

  /**
   * The document of everything committed plus `accepted`, built when there is none. A fresh client id each time: the
   * clocks of a thrown-away document must never be used twice.
   */
  working(accepted: () => readonly Uint8Array[]): WorkingDocument {
    if (!this.#working) {
      let id = 0;
      do id = Math.floor(this.#random() * 0xffff_ffff);
      while (this.claims.has(id));
      this.#working = new WorkingDocument([...this.committed.parts(), ...accepted()], this.#rules, id);
    }
    return this.#working;
  }

  get hasWorking(): boolean {
    return this.#working !== null;
  }

  /** Throws the working document away: it is spoiled, or nobody writes any more. */
  discard(): void {
    this.#working?.doc.destroy();
    this.#working = null;
  }

  /** May this person write structs under this client id? */
  mayWriteAs(person: string, client: number, presentElsewhere: boolean): NackReason | null {
    const holder = this.claims.get(client);
    if (holder !== undefined) return holder === person ? null : 'foreign-id';
    if (presentElsewhere || client === this.#working?.doc.clientID) return 'foreign-id';
    return null;
  }

  /** Rows that another node committed, or that turned out to be stored after all. Throws on a broken checksum. */
  takeForeign(rows: readonly Row[]): void {
    for (const row of rows) {
      if (!matches(row.bytes, row.sha256)) throw new Error(`stored edit ${row.seq} is damaged`);
      for (const client of row.clientIds) {
        if (!this.claims.has(client)) this.claims.set(client, row.person ?? serverHolder);
      }
    }
    this.committed.append(rows);
    this.discard();
  }
}

/** The client ids that wrote the structs of an update. */
export const writersOf = (bytes: Uint8Array): number[] => [
  ...new Set(
    decodeUpdate(bytes)
      .structs.filter((struct) => struct instanceof Item)
      .map((struct) => struct.id.client),
  ),
];

/**
 * Loads and verifies a board; null when there is none. Every stored byte is checked against its checksum: a broken
 * checkpoint is left aside and the whole log read instead; a broken row ends the board at the row before it, read-only.
 * Throws when the store can not be read: never an empty board instead.
 */
export async function loadBoard(
  journal: Journal,
  board: string,
  rules: BoardRules,
  random: () => number,
  log: SyncLog,
): Promise<BoardState | null> {
  const first = await journal.load(board);
  if (!first) return null;
  let loaded: LoadedBoard = first;
  if (first.checkpoint && !matches(first.checkpoint.bytes, first.checkpoint.sha256)) {
    log.error({ board, seq: first.checkpoint.seq }, 'a checkpoint is damaged; reading the whole log instead');
    const whole = await journal.load(board, { ignoreCheckpoint: true });
    if (!whole) return null;
    // What stands for the part of the log that outlived its time is all there is of it.
    if (whole.checkpoint && !matches(whole.checkpoint.bytes, whole.checkpoint.sha256))
      throw new Error('the beginning of the stored log is damaged');
    loaded = whole;
  }
  const from = loaded.checkpoint?.seq ?? 0;
  const committed = new Committed(loaded.checkpoint?.bytes ?? null, from);
  let damage: string | null = null;
  let expected = from;
  for (const row of loaded.rows) {
    expected++;
    if (row.seq !== expected) damage = `Edit ${expected} of this board is missing in the store.`;
    else if (!matches(row.bytes, row.sha256))
      damage = `Edit ${row.seq} of this board is damaged in the store.`;
    if (damage) break;
    committed.append([row]);
  }
  if (!damage && committed.head !== loaded.head) damage = 'The end of this board is missing in the store.';
  if (damage)
    log.error({ board, head: committed.head, damage }, 'the stored log is damaged; opened read-only');
  return new BoardState(loaded, committed, damage, rules, random);
}
