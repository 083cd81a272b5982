import type { RegisterKind } from '#protocol/views/registers.ts';

/** One register in words. */
export interface RegisterWords {
  readonly kind: RegisterKind;
  readonly path: string;
  readonly many: string;
  readonly one: string;
  /** What the button that makes one says. */
  readonly make: string;
  /** What its owner is called as a column. */
  readonly owner: string;
  /** What it is for, said where there is none. */
  readonly empty: string;
  /** How the first one comes about. */
  readonly begin: string;
}

/** In the order of their tabs. */
export const registers: readonly RegisterWords[] = [
  {
    ...{ kind: 'decision', path: 'decisions', many: 'Decisions', one: 'Decision' },
    ...{ make: 'New decision', owner: 'Decider' },
    empty:
      'Questions with one decider and a day, and what was decided. Open ones hold up what waits for them.',
    begin: 'Ask a question here, on a commitment or on a board; one already taken needs thirty seconds.',
  },
  {
    ...{ kind: 'assumption', path: 'assumptions', many: 'Assumptions', one: 'Assumption' },
    ...{ make: 'New assumption', owner: 'Owner' },
    empty:
      'What the plan takes for granted. When one fails, every promise that rests on it has to be answered.',
    begin: 'Write down the one belief that would hurt most if it were wrong, and say when it is checked.',
  },
  {
    ...{ kind: 'risk', path: 'risks', many: 'Risks', one: 'Risk' },
    ...{ make: 'New risk', owner: 'Owner' },
    empty: 'What may happen, for worse or better: resolved, owned, accepted or mitigated, each by name.',
    begin:
      'Write down what worries you here, on a commitment or on a board; somebody then owns it, or it is accepted.',
  },
  {
    ...{ kind: 'triage-item', path: 'triage', many: 'Triage', one: 'Issue' },
    ...{ make: 'Raise an issue', owner: 'Who acts' },
    empty: 'Issues and opportunities anybody raised, ranked by the team that can do something about them.',
    begin:
      'Raise what stands in the way here, in a check-in, on a card or in a session; its team says now, later or not ours.',
  },
  {
    ...{ kind: 'interrupt', path: 'interrupts', many: 'Interrupts', one: 'Interrupt' },
    ...{ make: 'Report urgent work', owner: 'Reported by' },
    empty: 'Urgent work that pushed a promise aside, and what that cost.',
    begin:
      'When urgent work pushes a promise aside, note it here with what it costs, so that the promise is not blamed.',
  },
  {
    ...{ kind: 'learning', path: 'learnings', many: 'Learnings', one: 'Learning' },
    ...{ make: 'Write a learning', owner: 'By' },
    empty: 'What was learned, and what changed because of it.',
    begin:
      'Write one sentence while it is fresh, after a close or an incident, and later what changed because of it.',
  },
  {
    ...{ kind: 'outside-signal', path: 'signals', many: 'Signals', one: 'Signal' },
    ...{ make: 'Note a signal', owner: 'Noted by' },
    empty: 'What was seen outside and may change the plan: market, customers, technology, competitors.',
    begin: 'Note what you saw in one sentence, and which assumption it speaks for or against.',
  },
  {
    ...{ kind: 'strategy-frame', path: 'strategy', many: 'Strategy', one: 'Strategy' },
    ...{ make: 'Write the strategy', owner: 'Written by' },
    empty:
      'Where to, opportunities, markets, capabilities, outcomes: five answers, and the priorities under each.',
    begin: 'Answer one of the five questions; the annual meeting looks at all of them again.',
  },
];

export const registerOf = (kind: RegisterKind): RegisterWords =>
  registers.find((it) => it.kind === kind) ?? (registers[0] as RegisterWords);

/** Where an entry has its page; null for what has none. */
export function pageOf(kind: string, id: string): string | null {
  if (kind === 'commitment') return `/commitments/${id}`;
  if (kind === 'session') return `/sessions/${id}`;
  const found = registers.find((it) => it.kind === kind);
  return found === undefined ? null : `/${found.path}/${id}`;
}

/** How two things hang together, as a heading over the other one. */
export function linkWords(relation: string, incoming: boolean): string {
  const words: Readonly<Record<string, readonly [string, string]>> = {
    affects: ['Holds up', 'Waits on'],
    carries: ['Carries', 'Rests on'],
    threatens: ['Touches', 'Touched by'],
    concerns: ['Is about', 'Raised about it'],
    displaces: ['Displaces', 'Displaced by'],
    supersedes: ['Takes the place of', 'Replaced by'],
    'rests-on': ['Rests on', 'Decisions that rest on it'],
    'raised-from': ['Came from', 'Led to'],
    'closed-by': ['Ended in', 'Ended'],
    'learned-from': ['Learned from', 'Learned'],
    changes: ['Changed', 'Changed because of'],
    touches: ['Touches', 'Signals about it'],
    'speaks-to': ['Speaks for or against', 'Signals about it'],
    'superseded-by': ['Replaced by', 'Takes the place of'],
    'raised-in': ['Said in', 'Said there'],
    'acted-in': ['Spoken of in', 'Spoken of there'],
  };
  const [out, back] = words[relation] ?? [relation, relation];
  return incoming ? back : out;
}
