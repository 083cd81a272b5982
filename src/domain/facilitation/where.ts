import type { Instant } from '../time.ts';
import type { Run, Stage } from './agenda.ts';
import type { Session } from './session.ts';
import { closesAt } from './window.ts';

const minuteMs = 60_000;

/** "3 of 9, 12 min left, running 7 min late": where a session stands, and when it will end if sections keep their time. */
export interface Where {
  /** Place of the current section among those not skipped, from 1; 0 before the start and after the end. */
  readonly number: number;
  readonly of: number;
  /** Of the current section's own time; 0 once it is used up. */
  readonly leftMs: number;
  /** Used beyond its own time. */
  readonly overMs: number;
  /** Later than planned at the start; negative = earlier. */
  readonly lateMs: number;
  readonly endsAt: Instant | null;
  /** Left until it closes, when everybody goes through it in their own time. */
  readonly openMs: number | null;
}

/** Where the session is at an instant. */
export function whereIs(it: Session, at: Instant): Where {
  const stages = it.stages.filter(({ skipped }) => !skipped);
  const of = stages.length;
  const closes = it.status === 'running' ? closesAt(it) : null;
  const openMs = closes === null ? null : Math.max(0, closes - at);
  const index = stages.findIndex(({ id }) => id === it.current);
  const current = stages[index];
  if (it.status !== 'running' || current === undefined || it.startedAt === null) {
    const start = it.status === 'planned' ? it.plannedAt : null;
    const endsAt = closes ?? (start === null ? it.endedAt : start + minutesOf(it.stages) * minuteMs);
    return { number: 0, of, leftMs: 0, overMs: 0, lateMs: 0, endsAt, openMs };
  }
  const left = current.minutes * minuteMs - spentMs(current, at);
  const rest = stages
    .slice(index + 1)
    .reduce((sum, stage) => sum + Math.max(0, stage.minutes * minuteMs - spentMs(stage, at)), 0);
  const endsAt = at + Math.max(0, left) + rest;
  const plannedEnd = it.startedAt + (it.plannedMinutes ?? 0) * minuteMs;
  return {
    ...{ number: index + 1, of, leftMs: Math.max(0, left), overMs: Math.max(0, -left) },
    ...{ lateMs: endsAt - plannedEnd, endsAt, openMs },
  };
}

/** Time spent in a section so far, over all visits to it. */
export function spentMs(stage: Pick<Stage, 'runs'>, at: Instant): number {
  return stage.runs.reduce((sum, run) => sum + lengthOf(run, at), 0);
}

const lengthOf = ({ from, to }: Run, at: Instant): number => Math.max(0, (to ?? at) - from);

const minutesOf = (stages: readonly Stage[]): number => stages.reduce((sum, { minutes }) => sum + minutes, 0);

/** The same in words. */
export function whereWords({ number, of, leftMs, overMs, lateMs, openMs }: Where): string {
  const minutes = (ms: number): number => Math.round(ms / minuteMs);
  if (openMs !== null) {
    const hours = Math.round(openMs / (60 * minuteMs));
    const left = hours >= 1 ? `${hours} h` : `${minutes(openMs)} min`;
    return `${of} sections, everybody in their own time, open for another ${left}`;
  }
  const here = overMs > 0 ? `${minutes(overMs)} min over` : `${minutes(leftMs)} min left`;
  const late = minutes(lateMs);
  const pace = late > 0 ? `running ${late} min late` : late < 0 ? `${-late} min early` : 'on time';
  return `${number} of ${of}, ${here}, ${pace}`;
}
