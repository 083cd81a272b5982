import type { Instant } from '../time.ts';
import type { Session } from './session.ts';
import { spentMs } from './where.ts';
import { inOwnTime } from './window.ts';

/** When a section was, or will be if everything keeps its time. */
export interface SectionTime {
  readonly id: string;
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * The sections by the clock (facilitation.md F2): what was as it was, the rest projected from now. Without skipped ones;
 * empty where nothing can be said: nobody has set a time yet, or everybody goes through it in their own.
 */
export function timetable(it: Session, at: Instant): readonly SectionTime[] {
  const begins = it.startedAt ?? it.plannedAt;
  if (begins === null || inOwnTime(it)) return [];
  // A meeting that was to begin and has not begins now at the earliest.
  let next = it.status === 'planned' ? Math.max(begins, at) : at;
  const times: SectionTime[] = [];
  let ahead = it.status === 'planned';
  for (const stage of it.stages) {
    if (stage.skipped) continue;
    const [first, last] = [stage.runs[0], stage.runs.at(-1)];
    if (stage.id === it.current && first !== undefined) {
      next = at + Math.max(0, stage.minutes * minuteMs - spentMs(stage, at));
      times.push({ id: stage.id, from: first.from, to: next });
      ahead = true;
    } else if (first !== undefined && last?.to != null && !ahead) {
      times.push({ id: stage.id, from: first.from, to: last.to });
    } else if (ahead) {
      const from = next;
      next += Math.max(0, stage.minutes * minuteMs - spentMs(stage, at));
      times.push({ id: stage.id, from, to: next });
    }
  }
  return times;
}

const minuteMs = 60_000;
