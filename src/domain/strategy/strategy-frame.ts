import type { Place } from '../decision/command.ts';
import type { DomainEvent } from '../event.ts';
import { allowed, refused } from '../outcome.ts';
import type { Entry, EntryAsked, EntryOutcome, EntryRules } from '../register/entry.ts';
import { directs } from '../register/entry-roles.ts';
import { differing, missing, refuseFaults } from '../register/entry-faults.ts';

/** The five questions a strategy answers (tracking.md T17). */
export const zones = ['whereTo', 'opportunities', 'markets', 'capabilities', 'outcomes'] as const;
export type Zone = (typeof zones)[number];

/** A priority of a board under a zone, called what it was called then. */
export interface ZonePriority {
  readonly zone: Zone;
  readonly board: string;
  readonly key: string;
  readonly title: string;
}

export interface StrategyFrameFacts extends Readonly<Record<Zone, string>> {
  /** The time it is for: "2027". */
  readonly title: string;
  readonly priorities: readonly ZonePriority[];
}

export interface StrategyFrame extends Entry, StrategyFrameFacts {
  readonly status: 'current' | 'superseded';
  readonly supersededBy: string | null;
}

export type StrategyFrameCommand =
  | ({ readonly type: 'frame'; readonly title: string } & Partial<StrategyFrameFacts> & Place)
  | ({ readonly type: 'amend' } & Partial<StrategyFrameFacts>)
  | { readonly type: 'supersede'; readonly by: string }
  | { readonly type: 'tick' };

export interface StrategyFrameEventData {
  framed: { readonly facts: StrategyFrameFacts; readonly place: Required<Place> };
  amended: { readonly change: Partial<StrategyFrameFacts> };
  superseded: { readonly by: string };
}

export type StrategyFrameEvent = {
  [Type in keyof StrategyFrameEventData]: DomainEvent<Type, StrategyFrameEventData[Type]>;
}[keyof StrategyFrameEventData];

/** The way of a strategy frame: one is current, each change is kept, the next takes its place. */
export const strategyFrameRules: EntryRules<StrategyFrame, StrategyFrameCommand, StrategyFrameEvent> = {
  noun: 'strategy frame',
  ownerWord: 'who wrote it',
  opens: 'frame',
  acts: {
    amend: { from: ['current'], by: ['directs', 'room'], does: 'change it' },
    supersede: { from: ['current'], by: ['anyone'], does: 'put another in its place', silent: true },
  },
  open({ command, actor, at, context }: EntryAsked<StrategyFrameCommand>): EntryOutcome<StrategyFrameEvent> {
    if (command.type !== 'frame') return allowed([]);
    if (actor.via !== 'session' && !directs(context.standing)) {
      return refused('not-yours', 'An administrator, a team lead or a session writes the strategy down.');
    }
    const facts: StrategyFrameFacts = {
      title: command.title,
      whereTo: command.whereTo ?? '',
      opportunities: command.opportunities ?? '',
      markets: command.markets ?? '',
      capabilities: command.capabilities ?? '',
      outcomes: command.outcomes ?? '',
      priorities: command.priorities ?? [],
    };
    const stopped = refuseFaults(faultsOf(facts));
    if (stopped !== null) return stopped;
    const place = { board: command.board ?? null, key: command.key ?? null, team: command.team ?? null };
    return allowed([{ type: 'framed', data: { facts, place }, at, actor }]);
  },
  act(it, { command, actor, at }): EntryOutcome<StrategyFrameEvent> {
    if (command.type === 'supersede') {
      return allowed([{ type: 'superseded', data: { by: command.by }, at, actor }]);
    }
    if (command.type !== 'amend') return allowed([]);
    const { type: _, ...facts } = command;
    const change = differing<StrategyFrameFacts>(it, facts);
    const stopped = refuseFaults(faultsOf({ ...it, ...change }));
    if (stopped !== null || Object.keys(change).length === 0) return stopped ?? allowed([]);
    return allowed([{ type: 'amended', data: { change }, at, actor }]);
  },
  fold(state, event) {
    const { at, actor } = event;
    if (event.type === 'framed') {
      const { facts, place } = event.data;
      return {
        ...{ ...facts, ...place, status: 'current', owner: actor.person, affects: [] },
        ...{ raisedBy: actor.person, raisedAt: at, closedAt: null, supersededBy: null },
      };
    }
    if (state === null) return null;
    if (event.type === 'amended') return { ...state, ...event.data.change };
    return { ...state, status: 'superseded', supersededBy: event.data.by, closedAt: at };
  },
  clock: () => [],
};

const faultsOf = (it: StrategyFrameFacts) => [
  missing('title', it.title, 'Say which time it is for, such as 2027.'),
  zones.some((zone) => it[zone].trim() !== '')
    ? null
    : { path: 'whereTo', message: 'Answer at least one of the five questions.' },
];
