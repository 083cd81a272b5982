import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { createTransport } from 'nodemailer';
import type { AnswerSettings, NotifyDeps } from '../../../server/notify/deps.ts';
import { openReplyDoor, type ReplyDoor } from '../../../server/notify/reply/reply-door.ts';
import { takeAnswer } from '../../../server/notify/reply/take-answer.ts';
import type { OutgoingMail } from '../../../server/notify/smtp-door.ts';
import { checkIn as checkInRow, choreLease, organisation } from '../../../server/store/schema.ts';
import { storeWithin } from '../../../server/store/within.ts';
import { createRegisterPort } from '../../../server/registers/register-port.ts';
import { createTracking } from '../../../server/tracking/tracking.ts';
import { on } from '../../tracking/server-world.ts';
import type { OpenedStore } from '../../tracking/stores.ts';
import { makeNotifyWorld, type NotifyWorld } from '../notify-world.ts';

export const address = 'checkin@plan.example.org';
const [accepted, friday] = [on('2026-04-01', '12:00'), on('2026-04-03', '17:00')];

/** How a mail is written, other than its text. */
export interface Written {
  readonly from?: string;
  readonly sender?: string;
  readonly to?: string;
  readonly html?: string;
  readonly messageId?: string;
  readonly headers?: Record<string, string>;
  readonly attachments?: { filename: string; content: Buffer }[];
  readonly at?: ReplyDoor;
}

/** A notify world whose Ben has just been reminded by a mail that can be answered, through a real door. */
export interface AnswerWorld extends NotifyWorld {
  readonly answerDeps: NotifyDeps;
  readonly node1: ReturnType<NotifyWorld['node']>;
  readonly promise: string;
  /** All that left, oldest first. */
  sent: OutgoingMail[];
  readonly changed: string[];
  readonly paused: number[];
  readonly logged: unknown[];
  readonly benMail: string;
  openDoor(take?: ReturnType<typeof takeAnswer>): Promise<ReplyDoor>;
  reminder(): OutgoingMail;
  replyTo(): string;
  /** Ben writes, as a mail program does; what the door said to the whole mail. */
  write(text: string | undefined, more?: Written): Promise<string>;
  /** What came back to Ben since. */
  answer(): Promise<OutgoingMail | undefined>;
  checkedIn(): Promise<readonly (typeof checkInRow.$inferSelect)[]>;
  quote(): string;
  close(): Promise<void>;
}

export async function makeAnswerWorld(opened: OpenedStore): Promise<AnswerWorld> {
  await opened.store.db.delete(organisation);
  await opened.store.db.delete(choreLease);
  const [changed, paused, logged]: [string[], number[], unknown[]] = [[], [], []];
  const doors: ReplyDoor[] = [];
  const out = {
    server: 'here',
    deliver: async (it: OutgoingMail, handOver: () => Promise<boolean>) => {
      await handOver();
      answering.sent.push(it);
      return { kind: 'sent' } as const;
    },
  };
  const world = await makeNotifyWorld(opened.store, { door: out });
  const answers: AnswerSettings = {
    address,
    trackingWithin: (tx) =>
      createTracking({
        ...{ store: storeWithin(opened.store, tx), now: () => world.clock.now, newId: randomUUID },
        ...{ registers: createRegisterPort({ newId: randomUUID }), readPlan: async () => null },
      }),
    changed: (board) => changed.push(board),
  };
  const answerDeps = { ...world.deps, answers };
  const node1 = world.node({ answers }, out);
  const benMail = `ben@${world.organisationId}`;

  async function openDoor(take = takeAnswer(answerDeps)): Promise<ReplyDoor> {
    const note = (...about: unknown[]): void => void logged.push(about);
    const opening = await openReplyDoor({
      ...{ host: '127.0.0.1', port: 0, address, take, log: { info: note, warn: note, error: note } },
      pause: async (ms) => void paused.push(ms),
    });
    doors.push(opening);
    return opening;
  }
  const door = await openDoor();
  const reminder = (): OutgoingMail => {
    const found = answering.sent.find(({ to }) => to === benMail);
    if (found === undefined) throw new Error('Ben was not reminded');
    return found;
  };
  const replyTo = (): string => reminder().replyTo ?? 'none';
  const answering: Omit<AnswerWorld, keyof NotifyWorld | 'promise'> = {
    ...{ answerDeps, node1, changed, paused, logged, benMail, openDoor, reminder, replyTo },
    sent: [],
    write: async (text, { from = benMail, sender = from, to = replyTo(), at = door, ...rest } = {}) => {
      const client = createTransport({ host: '127.0.0.1', port: at.port, ignoreTLS: true });
      try {
        const envelope = { from: sender, to };
        const done = await client.sendMail({ from, to, subject: 'Re: x', text, envelope, ...rest });
        return done.response;
      } catch (error) {
        return (error as { response?: string }).response ?? String(error);
      } finally {
        client.close();
      }
    },
    answer: async () => {
      const before = answering.sent.length;
      await node1.send();
      return answering.sent.slice(before).find(({ to }) => to === benMail);
    },
    checkedIn: () => opened.store.db.select().from(checkInRow).where(eq(checkInRow.commitmentId, promise)),
    quote: () =>
      `\n\nOn Fri, Apr 3, 2026 at 5:00 PM Throughline <${replyTo()}> wrote:\n${reminder()
        .text.split('\n')
        .map((line) => `> ${line}`)
        .join('\n')}`,
    close: async () => {
      await Promise.all(doors.splice(0).map((it) => it.close()));
    },
  };
  await world.at(accepted);
  const promise = await world.promises.accepted({});
  await world.at(friday);
  await node1.send();
  world.clock.now = friday + 60_000;
  return Object.assign(answering, { ...world, promise });
}
