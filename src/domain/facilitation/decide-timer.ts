import { allowed, refused } from '../outcome.ts';
import { happened, type Asked, type SessionOutcome } from './asked.ts';
import type { Session } from './session.ts';
import { isTimerLength, remainingMs, timeSteps } from './timer.ts';

const range = refused('timer-range', 'A timer runs from 10 seconds to 8 hours.', { path: 'ms' });

/** The session's timer (facilitation.md F1); null for commands of another kind. */
export function decideTimer(it: Session, asked: Asked): SessionOutcome | null {
  const { command, at } = asked;
  const { timer } = it;
  switch (command.type) {
    case 'start-timer': {
      const { ms, label } = command;
      if (!isTimerLength(ms)) return range;
      return allowed([happened(asked, 'timer-started', { endsAt: at + ms, totalMs: ms, label })]);
    }
    case 'pause-timer':
      if (timer.state !== 'running') return refused('wrong-state', 'No timer is running.');
      return allowed([happened(asked, 'timer-paused', { remainingMs: remainingMs(timer, at) })]);
    case 'resume-timer':
      if (timer.state !== 'paused') return refused('wrong-state', 'The timer is not paused.');
      return allowed([happened(asked, 'timer-resumed', { endsAt: at + timer.remainingMs })]);
    case 'add-time': {
      const { ms } = command;
      if (!timeSteps.includes(ms)) return range;
      if (timer.state === 'idle') return refused('wrong-state', 'No timer is running.');
      if (timer.state === 'expired') {
        if (ms <= 0) return refused('wrong-state', 'Time is up already.');
        return allowed([
          happened(asked, 'timer-started', { endsAt: at + ms, totalMs: ms, label: timer.label }),
        ]);
      }
      return isTimerLength(remainingMs(timer, at) + ms)
        ? allowed([happened(asked, 'time-added', { ms })])
        : range;
    }
    case 'stop-timer':
      return allowed(timer.state === 'idle' ? [] : [happened(asked, 'timer-stopped', {})]);
    default:
      return null;
  }
}
