import type { Row } from '../../sync/hooks.ts';

/** An edit's row as the driver gives it: numbers beyond 32 bits and arrays as text. */
export interface StoredRow {
  readonly seq: string;
  readonly outbox: string;
  readonly n: string;
  readonly person: string | null;
  readonly sign_in_id: string | null;
  readonly client_ids: string;
  readonly bytes: Uint8Array;
  readonly sha256: Uint8Array;
  readonly at_ms: string;
}

export const toRow = (row: StoredRow): Row => ({
  seq: Number(row.seq),
  outbox: row.outbox,
  n: Number(row.n),
  person: row.person,
  signIn: row.sign_in_id,
  clientIds: row.client_ids === '{}' ? [] : row.client_ids.slice(1, -1).split(',').map(Number),
  bytes: row.bytes,
  sha256: row.sha256,
  at: Number(row.at_ms),
});
