/** Sizes and times both ends of the wire keep to (sync.md Y1-Y3). Bytes and milliseconds. */
export const limits = {
  /** Largest edit our client sends in one frame; larger ones travel as fragments. */
  frameBytes: 64 * 1024,
  /** Largest single edit, after its fragments are put together. */
  editBytes: 4 * 1024 * 1024,
  /** Largest message of a stock client. */
  stockMessageBytes: 1024 * 1024,
  /** Largest presence state of one connection. */
  presenceBytes: 4 * 1024,
  /** Both ends say something at least this often. */
  beatMs: 10_000,
  /** Silence after which the other end counts as gone. */
  deadMs: 20_000,
  /** Our client sends edits at most this often: 30 times a second. */
  sendEveryMs: 33,
} as const;

/** How often one of our clients tells its cursor: 30 times a second in small rooms, 10 in big ones (sync.md Y2). */
export const cursorEveryMs = (people: number): number => (people > 30 ? 100 : limits.sendEveryMs);
