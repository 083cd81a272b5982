import { isRegisterRung } from '#domain/notify/register-words.ts';
import { isWarning, rungNumber, rungWord } from '#domain/notify/message.ts';
import { isWaiting, type Slot } from '#domain/rhythm/slot.ts';
import type { Instant } from '#domain/time.ts';
import type { Commitment } from '#domain/commitment/commitment.ts';
import type { notice } from '../store/schema.ts';

export type NoticeRow = typeof notice.$inferSelect;

/** What a message is about, as it stands when its mail leaves. */
export interface SubjectNow {
  readonly promise: {
    readonly state: Commitment;
    readonly lastCheckInAt: Instant | null;
    readonly slots: readonly Slot[];
  } | null;
  /** Stored word of an ask; null when the message is about none. */
  readonly askStatus: string | null;
  /** Rules of the early warnings about it that hold and were not put aside. */
  readonly warnings: ReadonlySet<string>;
  /** Ids of the messages that ask for what a register still asks of the reader, or of whom the reader stands in for. */
  readonly asked: ReadonlySet<string>;
}

/** The slot a reminder is about while it can still be answered, else null. */
export function waitingSlot(
  { rung }: Pick<NoticeRow, 'rung'>,
  { promise }: SubjectNow,
  at: Instant,
): Slot | null {
  if (promise === null || promise.state.status !== 'committed') return null;
  if (!['open', 'due-soon', 'due'].includes(rungWord(rung))) return null;
  return promise.slots.find((it) => it.number === rungNumber(rung) && isWaiting(it, at)) ?? null;
}

/** True when a message still asks for something nobody has done, or tells news: what is settled is not mailed. */
export function isStillTrue(row: NoticeRow, now: SubjectNow, at: Instant): boolean {
  if (row.readAt !== null) return false;
  const { promise, askStatus } = now;
  if (isWarning(row.rung)) return now.warnings.has(rungWord(row.rung));
  if (isRegisterRung(rungWord(row.rung))) return now.asked.has(row.id);
  switch (rungWord(row.rung)) {
    case 'open':
    case 'due-soon':
    case 'due':
      return waitingSlot(row, now, at) !== null;
    case 'grace-end':
    case 'overdue-7':
    case 'overdue-14':
      return promise?.state.status === 'committed' && (promise.lastCheckInAt ?? 0) < row.at.getTime();
    case 'promise':
      return promise?.state.status === 'proposed' && promise.state.owner === row.personId;
    case 'asked':
    case 'unanswered':
      return askStatus === 'requested';
    case 'ask-due':
    case 'ask-late':
      return askStatus === 'accepted';
    case 'unconfirmed':
      return askStatus === 'delivered';
    case 'minutes':
      return true;
    default:
      return promise !== null || askStatus !== null;
  }
}
