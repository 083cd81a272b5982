import { encodeAck } from '#protocol/messages.ts';
import type { Member, Row, SyncHooks, SyncMetrics } from './hooks.ts';
import type { OutboxState, Pending } from './pending.ts';
import type { Peer } from './peer.ts';
import { frame, type Frame } from './wire.ts';

const batchRows = 1_000;
const batchBytes = 4 * 1024 * 1024;

/** Takes the next batch off the queue: bounded in rows and bytes, an edit and its repair never parted. */
export function takeBatch(queue: Pending[]): Pending[] {
  let size = 0;
  let count = 0;
  while (count < queue.length && count < batchRows) {
    size += queue[count]?.row.bytes.byteLength ?? 0;
    if (count > 0 && size > batchBytes) break;
    count++;
  }
  while (queue[count]?.sender.kind === 'repair') count++;
  return queue.splice(0, count);
}

/** Members of a batch who lost their right to write since their edit was accepted (trust.md S1 "Revocation"). */
export async function membersWithoutRight(
  batch: readonly Pending[],
  { mayStillWrite }: SyncHooks,
  board: string,
): Promise<Set<Member>> {
  const lost = new Set<Member>();
  if (!mayStillWrite) return lost;
  const asked = new Map<Member, boolean | Promise<boolean>>();
  for (const { sender } of batch) {
    if (sender.kind !== 'outbox' && sender.kind !== 'stock') continue;
    if (!asked.has(sender.member)) asked.set(sender.member, mayStillWrite(sender.member, board));
  }
  for (const [member, answer] of asked) {
    if (!(typeof answer === 'boolean' ? answer : await answer)) lost.add(member);
  }
  return lost;
}

/** Is this the edit of one of these members? */
export const isBy = ({ sender }: Pending, members: ReadonlySet<Member>): boolean =>
  (sender.kind === 'outbox' || sender.kind === 'stock') && members.has(sender.member);

/** A batch is durable as from+1 ...: the acks its authors are to hear behind it, one an outbox. */
export function acknowledge(
  batch: readonly Pending[],
  from: number,
  now: number,
  metrics?: SyncMetrics,
): Map<Peer, Frame[]> {
  const acks = new Map<OutboxState, { n: number; seq: number }>();
  batch.forEach(({ sender, row, takenAt }, i) => {
    const seq = from + 1 + i;
    metrics?.observe('ackMs', now - takenAt);
    if (sender.kind === 'outbox') {
      sender.outbox.durable = row.n;
      acks.set(sender.outbox, { n: row.n, seq });
    } else if (sender.kind === 'server') sender.done(seq);
  });
  const heard = new Map<Peer, Frame[]>();
  for (const [{ peer, slot }, { n, seq }] of acks) {
    if (!peer) continue;
    const frames = heard.get(peer) ?? [];
    frames.push(frame(encodeAck(slot, n, seq)));
    heard.set(peer, frames);
  }
  return heard;
}

/** The stock client a whole batch came from; null when there are several or anybody else took part. */
export function onlyStockPeer(batch: readonly Pending[]): Peer | null {
  let only: Peer | null = null;
  for (const { sender } of batch) {
    if (sender.kind !== 'stock' || (only && only !== sender.peer)) return null;
    only = sender.peer;
  }
  return only;
}

/** An edit that another node had stored already (its author reconnected there) is settled by that. */
export function settleStored(pending: Pending, rows: readonly Row[], head: number): boolean {
  const { sender, row } = pending;
  if (!rows.some((stored) => stored.outbox === row.outbox && stored.n === row.n)) return false;
  if (sender.kind === 'outbox') {
    sender.outbox.peer?.wire.send(frame(encodeAck(sender.outbox.slot, row.n, head)));
  } else if (sender.kind === 'server') sender.done(head);
  return true;
}
