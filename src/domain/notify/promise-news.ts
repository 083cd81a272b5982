import type { PersonId, TeamId } from '../access/standing.ts';
import type { CommitmentEvent } from '../commitment/event.ts';
import type { TrackingSettings } from '../commitment/settings.ts';
import type { LocalDate, TimeZone } from '../time.ts';
import { because, type News } from './news.ts';
import { sayDay, sayDays, sayWhen } from './say-when.ts';

/** What the words about a promise need to know. */
export interface PromiseNewsFacts {
  readonly statement: string;
  readonly due: LocalDate | null;
  readonly owner: PersonId | null;
  readonly reviewer: PersonId | null;
  readonly sponsor: PersonId | null;
  readonly leads: readonly PersonId[];
  readonly team: TeamId | null;
  /** Who did it, in words. */
  readonly by: string;
  readonly zone: TimeZone;
  readonly settings: TrackingSettings;
}

/** What is told of an event of a promise (tracking.md T4), and to whom. */
export function promiseNews(event: CommitmentEvent, facts: PromiseNewsFacts): News | null {
  const { owner, by } = facts;
  const quoted = `“${facts.statement}”`;
  const decide = (to: readonly (PersonId | null)[], title: string, evidence: string): News => ({
    to: to.filter((it) => it !== null),
    rung: 'decide',
    title,
    evidence,
    manner: 'prompt',
  });
  switch (event.type) {
    case 'offered':
      return {
        to: owner === null ? [] : [owner],
        rung: 'promise',
        title: `A promise to accept: ${quoted}`,
        evidence: `${by} committed the plan; it is yours${facts.due === null ? '' : `, due ${sayDay(facts.due)}`}. It counts once you say yes.`,
        manner: 'after-a-while',
      };
    case 'change-proposed':
      return decide(facts.leads, `${by} would accept, with a change: ${quoted}`, because(event.data.text));
    case 'change-agreed':
      return decide([owner], `Your change is agreed: ${quoted}`, 'You can accept it now.');
    case 'change-refused':
      return decide([owner], `Your change is not agreed: ${quoted}`, because(event.data.reason));
    case 'rescope-asked': {
      const to = [event.data.ownerAgreed ? null : owner, event.data.sponsorAgreed ? null : facts.sponsor];
      return decide(
        to,
        `Another scope is asked for: ${quoted}`,
        `${because(event.data.text)} Agree, or say why not.`,
      );
    }
    case 'rescope-refused':
      return decide([owner], `The scope stays: ${quoted}`, because(event.data.reason));
    case 'completed':
      return decide(
        [facts.reviewer],
        `${by} says it is done: ${quoted}`,
        `Evidence: ${event.data.evidence}. Acknowledge it, or say within ${sayDays(facts.settings.rejectWithinDays)} what is missing.`,
      );
    case 'rejected':
      return decide([owner], `Not done yet, says ${by}: ${quoted}`, because(event.data.reason));
    case 'reopened':
      return decide([owner], `It runs again: ${quoted}`, because(event.data.reason));
    case 'missed':
      return event.data.byClock
        ? decide(
            [owner],
            `Missed: ${quoted}`,
            `Its due and the days of grace have passed. Say within ${sayDays(facts.settings.causeWithinDays)} why; without a cause it shows as unexplained.`,
          )
        : null;
    case 'basis-broken':
      return decide(
        [owner],
        `An assumption under it failed: ${quoted}`,
        `“${event.data.statement}” failed. Go on with a reason, change the promise or drop it by ${sayWhen(event.data.answerBy, facts.zone)}; until then it is not on track.`,
      );
    case 'handover-asked':
      return decide(
        [event.data.to],
        `${by} hands it over to you: ${quoted}`,
        'It stays theirs until you take it over.',
      );
    case 'delegate-named':
      return decide(
        [event.data.person],
        `${by} named you to speak for them: ${quoted}`,
        'You may check in and answer in their name; it is shown that you did.',
      );
    default:
      return null;
  }
}
