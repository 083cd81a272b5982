import {
  outsideSignalRules,
  type OutsideSignal,
  type OutsideSignalEvent,
} from '#domain/strategy/outside-signal.ts';
import { outsideSignal } from '../store/schema.ts';
import { affecting, fact, type RegisterPart } from './part.ts';

/** Signals from outside (tracking.md T17). */
export const outsideSignalPart: RegisterPart<OutsideSignal, OutsideSignalEvent> = {
  kind: 'outside-signal',
  table: outsideSignal,
  rules: outsideSignalRules,
  columns: (it) => ({ area: it.area, assumptionId: it.assumption }),
  links: (it) => [
    ...affecting('touches', it.affects),
    ...(it.assumption === null
      ? []
      : [{ relation: 'speaks-to', kind: 'assumption' as const, id: it.assumption }]),
  ],
  flags: () => [],
  row: (it) => ({ area: it.area, assumptionId: it.assumption }),
  facts: (it) => [...fact('area', 'Seen in', it.area), ...fact('ended', 'What came of it', it.endedBecause)],
  sentence(event) {
    switch (event.type) {
      case 'noticed':
        return 'Noted.';
      case 'amended':
        return 'Changed it.';
      case 'closed':
        return 'Said what came of it.';
      case 'reopened':
        return 'Opened it again.';
    }
  },
};
