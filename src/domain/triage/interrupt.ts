import type { Place } from '../decision/command.ts';
import type { DomainEvent } from '../event.ts';
import { allowed } from '../outcome.ts';
import type { Entry, EntryAsked, EntryOutcome, EntryRules } from '../register/entry.ts';
import { missing, refuseFaults } from '../register/entry-faults.ts';

/** Urgent work, and what it pushed aside (tracking.md T17). */
export interface InterruptFacts {
  readonly what: string;
  /** Person-weeks. */
  readonly effort: number | null;
  readonly requestedBy: string;
  /** The commitment that waits because of it. */
  readonly displaced: string;
  readonly costDays: number | null;
  /** Weight of the promise that is lost, when days do not say it. */
  readonly costWeight: number | null;
}

export interface Interrupt extends Entry, InterruptFacts {
  readonly status: 'open' | 'done' | 'stopped';
  readonly endedBecause: string;
}

export type InterruptCommand =
  | ({
      readonly type: 'report';
      readonly what: string;
      readonly displaced: string;
    } & Partial<InterruptFacts> &
      Place)
  | { readonly type: 'finish'; readonly reason?: string; readonly costDays?: number | null }
  | { readonly type: 'stop'; readonly reason: string }
  | { readonly type: 'tick' };

export interface InterruptEventData {
  reported: { readonly facts: InterruptFacts; readonly place: Required<Place> };
  finished: { readonly reason: string; readonly costDays: number | null };
  stopped: { readonly reason: string };
}

export type InterruptEvent = {
  [Type in keyof InterruptEventData]: DomainEvent<Type, InterruptEventData[Type]>;
}[keyof InterruptEventData];

const hands = ['raiser', 'team', 'room'] as const;

export const interruptRules: EntryRules<Interrupt, InterruptCommand, InterruptEvent> = {
  noun: 'interrupt',
  ownerWord: 'who reported it',
  opens: 'report',
  acts: {
    finish: { from: ['open'], by: hands, does: 'say that it is done' },
    stop: { from: ['open'], by: hands, does: 'stop it' },
  },
  open({ command, actor, at }: EntryAsked<InterruptCommand>): EntryOutcome<InterruptEvent> {
    if (command.type !== 'report') return allowed([]);
    const facts: InterruptFacts = {
      what: command.what,
      effort: command.effort ?? null,
      requestedBy: command.requestedBy ?? '',
      displaced: command.displaced,
      costDays: command.costDays ?? null,
      costWeight: command.costWeight ?? null,
    };
    const costs = facts.costDays !== null || facts.costWeight !== null;
    const stopped = refuseFaults([
      missing('what', facts.what, 'Write what the urgent work is.'),
      missing('displaced', facts.displaced, 'Say which commitment it displaces.'),
      costs ? null : { path: 'costDays', message: 'Say what it costs, in days or in weight.' },
      negative('effort', facts.effort),
      negative('costDays', facts.costDays),
      negative('costWeight', facts.costWeight),
    ]);
    if (stopped !== null) return stopped;
    const place = { board: command.board ?? null, key: command.key ?? null, team: command.team ?? null };
    return allowed([{ type: 'reported', data: { facts, place }, at, actor }]);
  },
  act(_it, { command, actor, at }): EntryOutcome<InterruptEvent> {
    if (command.type === 'finish') {
      const { reason = '', costDays = null } = command;
      const stopped = refuseFaults([negative('costDays', costDays)]);
      return stopped ?? allowed([{ type: 'finished', data: { reason, costDays }, at, actor, reason }]);
    }
    if (command.type !== 'stop') return allowed([]);
    const { reason } = command;
    const stopped = refuseFaults([missing('reason', reason, 'Say why it is stopped.')]);
    return stopped ?? allowed([{ type: 'stopped', data: { reason }, at, actor, reason }]);
  },
  fold(state, event) {
    const { at, actor } = event;
    if (event.type === 'reported') {
      const { facts, place } = event.data;
      return {
        ...{ ...facts, ...place, status: 'open', title: facts.what, owner: null },
        ...{ raisedBy: actor.person, raisedAt: at, closedAt: null },
        ...{ affects: [facts.displaced], endedBecause: '' },
      };
    }
    if (state === null) return null;
    const endedBecause = event.data.reason;
    if (event.type === 'stopped') return { ...state, status: 'stopped', endedBecause, closedAt: at };
    const costDays = event.data.costDays ?? state.costDays;
    return { ...state, status: 'done', endedBecause, costDays, closedAt: at };
  },
  clock: () => [],
};

function negative(path: string, value: number | null) {
  return value === null || (Number.isFinite(value) && value >= 0)
    ? null
    : { path, message: 'Give a number from 0 up.' };
}
