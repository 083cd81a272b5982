import type { SessionEvent } from './event.ts';
import type { Session } from './session.ts';

/** What the timer's events do; null for events of another kind. */
export function foldTimer(it: Session, event: SessionEvent): Session | null {
  const { timer } = it;
  switch (event.type) {
    case 'timer-started':
      return { ...it, timer: { state: 'running', ...event.data } };
    case 'timer-paused': {
      if (timer.state !== 'running') return it;
      const { totalMs, label } = timer;
      return { ...it, timer: { state: 'paused', remainingMs: event.data.remainingMs, totalMs, label } };
    }
    case 'timer-resumed': {
      if (timer.state !== 'paused') return it;
      const { totalMs, label } = timer;
      return { ...it, timer: { state: 'running', endsAt: event.data.endsAt, totalMs, label } };
    }
    case 'time-added': {
      const { ms } = event.data;
      if (timer.state === 'running') {
        return { ...it, timer: { ...timer, endsAt: timer.endsAt + ms, totalMs: timer.totalMs + ms } };
      }
      if (timer.state === 'paused') {
        return {
          ...it,
          timer: { ...timer, remainingMs: timer.remainingMs + ms, totalMs: timer.totalMs + ms },
        };
      }
      return it;
    }
    case 'timer-stopped':
      return { ...it, timer: { state: 'idle' } };
    case 'timer-expired': {
      if (timer.state !== 'running') return it;
      const { totalMs, label } = timer;
      return { ...it, timer: { state: 'expired', endedAt: event.data.endedAt, totalMs, label } };
    }
    default:
      return null;
  }
}
