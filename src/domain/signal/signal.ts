import type { Instant } from '../time.ts';

/** Early-warning rules (tracking.md T11) that are watched. */
export const signalRules = ['W4', 'W5', 'W6', 'W7', 'W9', 'W10', 'W11'] as const;
export type SignalRule = (typeof signalRules)[number];

export type SignalSubject = 'commitment' | 'dependency' | 'decision' | 'ritual' | 'person' | 'team';

/** Whom a warning is for, in order: who can act first, then who helps, then who leads. */
export interface Addressee {
  readonly as: 'owner' | 'asking side' | 'provider' | 'reviewer' | 'decider' | 'team' | 'lead';
  /** A person, or a team whose lead is meant (any member when it has none). */
  readonly person: string | null;
  readonly team: string | null;
}

/** One warning with what it rests on and what it asks for. Nothing here speaks about people: only about what is owed. */
export interface Signal {
  readonly rule: SignalRule;
  readonly subject: { readonly kind: SignalSubject; readonly id: string };
  readonly title: string;
  /** 1-10 and more: what hangs on it; warnings are ranked by it. */
  readonly weight: number;
  /** Grows when it gets worse, so that it is said again before the 14 days are over. */
  readonly severity: number;
  /** What is seen, in a sentence. */
  readonly evidence: string;
  /** What is asked for. */
  readonly ask: string;
  /** Since when it holds. */
  readonly since: Instant;
  readonly audience: readonly Addressee[];
}

/** Every threshold of the rules (tracking.md I9). */
export interface SignalSettings {
  readonly heavyFrom: number;
  readonly staleDays: number;
  readonly tightDays: number;
  readonly quietDays: number;
  readonly carries: number;
  readonly slips: number;
  readonly skips: number;
  readonly quorumMissed: number;
  readonly quorumOf: number;
  readonly openPerOwner: number;
  /** The same warning is said again after so many days, or when it got worse. */
  readonly sayAgainAfterDays: number;
}

export const defaultSignalSettings: SignalSettings = {
  heavyFrom: 5,
  staleDays: 7,
  tightDays: 5,
  quietDays: 10,
  carries: 2,
  slips: 2,
  skips: 2,
  quorumMissed: 3,
  quorumOf: 4,
  openPerOwner: 3,
  sayAgainAfterDays: 14,
};

export const person = (as: Addressee['as'], id: string | null): readonly Addressee[] =>
  id === null ? [] : [{ as, person: id, team: null }];
export const team = (as: Addressee['as'], id: string | null): readonly Addressee[] =>
  id === null ? [] : [{ as, person: null, team: id }];

/** "1 day", "3 days". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
