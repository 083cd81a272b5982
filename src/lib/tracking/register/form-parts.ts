import type { MetricRule } from '#domain/register/metric-rule.ts';
import type { MoveField, Option } from '../move.ts';
import { list, options, said, type Given } from './given.ts';

/** What forms can choose from. */
export interface EntryChoices {
  readonly commitments: readonly Option[];
  /** Decisions that are taken. */
  readonly decisions: readonly Option[];
  readonly assumptions: readonly Option[];
  readonly teams: readonly Option[];
  /** Counted measures of the commitments an entry is about, each as its commitment and key. */
  readonly measures: readonly Option[];
  /** Priorities of the boards, each as its board, key and title; asked for where a form offers them. */
  readonly priorities?: readonly Option[];
}

/** The fields of a new entry: the few that are needed, and the rest, folded away. */
export interface EntryForm {
  readonly first: readonly MoveField[];
  readonly more: readonly MoveField[];
}

export type FormParts = ReturnType<typeof formParts>;

/** The fields that forms of several registers share, filled with what stands there. */
export function formParts(given: Given, choices: EntryChoices) {
  const affects: MoveField = {
    kind: 'several',
    name: 'affects',
    label: 'Promises it touches',
    options: choices.commitments,
    values: list(given, 'affects'),
    optional: true,
  };
  const team: MoveField = {
    kind: 'select',
    name: 'team',
    label: 'Team',
    options: choices.teams,
    empty: 'Every team',
    value: said(given, 'team'),
    optional: true,
  };
  const text = (name: string, label: string, more: { lines?: number; hint?: string } = {}): MoveField => ({
    ...{ kind: 'text', name, label, optional: true, value: said(given, name), ...more },
  });
  const date = (name: string, label: string, hint?: string): MoveField => ({
    ...{ kind: 'date', name, label, optional: true, value: said(given, name) },
    ...(hint === undefined ? {} : { hint }),
  });
  const number = (name: string, label: string, unit?: string): MoveField => ({
    ...{ kind: 'number', name, label, optional: true, value: said(given, name) },
    ...(unit === undefined ? {} : { unit }),
  });
  const choose = (name: string, label: string, of: readonly Option[], otherwise: string): MoveField => ({
    ...{ kind: 'select', name, label, options: of, value: said(given, name) || otherwise },
  });
  /** A measure and the value up to which all stays as it is; nothing where there is no measure to watch. */
  const measured = (name: string, label: string): readonly MoveField[] => {
    const rule = Reflect.get(given, name) as Partial<MetricRule> | null | undefined;
    if (choices.measures.length === 0 && rule?.measure === undefined) return [];
    return [
      {
        ...{ kind: 'select', name: `${name}.measure`, label, options: choices.measures },
        ...{ empty: 'None', optional: true },
        value: rule?.measure === undefined ? '' : `${rule.commitment ?? ''} ${rule.measure}`,
      },
      {
        ...{ kind: 'select', name: `${name}.holdsWhile`, label: 'All is well while it is' },
        options: options(['at-least', 'at least'], ['at-most', 'at most']),
        value: rule?.holdsWhile ?? 'at-least',
      },
      {
        ...{ kind: 'number', name: `${name}.value`, label: 'this value', optional: true },
        value: rule?.value === undefined ? '' : String(rule.value),
      },
    ];
  };
  return { affects, team, text, date, number, choose, measured };
}
