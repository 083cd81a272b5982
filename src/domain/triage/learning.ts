import { causeCodes, type CauseCode } from '../commitment/commitment.ts';
import type { Place } from '../decision/command.ts';
import type { DomainEvent } from '../event.ts';
import { allowed } from '../outcome.ts';
import type { Entry, EntryAsked, EntryOutcome, EntryRules } from '../register/entry.ts';
import { missing, refuseFaults } from '../register/entry-faults.ts';

/** What changed because of a learning: something linked, or in words; null = none yet. */
export interface LinkedChange {
  readonly kind: 'decision' | 'commitment' | 'triage-item' | 'text';
  readonly id: string | null;
  readonly text: string;
}

export interface LearningFacts {
  readonly sentence: string;
  readonly cause: CauseCode | null;
  /** What it was learned from. */
  readonly fromKind: string | null;
  readonly fromId: string | null;
  readonly change: LinkedChange | null;
}

export interface Learning extends Entry, LearningFacts {
  readonly status: 'none-yet' | 'changed';
}

export type LearningCommand =
  | ({ readonly type: 'learn'; readonly sentence: string; readonly affects?: readonly string[] } & Partial<
      Omit<LearningFacts, 'sentence'>
    > &
      Place)
  | { readonly type: 'link-change'; readonly change: LinkedChange }
  | { readonly type: 'tick' };

export interface LearningEventData {
  learned: {
    readonly facts: LearningFacts;
    readonly affects: readonly string[];
    readonly place: Required<Place>;
  };
  'change-linked': { readonly change: LinkedChange };
}

export type LearningEvent = {
  [Type in keyof LearningEventData]: DomainEvent<Type, LearningEventData[Type]>;
}[keyof LearningEventData];

export const learningRules: EntryRules<Learning, LearningCommand, LearningEvent> = {
  noun: 'learning',
  ownerWord: 'who wrote it down',
  opens: 'learn',
  acts: {
    'link-change': { from: ['none-yet', 'changed'], by: ['anyone'], does: 'say what changed' },
  },
  open({ command, actor, at }: EntryAsked<LearningCommand>): EntryOutcome<LearningEvent> {
    if (command.type !== 'learn') return allowed([]);
    const facts: LearningFacts = {
      sentence: command.sentence,
      cause: command.cause ?? null,
      fromKind: command.fromKind ?? null,
      fromId: command.fromId ?? null,
      change: command.change ?? null,
    };
    const strange = facts.cause !== null && !causeCodes.includes(facts.cause);
    const stopped = refuseFaults([
      missing('sentence', facts.sentence, 'Write in a sentence what was learned.'),
      strange ? { path: 'cause', message: 'Choose a cause from the list.' } : null,
      changeFault(facts.change),
    ]);
    if (stopped !== null) return stopped;
    const place = { board: command.board ?? null, key: command.key ?? null, team: command.team ?? null };
    const affects = command.affects ?? [];
    return allowed([{ type: 'learned', data: { facts, affects, place }, at, actor }]);
  },
  act(_it, { command, actor, at }): EntryOutcome<LearningEvent> {
    if (command.type !== 'link-change') return allowed([]);
    const stopped = refuseFaults([changeFault(command.change)]);
    return stopped ?? allowed([{ type: 'change-linked', data: { change: command.change }, at, actor }]);
  },
  fold(state, event) {
    const { at, actor } = event;
    if (event.type === 'learned') {
      const { facts, affects, place } = event.data;
      return {
        ...{ ...facts, ...place, affects, title: facts.sentence, owner: actor.person },
        ...{ status: facts.change === null ? 'none-yet' : 'changed' },
        ...{ raisedBy: actor.person, raisedAt: at, closedAt: null },
      };
    }
    return state === null ? null : { ...state, status: 'changed', change: event.data.change };
  },
  clock: () => [],
};

function changeFault(change: LinkedChange | null) {
  if (change === null) return null;
  if (change.kind === 'text') return missing('change.text', change.text, 'Say what changed.');
  return missing('change.id', change.id ?? '', 'Choose what changed.');
}
