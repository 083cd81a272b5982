import { closeCode } from '#protocol/close-codes.ts';
import { encodeUpdate } from '#protocol/messages.ts';
import type { Committed } from './committed.ts';
import { encodeSync, mergeUpdates, syncStep } from './committed.ts';
import type { SyncMetrics } from './hooks.ts';
import type { Peer } from './peer.ts';
import { frame, type Frame } from './wire.ts';

/** Above this a reader gets no cursors, above the next no edits until it has caught up (sync.md Y2 "Slow consumer"). */
export const slow = {
  cursorsBytes: 256 * 1024,
  editsBytes: 1024 * 1024,
  closeBytes: 16 * 1024 * 1024,
  closeMs: 15_000,
};

/** What one commit (or one read of another node's rows) brings to everybody. */
export interface Outgoing {
  readonly from: number;
  readonly to: number;
  readonly parts: readonly Uint8Array[];
  /** The one stock connection all of it came from, which needs no echo; null when there are several. */
  readonly only: Peer | null;
  /** Presence that goes along in the same write. */
  readonly presence?: Uint8Array | null;
  /** What authors hear of this, in the same write behind it. */
  readonly acks?: ReadonlyMap<Peer, readonly Frame[]>;
}

/** Sends what was committed to all peers: merged once, framed once per protocol, the same bytes for all. */
export function sendCommitted(
  out: Outgoing,
  peers: Iterable<Peer>,
  committed: Committed,
  now: number,
  metrics?: SyncMetrics,
): void {
  const merged = mergeUpdates(out.parts);
  let own: Frame | null = null;
  let stock: Frame | null = null;
  const presence = out.presence ? frame(out.presence) : null;
  for (const peer of peers) {
    const frames: Frame[] = [];
    const buffered = peer.wire.buffered();
    if (peer.live && keepsUp(peer, buffered, committed, now, metrics)) {
      peer.position = out.to;
      if (peer.version === 1) frames.push((own ??= frame(encodeUpdate(out.from, out.to, merged))));
      else if (peer !== out.only) frames.push((stock ??= frame(encodeSync(syncStep.update, merged))));
    }
    if (presence && buffered <= slow.cursorsBytes) frames.push(presence);
    // Never before the edits: whoever hears that its edit is durable has been sent it, too.
    for (const ack of out.acks?.get(peer) ?? []) frames.push(ack);
    if (frames.length > 0 && !peer.closed) peer.wire.send(...frames);
  }
}

/** False while a peer reads too slowly; it then gets one merged catch-up when its line is free again. */
function keepsUp(
  peer: Peer,
  buffered: number,
  committed: Committed,
  now: number,
  metrics?: SyncMetrics,
): boolean {
  if (peer.slowSince === null) {
    if (buffered <= slow.editsBytes) return true;
    peer.slowSince = now;
    peer.wire.onDrained(() => catchUp(peer, committed));
    return false;
  }
  if (buffered > slow.closeBytes || now - peer.slowSince > slow.closeMs) {
    metrics?.count('slowClosed');
    peer.close(closeCode.tooSlow, 'reads too slowly');
  }
  return false;
}

function catchUp(peer: Peer, committed: Committed): void {
  if (peer.slowSince === null || peer.closed) return;
  peer.slowSince = null;
  if (peer.position === committed.head) return;
  const rest = committed.since(peer.position);
  if (peer.version === 1) {
    for (const each of committed.framesFor(peer.position)) peer.wire.send(each);
  } else if (rest) peer.wire.send(frame(encodeSync(syncStep.update, rest)));
  else for (const each of committed.stockFramesFor(new Uint8Array([0]))) peer.wire.send(each);
  peer.position = committed.head;
}

/** Presence to all who read fast enough; only the newest matters, so nobody is owed what was left out. */
export function sendPresence(message: Uint8Array, peers: Iterable<Peer>): void {
  const shared = frame(message);
  for (const peer of peers) {
    if (peer.wire.buffered() <= slow.cursorsBytes) peer.wire.send(shared);
  }
}
