/**
 * Why the server closes a socket. A client treats 4400-4499 as final (do not retry unchanged) and 4500-4599 as
 * "try again later"; 1012 is a restart.
 */
export const closeCode = {
  /** A ticket was bad or spent, or the session ended: get a new one. */
  unauthorised: 4401,
  /** No right to this board (any more). */
  forbidden: 4403,
  /** No such board, or not for you. */
  unknownBoard: 4404,
  /** The board was re-based or restored: load afresh, keep the outbox as a recovered copy. */
  epochChanged: 4409,
  /** A message above the size limit. */
  tooLarge: 4413,
  /** A refused edit from a stock client: its document can not go on. */
  refusedEdit: 4422,
  /** The same person and client id opened a newer socket. */
  superseded: 4423,
  /** The client's protocol or schema is too old: reload. */
  reloadNeeded: 4426,
  /** Too many messages. */
  tooManyRequests: 4429,
  /** The board could not be loaded; nothing was changed. */
  loadFailed: 4500,
  /** The client read too slowly; come back and catch up. */
  tooSlow: 4508,
  /** The server is restarting. */
  restarting: 1012,
} as const;

export type CloseCode = (typeof closeCode)[keyof typeof closeCode];

/** Codes after which coming back unchanged can not help. */
export const isFinal = (code: number): boolean => code >= 4400 && code < 4500;
