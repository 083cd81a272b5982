import type { NotifyDeps } from '../deps.ts';
import { answerMail, ChangedMeanwhile, type AnswerFate } from './answer-mail.ts';
import { readMail } from './read-mail.ts';

/** What the door does with a mail: read it, take it as an answer. When somebody was faster it is looked at afresh. */
export const takeAnswer =
  (deps: NotifyDeps) =>
  async (token: string, bytes: Uint8Array, sender: string): Promise<AnswerFate> => {
    const incoming = await readMail(bytes, sender);
    for (let tries = 1; ; tries += 1) {
      try {
        return await answerMail(deps, token, incoming);
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile) || tries === 3) throw error;
      }
    }
  };
