import type { ParamMatcher } from '@sveltejs/kit';

/** The pages of the registers: one set of pages for all kinds. */
export const match = ((param: string): param is RegisterPath =>
  ['decisions', 'assumptions', 'risks', 'triage', 'interrupts', 'learnings', 'signals', 'strategy'].includes(
    param,
  )) satisfies ParamMatcher;

type RegisterPath =
  'decisions' | 'assumptions' | 'risks' | 'triage' | 'interrupts' | 'learnings' | 'signals' | 'strategy';
