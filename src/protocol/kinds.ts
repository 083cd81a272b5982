/**
 * Kinds of messages on a board's socket. 0-3 are y-protocols' own and all that a stock client knows; the others are
 * spoken only with a client that announced itself with `?v=1`.
 */
export const kind = {
  /** y-protocols: sync step 1, step 2, update. */
  sync: 0,
  /** y-protocols: presence. */
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  /** client -> server: one numbered edit of an outbox. */
  edit: 16,
  /** client -> server: a piece of an edit above 64 kB. */
  fragment: 17,
  /** server -> client: edits up to n of a slot are durable, at sequence number seq. */
  ack: 18,
  /** server -> client: an edit was refused, with a reason. */
  nack: 19,
  /** server -> client, first message: epoch, rights, schema, server time. */
  hello: 20,
  /** both ways: heartbeat, echoed with server time. */
  beat: 21,
  /** server -> client: what the server knows of the board's commitments and dependencies (JSON). */
  truth: 22,
  /** both ways: content hash at a sequence number. */
  hash: 23,
  /** both ways: the facilitated session (JSON). */
  session: 24,
  /** server -> client: the merged edits after seq `from` up to `to`; the answer to sync step 1, then one a tick. */
  update: 25,
  /** client -> server: opens slot k for an outbox; server -> client: the last number of it that is durable. */
  outbox: 26,
  /** server -> client: what this connection may do from now on (JSON). */
  rights: 27,
} as const;

export type Kind = (typeof kind)[keyof typeof kind];

/** The version our client announces in the socket's query (`v=1`). */
export const PROTOCOL_VERSION = 1;
