import type { Clock } from '#lib/ui/clock.ts';
import { dayWords } from '#lib/ui/dates.ts';
import type { DependencyRow } from '#protocol/views/tracking.ts';
import { personOf, teamOf, type Directory } from './directory.ts';

/** The first sentence of a handshake's page: who owes whom what now. */
export function handshakeSentence(it: DependencyRow, directory: Directory, clock: Clock): string {
  const requester = teamOf(directory, it.requesterTeamId)?.name ?? 'Somebody';
  const provider = teamOf(directory, it.providerTeamId)?.name ?? 'nobody yet';
  const person = personOf(directory, it.providerPersonId)?.name ?? provider;
  const on = it.promisedFor === null ? 'without a date' : `for ${dayWords(it.promisedFor, clock)}`;
  switch (it.status) {
    case 'draft':
      return `${requester} has not sent this to ${provider} yet.`;
    case 'requested':
      return it.flags.includes('said-yes-aloud')
        ? `${provider} said yes aloud; the agreement itself is still missing.`
        : `${requester} asked ${provider}, who has not answered yet.`;
    case 'countered':
      return it.flags.includes('escalated')
        ? `After ${it.rounds} rounds ${requester} and ${provider} need a joint decision.`
        : `A counter-offer lies between ${requester} and ${provider}.`;
    case 'accepted':
      if (it.flags.includes('late')) return `${person} promised this ${on}; it is late.`;
      if (it.flags.includes('reopened'))
        return `Something changed after ${provider} agreed: both look again.`;
      return `${person} promised this ${on}.`;
    case 'delivered':
      return `${person} says that it is delivered; ${requester} confirms, or says what is missing.`;
    case 'confirmed':
      return `${requester} has it: this need is met.`;
    case 'declined':
      return `${provider} declined; ${requester} decides what to do about it.`;
    case 'revoked':
      return `${provider} took its promise back; ${requester} decides what to do about it.`;
    default:
      return `${requester} withdrew this.`;
  }
}
