import { allowed, refused } from '../outcome.ts';
import { happened, type Asked, type SessionOutcome } from './asked.ts';
import type { SessionEvent } from './event.ts';
import { missingAtEnd } from './missing.ts';
import { openBallot, type Session } from './session.ts';

/** The end, and what is added to the record afterwards (facilitation.md F17); null for commands of another kind. */
export function decideEnding(it: Session, asked: Asked): SessionOutcome | null {
  const { command, context } = asked;
  switch (command.type) {
    case 'end': {
      const leftOpen = missingAtEnd(it, context.openRows);
      if (leftOpen.length > 0 && !command.leaveOpen) {
        return refused('outputs-missing', sentence(leftOpen.length), {
          faults: leftOpen.map(({ what, stage }) => ({ path: stage ?? '', message: what })),
        });
      }
      const paused = command.pauseBoard === true && it.board !== null ? { pausedBoard: true } : {};
      const ballot = openBallot(it);
      const closing: SessionEvent[] =
        ballot === null ? [] : [happened(asked, 'ballot-closed', { ballot: ballot.id })];
      const { closes } = context;
      const closed: SessionEvent[] =
        closes === null
          ? []
          : [
              happened(asked, 'produced', {
                ...{ stage: null, output: null, text: `${closes.label} is closed` },
                ref: { kind: 'period', id: closes.period },
              }),
            ];
      return allowed([
        ...closing,
        ...closed,
        ...noted(asked),
        happened(asked, 'ended', { leftOpen, byClock: false, ...paused }),
      ]);
    }
    case 'call-off':
      if (it.status !== 'planned') return refused('wrong-state', 'It has begun: end it instead.');
      return allowed([happened(asked, 'called-off', {})]);
    case 'correct': {
      if (it.status !== 'ended')
        return refused('wrong-state', 'The session is not over: put it right there.');
      const text = command.text.trim();
      if (text === '') return refused('invalid', 'Write what is to be added.', { path: 'text' });
      return allowed([happened(asked, 'corrected', { text })]);
    }
    case 'note-snapshot':
      return allowed([happened(asked, 'snapshot-taken', { why: command.why, id: command.id })]);
    default:
      return null;
  }
}

/** How things stand now, written down: nothing that happens later changes it. */
function noted(asked: Asked): readonly SessionEvent[] {
  const { record } = asked.context;
  return record == null ? [] : [happened(asked, 'record-noted', record)];
}

const sentence = (count: number): string =>
  count === 1
    ? 'One thing is missing. Do it, tick “none”, or leave it open on purpose.'
    : `${count} things are missing. Do them, tick “none”, or leave them open on purpose.`;
