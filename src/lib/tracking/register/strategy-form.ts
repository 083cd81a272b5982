import { zones, type Zone, type ZonePriority } from '#domain/strategy/strategy-frame.ts';
import type { MoveField } from '../move.ts';
import type { EntryChoices, EntryForm, FormParts } from './form-parts.ts';
import { said, type Given } from './given.ts';

const questions: Readonly<Record<Zone, string>> = {
  whereTo: 'Where to',
  opportunities: 'Opportunities',
  markets: 'Markets',
  capabilities: 'Capabilities',
  outcomes: 'Outcomes',
};

/** Five answers, and under each the priorities of boards that serve it. */
export function strategyForm({ text }: FormParts, given: Given, choices: EntryChoices): EntryForm {
  const chosen = (given['priorities'] ?? []) as readonly ZonePriority[];
  const idOf = ({ board, key }: ZonePriority): string => `${board} ${key} `;
  const offered = choices.priorities ?? [];
  const isOffered = (it: ZonePriority) => offered.find(({ value }) => value.startsWith(idOf(it)));
  const valueOf = (it: ZonePriority): string => isOffered(it)?.value ?? `${idOf(it)}${it.title}`;
  // What was chosen and is on no board any more stays chosen until somebody takes it away.
  const gone = chosen
    .filter((it) => isOffered(it) === undefined)
    .map((it) => ({ value: valueOf(it), label: it.title }));
  const all = [...new Map([...offered, ...gone].map((it) => [it.value, it])).values()];
  const under = (zone: Zone): MoveField => ({
    kind: 'several',
    name: `priorities.${zone}`,
    label: `Priorities under ${questions[zone].toLowerCase()}`,
    options: all,
    values: chosen.filter((it) => it.zone === zone).map(valueOf),
    optional: true,
  });
  return {
    first: [
      { kind: 'text', name: 'title', label: 'The time it is for', value: said(given, 'title') },
      ...zones.map((zone) => text(zone, questions[zone], { lines: 3 })),
    ],
    more: all.length === 0 ? [] : zones.map(under),
  };
}
