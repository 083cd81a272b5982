import type * as Y from 'yjs';
import type { NackReason } from '#protocol/refusals.ts';
import type { Member, NewRow } from './hooks.ts';
import type { Peer } from './peer.ts';

/** A numbered outbox of one of our clients, as long as the room lives. */
export interface OutboxState {
  readonly id: string;
  readonly person: string;
  /** Last number accepted, durable or on its way. */
  accepted: number;
  /** Last number committed. */
  durable: number;
  /** The connection its acks go to; a reconnected client takes it over. */
  peer: Peer | null;
  slot: number;
  /** The refusal that ended the document behind it: nothing more is taken (sync.md Y3). Told again on every opening. */
  ended: { readonly n: number; readonly reason: NackReason; readonly detail: string } | null;
  /** A temporary refusal was sent: nothing is taken until the client opens the slot again. */
  waiting: boolean;
}

export type Sender =
  | { readonly kind: 'outbox'; readonly outbox: OutboxState; readonly member: Member }
  | { readonly kind: 'stock'; readonly peer: Peer; readonly member: Member }
  | { readonly kind: 'repair' }
  | {
      readonly kind: 'server';
      readonly origin: ServerOrigin;
      /** The change itself, to be made again should the document be thrown away before it is durable. */
      readonly redo: (doc: Y.Doc) => void;
      readonly done: (seq: number) => void;
      readonly failed: (cause: Error) => void;
      /** How often the store has not kept it. */
      tries: number;
    };

/** On whose behalf the server edits; null person: the server itself. */
export interface ServerOrigin {
  readonly person: string | null;
  readonly why: string;
}

/** An accepted edit on its way into the journal. */
export interface Pending {
  readonly row: NewRow;
  readonly sender: Sender;
  readonly takenAt: number;
}
