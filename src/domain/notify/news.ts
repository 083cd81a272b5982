import type { TrackingSettings } from '../commitment/settings.ts';
import type { PersonId, TeamId } from '../access/standing.ts';
import type { CommitmentEvent } from '../commitment/event.ts';
import type { DependencyEvent } from '../dependency/event.ts';
import type { Instant, LocalDate, TimeZone } from '../time.ts';
import type { Manner } from './message.ts';
import { sayDay, sayDays, sayWhen } from './say-when.ts';

/** Something that happened and that others are waiting to hear, before it is known who they are. */
export interface News {
  readonly to: readonly PersonId[];
  readonly rung: 'asked' | 'answered' | 'unanswered' | 'unconfirmed' | 'promise' | 'decide';
  readonly title: string;
  readonly evidence: string;
  readonly manner: Manner;
}

/** What the words about an ask need to know. `sides` are the people who answer for each. */
export interface AskFacts {
  readonly what: string;
  readonly neededBy: LocalDate | null;
  readonly respondBy: Instant | null;
  /** Title of the objective that needs it. */
  readonly objective: string;
  readonly requesterTeam: string;
  readonly providerTeam: string;
  readonly requesters: readonly PersonId[];
  readonly providers: readonly PersonId[];
  readonly zone: TimeZone;
}

/** What is told of a move in the handshake, and to which side (tracking.md T5). Nobody hears of his own move. */
export function askNews(event: DependencyEvent, facts: AskFacts): News | null {
  const { what, requesters, providers } = facts;
  const actor = event.actor.person;
  const other = requesters.includes(actor ?? '') && !providers.includes(actor ?? '') ? providers : requesters;
  const asked = (verb: string): News => ({
    to: providers,
    rung: 'asked',
    title: `${facts.requesterTeam} ${verb}: ${what}`,
    evidence: askEvidence(facts),
    manner: 'prompt',
  });
  const answered = (to: readonly PersonId[], title: string, because: string): News => ({
    to,
    rung: 'answered',
    title,
    evidence: [because, forWhat(facts)].filter((it) => it !== '').join(' ') || 'No more was said.',
    manner: 'prompt',
  });
  const provider = facts.providerTeam;
  switch (event.type) {
    case 'requested':
      return asked('asks');
    case 're-requested':
      return asked('asks again');
    case 'changed':
      return event.data.respondBy === null && !event.data.reopens ? null : asked('changed its ask');
    case 'accepted': {
      const { date } = event.data.agreement;
      return answered(other, `Agreed: ${what}`, date === null ? '' : `Promised for ${sayDay(date)}.`);
    }
    case 'countered': {
      const { counter } = event.data;
      const to = counter.by === 'provider' ? requesters : providers;
      const offer = [counter.date === null ? '' : sayDay(counter.date), counter.scope].filter(
        (it) => it !== '',
      );
      return answered(
        to,
        `Counter-offer: ${what}`,
        `Offered: ${offer.join(', ') || 'another way'}. Your turn.`,
      );
    }
    case 'upheld':
      return answered(other, `The agreement stands: ${what}`, because(event.data.reason));
    case 'declined':
      return answered(
        requesters,
        `${provider} declined: ${what}`,
        `${because(event.data.reason)} Say what you do instead.`,
      );
    case 'reneged':
      return answered(
        requesters,
        `${provider} took it back: ${what}`,
        `${because(event.data.reason)} Say what you do instead.`,
      );
    case 'flagged':
      return answered(requesters, `At risk: ${what}`, because(event.data.why));
    case 'unflagged':
      return answered(requesters, `No longer at risk: ${what}`, because(event.data.why));
    case 'delivered':
      return answered(
        requesters,
        `Delivered: ${what}`,
        `${because(event.data.evidence)} Confirm it, or say what is missing.`,
      );
    case 'confirmed':
      return answered(providers, `Confirmed: ${what}`, `${facts.requesterTeam} has what it needed.`);
    case 'rejected':
      return answered(providers, `Not yet what was asked: ${what}`, because(event.data.reason));
    case 'withdrawn':
      return answered(providers, `No longer needed: ${what}`, because(event.data.reason));
    default:
      return null;
  }
}

/** An ask nobody answered by its date: both sides hear of it (W5). */
export const unansweredNews = (facts: AskFacts): News => ({
  to: [...facts.providers, ...facts.requesters],
  rung: 'unanswered',
  title: `Unanswered: ${facts.what}`,
  evidence: `${facts.providerTeam} was to answer ${facts.requesterTeam} by ${facts.respondBy === null ? 'now' : sayWhen(facts.respondBy, facts.zone)}. ${forWhat(facts)}`,
  manner: 'prompt',
});

/** Delivered and not confirmed: reminded, never confirmed by itself. */
export const unconfirmedNews = (facts: AskFacts, deliveredAt: Instant): News => ({
  to: facts.requesters,
  rung: 'unconfirmed',
  title: `Did it arrive? ${facts.what}`,
  evidence: `${facts.providerTeam} said on ${sayWhen(deliveredAt, facts.zone)} that it is delivered. Confirm it, or say what is missing.`,
  manner: 'prompt',
});

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

/** Event types that are news to somebody. */
export const newsTypes: readonly (DependencyEvent['type'] | CommitmentEvent['type'])[] = [
  ...([
    'requested',
    're-requested',
    'changed',
    'accepted',
    'countered',
    'upheld',
    'declined',
    'reneged',
  ] as const),
  ...(['flagged', 'unflagged', 'delivered', 'confirmed', 'rejected', 'withdrawn'] as const),
  ...(['offered', 'change-proposed', 'change-agreed', 'change-refused', 'rescope-asked'] as const),
  ...([
    'rescope-refused',
    'completed',
    'reopened',
    'missed',
    'basis-broken',
    'handover-asked',
    'delegate-named',
  ] as const),
];

const because = (text: string): string => (text.trim() === '' ? 'No reason was given.' : `“${text.trim()}”.`);

function forWhat({ objective, neededBy }: AskFacts): string {
  const needed = neededBy === null ? '' : ` Needed by ${sayDay(neededBy)}.`;
  return `${objective === '' ? '' : `For “${objective}”.`}${needed}`.trim();
}

function askEvidence(facts: AskFacts): string {
  const answer = facts.respondBy === null ? '' : ` Answer by ${sayWhen(facts.respondBy, facts.zone)}.`;
  return `${forWhat(facts)}${answer}`.trim() || 'No date was given.';
}
