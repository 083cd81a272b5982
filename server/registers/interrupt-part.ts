import { interruptRules, type Interrupt, type InterruptEvent } from '#domain/triage/interrupt.ts';
import { interrupt } from '../store/schema.ts';
import { affecting, fact, type RegisterPart } from './part.ts';

/** Urgent work that displaced a promise (tracking.md T17). */
export const interruptPart: RegisterPart<Interrupt, InterruptEvent> = {
  kind: 'interrupt',
  table: interrupt,
  rules: interruptRules,
  columns: (it) => ({
    effort: it.effort,
    displacedId: it.displaced,
    costDays: it.costDays,
    raisedBy: it.raisedBy,
  }),
  links: (it) => affecting('displaces', [it.displaced]),
  flags: () => [],
  row: (it, _weight, words) => ({
    requestedBy: it.requestedBy,
    effort: it.effort,
    displacedId: it.displaced,
    displacedTitle: words.commitment(it.displaced),
    costDays: it.costDays,
    costWeight: it.costWeight,
  }),
  facts: (it, words) => [
    ...fact('displaced', 'Displaces', words.commitment(it.displaced)),
    ...fact('costDays', 'Costs', it.costDays === null ? null : `${it.costDays} days`),
    ...fact('costWeight', 'Costs in weight', it.costWeight === null ? null : String(it.costWeight)),
    ...fact('effort', 'Effort', it.effort === null ? null : `${it.effort} person-weeks`),
    ...fact('requestedBy', 'Asked for by', it.requestedBy),
    ...fact('ended', it.status === 'stopped' ? 'Stopped because' : 'In the end', it.endedBecause),
  ],
  sentence(event) {
    switch (event.type) {
      case 'reported':
        return 'Reported the urgent work.';
      case 'finished':
        return 'Done.';
      case 'stopped':
        return 'Stopped.';
    }
  },
};
