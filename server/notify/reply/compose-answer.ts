import { and, eq, gt, isNull } from 'drizzle-orm';
import { answerLine } from '#domain/notify/answer/cut-quote.ts';
import type { AnswerableMail } from '#domain/notify/write-mail.ts';
import { checkInLink } from '../../store/schema.ts';
import type { Queries } from '../../store/store.ts';
import { issueLink, type LinkSecrets } from '../check-in-links.ts';
import type { MailRow } from '../compose-mail.ts';
import type { NotifyDeps } from '../deps.ts';
import { replyAddress } from './reply-address.ts';

/** What a mail carries of a link's secrets. */
export function openedBy(
  { baseUrl, answers }: NotifyDeps,
  { token, reply }: LinkSecrets,
): { readonly checkIn: string; readonly answerTo: string | null } {
  return {
    checkIn: `${baseUrl}/check-in/${token}`,
    answerTo: answers === undefined ? null : replyAddress(answers.address, reply),
  };
}

/** A mail that was written when it was made. One that says what was not understood can be answered again, while that counts. */
export async function composeAnswer(tx: Queries, deps: NotifyDeps, row: MailRow): Promise<AnswerableMail> {
  const own = { subject: row.subject, text: row.text, replyTo: null };
  if (row.answersLink === null || deps.answers === undefined) return own;
  const at = new Date(deps.now());
  const [link] = await tx
    .select()
    .from(checkInLink)
    .where(
      and(
        eq(checkInLink.id, row.answersLink),
        eq(checkInLink.organisationId, row.organisationId),
        isNull(checkInLink.revokedAt),
        gt(checkInLink.expiresAt, at),
      ),
    );
  if (link === undefined) return own;
  const { organisationId, personId, commitmentId, slotId, expiresAt } = link;
  const secrets = await issueLink(tx, {
    ...{ id: deps.newId(), organisationId, personId, commitmentId, slotId, expiresAt, createdAt: at },
  });
  const { checkIn, answerTo } = openedBy(deps, secrets);
  const text = `${answerLine}\n\n${row.text}\nAnswer this mail once more, or check in, no sign-in needed: ${checkIn}\n`;
  return { ...own, text, replyTo: answerTo };
}
