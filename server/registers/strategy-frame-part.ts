import {
  strategyFrameRules,
  zones,
  type StrategyFrame,
  type StrategyFrameEvent,
  type Zone,
} from '#domain/strategy/strategy-frame.ts';
import { strategyFrame } from '../store/schema.ts';
import { fact, type RegisterPart } from './part.ts';

const labels: Readonly<Record<Zone, string>> = {
  whereTo: 'Where to',
  opportunities: 'Opportunities',
  markets: 'Markets',
  capabilities: 'Capabilities',
  outcomes: 'Outcomes',
};

/** Strategy frames (tracking.md T17): five answers, and the priorities under each. */
export const strategyFramePart: RegisterPart<StrategyFrame, StrategyFrameEvent> = {
  kind: 'strategy-frame',
  table: strategyFrame,
  rules: strategyFrameRules,
  columns: () => ({}),
  links: (it) =>
    it.supersededBy === null
      ? []
      : [{ relation: 'superseded-by', kind: 'strategy-frame', id: it.supersededBy }],
  flags: () => [],
  row: (it) => ({ answered: zones.filter((zone) => it[zone].trim() !== '').length }),
  facts: (it) =>
    zones.flatMap((zone) => {
      const under = it.priorities.filter((priority) => priority.zone === zone);
      return [
        ...fact(zone, labels[zone], it[zone]),
        ...fact(
          `${zone}-priorities`,
          `Priorities: ${labels[zone].toLowerCase()}`,
          under.map(({ title }) => title).join('\n'),
        ),
      ];
    }),
  sentence(event) {
    switch (event.type) {
      case 'framed':
        return 'Written down.';
      case 'amended':
        return `Changed ${Object.keys(event.data.change).map(wordOf).join(', ')}.`;
      case 'superseded':
        return 'Another took its place.';
    }
  },
};

const wordOf = (field: string): string =>
  (Object.hasOwn(labels, field) ? labels[field as Zone] : field).toLowerCase();
