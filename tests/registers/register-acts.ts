import type { Standing } from '../../src/domain/access/standing.ts';
import { assumptionRules } from '../../src/domain/assumption/assumption-rules.ts';
import { decisionRules } from '../../src/domain/decision/decision-rules.ts';
import type { Actor, DomainEvent, Via } from '../../src/domain/event.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { decideEntry, foldEntry } from '../../src/domain/register/decide-entry.ts';
import {
  registerSettings,
  type Entry,
  type EntryContext,
  type EntryRules,
} from '../../src/domain/register/entry.ts';
import { riskRules } from '../../src/domain/risk/risk-rules.ts';
import { interruptRules } from '../../src/domain/triage/interrupt.ts';
import { learningRules } from '../../src/domain/triage/learning.ts';
import { triageRules } from '../../src/domain/triage/triage-rules.ts';

/** 1 April 2026, ten in the morning. */
export const noon = Date.parse('2026-04-01T10:00Z');
export const day = 86_400_000;

export const ana: Standing = {
  ...{ person: 'ana', role: 'member' },
  ...{ leadOf: ['red'], memberOf: ['red'], leaderless: [] },
};
export const ben: Standing = { ...ana, person: 'ben', leadOf: [] };
export const cleo: Standing = { ...ana, person: 'cleo', leadOf: ['blue'], memberOf: ['blue'] };
export const finn: Standing = { ...ben, person: 'finn', role: 'observer' };

export interface Act {
  readonly who?: Standing;
  readonly at?: number;
  readonly via?: Via;
}

/** What a rule may know, as somebody. */
export const contextAs = (standing: Standing): EntryContext => ({
  standing,
  ...{ zone: 'Europe/Berlin', settings: registerSettings },
});

/** An entry of a register that is acted on in turn, every act as its rule decides it. */
export function play<S extends Entry, C extends { readonly type: string }, E extends DomainEvent>(
  rules: EntryRules<S, C, E>,
) {
  let state: S | null = null;
  let events: readonly E[] = [];
  const self = {
    /** Does it, or says by which code it was refused. */
    ask(command: C, { who = ana, at = noon, via = 'web' }: Act = {}): string {
      const actor: Actor = { person: via === 'clock' ? null : who.person, via };
      const decided: Outcome<readonly E[]> = decideEntry(rules, state, {
        ...{ command, actor, at },
        context: contextAs(who),
      });
      if (!decided.ok) return decided.refusal.code;
      state = foldEntry(rules, decided.value, state);
      events = [...events, ...decided.value];
      return decided.value.map(({ type }) => type).join(' ');
    },
    get it(): S {
      if (state === null) throw new Error('nothing was opened');
      return state;
    },
    get events(): readonly E[] {
      return events;
    },
  };
  return self;
}

export const aDecision = () => play(decisionRules);
export const anAssumption = () => play(assumptionRules);
export const aRisk = () => play(riskRules);
export const anItem = () => play(triageRules);
export const anInterrupt = () => play(interruptRules);
export const aLearning = () => play(learningRules);
