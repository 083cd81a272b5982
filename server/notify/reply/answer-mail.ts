import { and, count, eq, gt } from 'drizzle-orm';
import { lastStanding, noMovementOf, repeatOf } from '#domain/commitment/no-movement.ts';
import { cutQuote } from '#domain/notify/answer/cut-quote.ts';
import { readAnswer, type Answer } from '#domain/notify/answer/read-answer.ts';
import { writeNotRecorded, writeRecorded } from '#domain/notify/answer/write-answer.ts';
import type { MailText } from '#domain/notify/write-mail.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { hourMs } from '#domain/rhythm/local-time.ts';
import { thresholdsOf } from '#domain/settings/thresholds.ts';
import type { CommitmentDetail } from '#protocol/views/tracking.ts';
import type { CheckInInput } from '../../app-tracking.ts';
import { account, answeredMail, checkInLink, mail, person } from '../../store/schema.ts';
import type { Transaction } from '../../store/store.ts';
import { openLink, overWords, type Opened } from '../check-in-by-link.ts';
import { findReplyLink, markUsed, type CheckInLinkRow } from '../check-in-links.ts';
import { hostOf, type AnswerSettings, type NotifyDeps } from '../deps.ts';
import type { IncomingMail } from './read-mail.ts';

/** Answers about one check-in of one person that are looked at within an hour: no two programs write to each other for long. */
const answersAnHour = 10;
const longestNote = 5000;

/** What became of a mail; said in the log, never to who handed it over. */
export type AnswerFate =
  'recorded' | 'not-recorded' | 'again' | 'automatic' | 'unknown' | 'too-many' | 'nobody' | 'unreadable';

/** Somebody else was faster: whoever hands the mail over comes again. */
export class ChangedMeanwhile extends Error {}

/**
 * Takes an answered mail as a check-in: that it came, the check-in and the mail that says so are kept together or not at
 * all, so that a mail which is delivered again counts once.
 */
export async function answerMail(
  deps: NotifyDeps,
  token: string,
  incoming: IncomingMail,
): Promise<AnswerFate> {
  const { answers, store } = deps;
  if (answers === undefined) return 'unknown';
  const link = await findReplyLink(store.db, token);
  if (link === null) return 'unknown';
  if (incoming.automatic) return 'automatic';
  if (await isTooMany(deps, link)) return 'too-many';
  const opened = await openLink(deps, link);
  const to = await readMailbox(deps, link);
  if (opened === null || to === null) return 'nobody';
  const wrote = cutQuote(withoutSecrets(incoming.text, answers));
  const read = readWithin(opened, incoming, to, wrote);
  const done = await store.transaction(async (tx) => {
    const [first] = await tx
      .insert(answeredMail)
      .values({
        ...{ id: deps.newId(), organisationId: link.organisationId, linkId: link.id },
        ...{ messageHash: incoming.hash, at: new Date(deps.now()) },
      })
      .onConflictDoNothing()
      .returning({ id: answeredMail.id });
    if (first === undefined) return 'again' as const;
    const kept = await keep(tx, deps, answers, { opened, read });
    await keepReply(tx, deps, { link, to, incoming, ...kept });
    return kept.fate;
  });
  const boardId = opened.detail?.boardId ?? null;
  if (done === 'recorded' && boardId !== null) answers.changed(boardId);
  return done;
}

/** What an answer comes to: a check-in to give, or why there is none. */
type Read = Outcome<{ readonly input: CheckInInput; readonly sameConfidence: boolean }> & {
  /** True when another answer could still be understood. */
  readonly again?: boolean;
  readonly wrote: string;
};

function readWithin(opened: Opened, { from }: IncomingMail, to: string, wrote: string): Read {
  const { view, detail } = opened;
  // Whoever has the token was given the mail; that it is the same person is checked by the only other thing a mail says.
  if (from !== to.toLowerCase()) {
    const who = from === null ? 'no address' : `the address ${from}`;
    const message = `An answer came from ${who}, which is not yours here. If it was you, write from ${to}; if you passed the mail on, its receiver cannot check in for you.`;
    return { ...refused('other-sender', message), again: true, wrote: '' };
  }
  if (view.state !== 'open' || detail === null)
    return { ...refused('link-over', overWords[view.state]), wrote };
  const answer = readAnswer(wrote, detail.now.measures);
  if (!answer.ok) return { ...refused('not-understood', answer.why), again: true, wrote };
  if (answer.answer.note.length > longestNote) {
    const message = `Your words are longer than ${longestNote} characters: shorten them, or sign in and add a link.`;
    return { ...refused('too-long', message), again: true, wrote };
  }
  const input = inputOf(answer.answer, detail);
  return { ...input, again: !input.ok, wrote };
}

/**
 * What was not said is not invented: values that are not named stay, and how sure somebody was holds on only while the
 * status does.
 */
