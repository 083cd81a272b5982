import type { Place } from '../decision/command.ts';
import type { DomainEvent } from '../event.ts';
import { allowed } from '../outcome.ts';
import type { Entry, EntryAsked, EntryOutcome, EntryRules } from '../register/entry.ts';
import { differing, missing, refuseFaults } from '../register/entry-faults.ts';

export const signalAreas = ['market', 'customers', 'technology', 'competitors'] as const;
export type SignalArea = (typeof signalAreas)[number];

/** Something seen outside that may change the plan (tracking.md T17). */
export interface OutsideSignalFacts {
  readonly text: string;
  readonly area: SignalArea;
  /** The assumption it speaks for or against. */
  readonly assumption: string | null;
  readonly affects: readonly string[];
}

export interface OutsideSignal extends Entry, Omit<OutsideSignalFacts, 'affects'> {
  readonly status: 'seen' | 'closed';
  /** What came of it. */
  readonly endedBecause: string;
}

export type OutsideSignalCommand =
  | ({ readonly type: 'notice'; readonly text: string } & Partial<OutsideSignalFacts> & Place)
  | ({ readonly type: 'amend' } & Partial<OutsideSignalFacts>)
  | { readonly type: 'close'; readonly reason: string }
  | { readonly type: 'reopen'; readonly reason: string }
  | { readonly type: 'tick' };

export interface OutsideSignalEventData {
  noticed: { readonly facts: OutsideSignalFacts; readonly place: Required<Place> };
  amended: { readonly change: Partial<OutsideSignalFacts> };
  closed: { readonly reason: string };
  reopened: { readonly reason: string };
}

export type OutsideSignalEvent = {
  [Type in keyof OutsideSignalEventData]: DomainEvent<Type, OutsideSignalEventData[Type]>;
}[keyof OutsideSignalEventData];

const hands = ['raiser', 'team', 'room'] as const;

/** The way of an outside signal: anybody notes it, and it ends with what came of it. */
export const outsideSignalRules: EntryRules<OutsideSignal, OutsideSignalCommand, OutsideSignalEvent> = {
  noun: 'signal',
  ownerWord: 'who noted it',
  opens: 'notice',
  acts: {
    close: { from: ['seen'], by: hands, does: 'say what came of it' },
    amend: { from: ['seen'], by: hands, does: 'change it' },
    reopen: { from: ['closed'], by: hands, does: 'open it again' },
  },
  open({ command, actor, at }: EntryAsked<OutsideSignalCommand>): EntryOutcome<OutsideSignalEvent> {
    if (command.type !== 'notice') return allowed([]);
    const facts: OutsideSignalFacts = {
      text: command.text,
      area: command.area ?? 'market',
      assumption: command.assumption ?? null,
      affects: command.affects ?? [],
    };
    const stopped = refuseFaults([missing('text', facts.text, 'Write what was seen.')]);
    if (stopped !== null) return stopped;
    const place = { board: command.board ?? null, key: command.key ?? null, team: command.team ?? null };
    return allowed([{ type: 'noticed', data: { facts, place }, at, actor }]);
  },
  act(it, { command, actor, at }): EntryOutcome<OutsideSignalEvent> {
    if (command.type === 'amend') {
      const { type: _, ...facts } = command;
      const change = differing<OutsideSignalFacts>(it, facts);
      const stopped = refuseFaults([missing('text', change.text ?? it.text, 'Write what was seen.')]);
      if (stopped !== null || Object.keys(change).length === 0) return stopped ?? allowed([]);
      return allowed([{ type: 'amended', data: { change }, at, actor }]);
    }
    if (command.type !== 'close' && command.type !== 'reopen') return allowed([]);
    const { reason } = command;
    const stopped = refuseFaults([missing('reason', reason, 'Say what came of it, or why.')]);
    const type = command.type === 'close' ? 'closed' : 'reopened';
    return stopped ?? allowed([{ type, data: { reason }, at, actor, reason }]);
  },
  fold(state, event) {
    const { at, actor } = event;
    if (event.type === 'noticed') {
      const { facts, place } = event.data;
      return {
        ...{ ...facts, ...place, status: 'seen', title: facts.text, owner: null },
        ...{ raisedBy: actor.person, raisedAt: at, closedAt: null, endedBecause: '' },
      };
    }
    if (state === null) return null;
    switch (event.type) {
      case 'amended': {
        const next = { ...state, ...event.data.change };
        return { ...next, title: next.text };
      }
      case 'closed':
        return { ...state, status: 'closed', endedBecause: event.data.reason, closedAt: at };
      case 'reopened':
        return { ...state, status: 'seen', endedBecause: '', closedAt: null };
    }
  },
  clock: () => [],
};
