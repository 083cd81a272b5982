import { findReplyLink } from '../check-in-links.ts';
import type { NotifyDeps } from '../deps.ts';
import { answerMail, ChangedMeanwhile, type AnswerFate } from './answer-mail.ts';
import { readMail } from './read-mail.ts';

/** What the door does with a mail: read it, take it as an answer. When somebody was faster it is looked at afresh. */
export const takeAnswer =
  (deps: NotifyDeps) =>
  async (token: string, bytes: Uint8Array, sender: string): Promise<AnswerFate> => {
    // Whoever has no address of ours costs no more than a look: nothing of such a mail is read.
    if ((await findReplyLink(deps.store.db, token)) === null) return 'unknown';
    const incoming = await readMail(bytes, sender).catch(() => null);
    // It will not be better the next time, as the sender's server would think.
    if (incoming === null) return 'unreadable';
    for (let tries = 1; ; tries += 1) {
      try {
        return await answerMail(deps, token, incoming);
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile) || tries === 3) throw error;
      }
    }
  };