function inputOf(
  { status, confidence, values, note }: Answer,
  detail: CommitmentDetail,
): Outcome<{ readonly input: CheckInInput; readonly sameConfidence: boolean }> {
  const { version } = detail;
  const askConfidence = (why: string) =>
    refused('confidence-missing', `${why} Say how sure you are that it lands by its day, such as 80 %.`);
  if (status === 'same') {
    const repeat = repeatOf(detail);
    if (repeat === null) {
      return refused('nothing-to-repeat', 'There is no earlier check-in to repeat: say how it stands.');
    }
    if (confidence === null && noMovementOf(detail.checkIns) === 'ask-confidence') {
      return askConfidence('Nothing moved several times in a row.');
    }
    const input = { ...repeat, version, confidence: confidence ?? repeat.confidence };
    // With words of its own it is more than a tap.
    const own = note === '' ? input : { ...input, noMovement: false, whatChanged: note };
    return allowed({ input: own, sameConfidence: confidence === null });
  }
  const last = lastStanding(detail.checkIns);
  const before = last !== null && last.status === status ? last.confidence : null;
  const sure = confidence ?? before;
  if (sure === null) return askConfidence('It does not say how sure you are.');
  const input = { version, status, confidence: sure, values, whatChanged: note };
  return allowed({ input, sameConfidence: confidence === null });
}

interface Kept {
  readonly fate: 'recorded' | 'not-recorded';
  readonly text: MailText;
  readonly again: boolean;
}

async function keep(
  tx: Transaction,
  deps: NotifyDeps,
  answers: AnswerSettings,
  { opened, read }: { readonly opened: Opened; readonly read: Read },
): Promise<Kept> {
  const { link, viewer, detail, view } = opened;
  const about = {
    ...{ name: view.person, statement: view.statement },
    link: `${deps.baseUrl}/commitments/${link.commitmentId}`,
  };
  const not = (why: string, again: boolean): Kept => ({
    ...{ fate: 'not-recorded', again, text: writeNotRecorded(about, { why, again, wrote: read.wrote }) },
  });
  if (!read.ok) return not(read.refusal.message, read.again === true);
  if (viewer === null || detail === null) return not(overWords['not-yours'], false);
  const { input, sameConfidence } = read.value;
  const said = await answers.trackingWithin(tx).checkIn(viewer, link.commitmentId, input);
  if (!said.ok) {
    if (said.refusal.code === 'changed-meanwhile') throw new ChangedMeanwhile();
    return not(said.refusal.message, true);
  }
  await markUsed(tx, link.id, new Date(viewer.organisation.now));
  const titles = new Map(detail.now.measures.map(({ key, title }) => [key, title]));
  const values = Object.entries(input.values ?? {}).map(([key, it]) => [titles.get(key) ?? key, it] as const);
  const { undoCheckInWithinMinutes: undoMinutes } = thresholdsOf(viewer.organisation.thresholds).tracking;
  const { status, confidence, whatChanged: note = '' } = input;
  const text = writeRecorded(about, { status, confidence, sameConfidence, values, note, undoMinutes });
  return { fate: 'recorded', text, again: false };
}

/** To the person's own address and no other: who writes in somebody's name is not written to. */
async function keepReply(
  tx: Transaction,
  deps: NotifyDeps,
  it: Kept & { readonly link: CheckInLinkRow; readonly to: string; readonly incoming: IncomingMail },
): Promise<void> {
  const id = deps.newId();
  const at = new Date(deps.now());
  const messageId = `<${id}@${hostOf(deps.mail.from)}>`;
  await tx.insert(mail).values({
    ...{ id, messageId, organisationId: it.link.organisationId, personId: it.link.personId, to: it.to },
    ...{ ...it.text, notices: [], status: 'queued', notBefore: at, createdAt: at },
    inReplyTo: it.incoming.messageId,
    answersLink: it.again ? it.link.id : null,
  });
}

async function isTooMany({ store, now }: NotifyDeps, { personId, slotId }: CheckInLinkRow): Promise<boolean> {
  const [found] = await store.db
    .select({ n: count() })
    .from(answeredMail)
    .innerJoin(checkInLink, eq(checkInLink.id, answeredMail.linkId))
    .where(
      and(
        eq(checkInLink.personId, personId),
        eq(checkInLink.slotId, slotId),
        gt(answeredMail.at, new Date(now() - hourMs)),
      ),
    );
  return (found?.n ?? 0) >= answersAnHour;
}

async function readMailbox({ store }: NotifyDeps, link: CheckInLinkRow): Promise<string | null> {
  const [found] = await store.db
    .select({ email: account.email })
    .from(person)
    .innerJoin(account, eq(account.id, person.accountId))
    .where(and(eq(person.id, link.personId), eq(person.organisationId, link.organisationId)));
  return found?.email ?? null;
}

/** What somebody's program left of our own mail keeps no secret of it. Each search has a length: no text takes long. */
function withoutSecrets(text: string, { address }: AnswerSettings): string {
  const host = address.slice(address.lastIndexOf('@') + 1).replaceAll('.', '[.]');
  return text
    .replaceAll(/https?:\/\/[^\s<>"]{0,300}\/check-in\/[\w-]{20,}/g, '(personal link)')
    .replaceAll(new RegExp(`[\\w.-]{1,64}\\+[a-z2-7]{32}@${host}`, 'gi'), '(personal address)');
}
