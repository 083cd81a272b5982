import type { RegisterDue } from '#protocol/views/registers.ts';
import { pageOf } from '#lib/tracking/register/kinds.ts';

/** What is asked of whoever owes this. */
export function askOf({ rule }: Pick<RegisterDue, 'rule'>): string {
  switch (rule) {
    case 'basis-broken':
      return 'Go on with a reason, change the promise or drop it.';
    case 'decision-overdue':
      return 'Decide it, or withdraw the question.';
    case 'decision-revisit':
      return 'Look at it again: reaffirm it, reverse it or decide anew.';
    case 'decision-conflict':
      return 'Another decision in force says otherwise: reverse one of them.';
    case 'assumption-check':
      return 'Check it: say whether it holds.';
    case 'assumption-question':
      return 'You are asked about it: say whether it holds.';
    case 'risk-no-follow-up':
      return 'You own it: say when you look again.';
    case 'risk-review':
      return 'Review it: it is resolved, planned against, or accepted again.';
    case 'triage-act':
      return 'You agreed to act: close it, or agree on another day.';
    default:
      return 'Look at it.';
  }
}

/** Where it is answered. */
export const answerPage = ({ kind, id }: Pick<RegisterDue, 'kind' | 'id'>): string =>
  pageOf(kind, id) ?? '/home';
