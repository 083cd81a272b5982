import type { PersonId } from '../access/standing.ts';
import type { DependencyEvent } from '../dependency/event.ts';
import type { Instant, LocalDate, TimeZone } from '../time.ts';
import { because, type News } from './news.ts';
import { sayDay, sayWhen } from './say-when.ts';

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

/** The day an ask was promised for has come: who promised it hears of it. */
export const askDueNews = (facts: AskFacts, promised: LocalDate): News => ({
  to: facts.providers,
  rung: 'ask-due',
  title: `Promised for today: ${facts.what}`,
  evidence:
    `${facts.providerTeam} promised it to ${facts.requesterTeam} for ${sayDay(promised)}. Deliver it, or say what it will take. ${forWhat(facts)}`.trim(),
  manner: 'digest',
});

/** That day has passed and nothing was delivered: both sides hear of it. */
export const askLateNews = (facts: AskFacts, promised: LocalDate): News => ({
  to: [...facts.providers, ...facts.requesters],
  rung: 'ask-late',
  title: `Not delivered: ${facts.what}`,
  evidence:
    `${facts.providerTeam} promised it to ${facts.requesterTeam} for ${sayDay(promised)}. Deliver it, or agree on another day. ${forWhat(facts)}`.trim(),
  manner: 'prompt',
});

function forWhat({ objective, neededBy }: AskFacts): string {
  const needed = neededBy === null ? '' : ` Needed by ${sayDay(neededBy)}.`;
  return `${objective === '' ? '' : `For “${objective}”.`}${needed}`.trim();
}

function askEvidence(facts: AskFacts): string {
  const answer = facts.respondBy === null ? '' : ` Answer by ${sayWhen(facts.respondBy, facts.zone)}.`;
  return `${forWhat(facts)}${answer}`.trim() || 'No date was given.';
}
