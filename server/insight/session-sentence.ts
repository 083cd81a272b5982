import type { MeetingKind } from '#domain/facilitation/agenda.ts';
import { meetingNames } from '#domain/facilitation/meetings.ts';
import type { DomainEvent } from '#domain/event.ts';
import { inWords } from './history-kinds.ts';

type Facts = Readonly<Record<string, string | number | null | undefined>>;

const endings: Readonly<Record<string, string>> = {
  discussed: 'discussed',
  promise: 'became a promise',
  risk: 'became a risk',
  decision: 'became a decision',
  'next-session': 'left for the next session',
  dropped: 'dropped',
};

/** What happened in a session, as a line of the organisation's history says it. */
export function sessionSentence(
  { type, data }: Pick<DomainEvent, 'type' | 'data'>,
  names: ReadonlyMap<string, string>,
): string {
  const it = (data ?? {}) as Facts;
  const said = (name: string): string => String(it[name] ?? '');
  const who = names.get(said('person')) ?? 'somebody who is gone';
  const after = (text: string): string => (text === '' ? '.' : `: ${text}.`);
  switch (type) {
    case 'planned':
      return `Opened the session${after(meetingNames[said('kind') as MeetingKind] ?? '')}`;
    case 'started':
      return 'Started the session.';
    case 'went-on':
      return 'Said that it goes on.';
    case 'stage-entered':
      return `Moved the room to “${said('section')}”.`;
    case 'stage-skipped':
      return `Skipped “${said('section')}”.`;
    case 'stage-removed':
      return `Took out “${said('section')}”.`;
    case 'stage-briefed':
      return `Prepared “${said('section')}”.`;
    case 'stage-planned':
      return `Gave “${said('section')}” ${said('minutes')} minutes.`;
    case 'stage-inserted':
      return `Put in “${said('section')}”, ${said('minutes')} minutes.`;
    case 'stages-ordered':
      return 'Put the sections in another order.';
    case 'parked':
      return `Parked “${said('parked')}”.`;
    case 'parked-settled':
      return `Settled “${said('parked')}”: ${endings[said('ending')] ?? said('ending')}${after(said('text'))}`;
    case 'produced':
      return `Wrote down: ${said('text')}`;
    case 'none-ticked':
      return it['none'] === 'yes'
        ? `Said that “${said('section')}” leaves none: ${said('output')}.`
        : `Took back that “${said('section')}” leaves none: ${said('output')}.`;
    case 'ballot-opened':
      return `Opened a vote, ${said('vote')}, on ${said('items') === '1' ? 'one thing' : `${said('items')} things`}.`;
    case 'revealed':
      return `Revealed the votes on “${said('item')}”.`;
    case 'score-agreed':
      return `Agreed on “${said('item')}”${after(said('agreed'))}`;
    case 'ballot-closed':
      return 'Closed the vote.';
    case 'ballot-discarded':
      return 'Discarded the vote.';
    case 'facilitator-added':
      return `Shared the lead with ${who}.`;
    case 'facilitator-removed':
      return `Took the lead from ${who}.`;
    case 'taken-over':
      return `${who} took over the lead.`;
    case 'guests-let-in':
      return 'Let guests in.';
    case 'guests-shut-out':
      return 'Shut the door to guests.';
    case 'ended':
      return it['open'] === 0 ? 'Ended the session.' : `Ended the session with ${said('open')} left open.`;
    case 'called-off':
      return 'Called the session off.';
    case 'corrected':
      return `Added to the minutes: ${said('text')}`;
    default:
      return `${inWords(type)}.`;
  }
}
