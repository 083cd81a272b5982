import type { RegisterKind } from '#protocol/views/registers.ts';
import { causeOptions } from '../causes.ts';
import type { MoveField, Option } from '../move.ts';
import { graded, list, options, said, type Given } from './given.ts';

/** What forms can choose from. */
export interface EntryChoices {
  readonly commitments: readonly Option[];
  /** Decisions that are taken. */
  readonly decisions: readonly Option[];
  readonly assumptions: readonly Option[];
  readonly teams: readonly Option[];
  /** Counted measures of the commitment a new entry is about. */
  readonly measures: readonly Option[];
}

/** The fields of a new entry: the few that are needed, and the rest, folded away. */
export interface EntryForm {
  readonly first: readonly MoveField[];
  readonly more: readonly MoveField[];
}

export function entryForm(kind: RegisterKind, given: Given, choices: EntryChoices): EntryForm {
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
  const watch: MoveField = {
    ...{ kind: 'select', name: 'watchMeasure', label: 'Watch a measure', options: choices.measures },
    ...{ empty: 'None', optional: true },
  };

  switch (kind) {
    case 'decision':
      return {
        first: [
          { kind: 'text', name: 'question', label: 'Question', lines: 2, value: said(given, 'question') },
          { kind: 'person', name: 'decider', label: 'Who decides', value: said(given, 'decider') },
          date('neededBy', 'Needed by'),
          text('chosen', 'What was decided', {
            lines: 2,
            hint: 'Leave it empty while the question is open. Only the decider fills it in.',
          }),
          affects,
        ],
        more: [
          choose(
            'kind',
            'Kind',
            options(
              ['strategic', 'Strategic'],
              ['trade-off', 'Trade-off'],
              ['resource', 'Resource'],
              ['scope', 'Scope'],
              ['policy', 'Policy'],
            ),
            'scope',
          ),
          text('options', 'Options', {
            lines: 4,
            hint: 'One a line: the option | for | against | cost.',
          }),
          {
            kind: 'people',
            name: 'consulted',
            label: 'Consulted',
            values: list(given, 'consulted'),
            optional: true,
          },
          {
            kind: 'people',
            name: 'informed',
            label: 'Informed',
            values: list(given, 'informed'),
            optional: true,
          },
          choose(
            'reversible',
            'Reversible',
            options(['', 'not said'], ['yes', 'yes'], ['no', 'no, or hardly']),
            '',
          ),
          text('rationale', 'Because', { lines: 2 }),
          text('expectedSignal', 'We will know it was right if'),
          date('revisitOn', 'Look at it again on'),
          {
            ...{ kind: 'select', name: 'triggerAssumption', label: 'Rests on the assumption' },
            ...{
              options: choices.assumptions,
              empty: 'None',
              value: said(given, 'triggerAssumption'),
              optional: true,
            },
          },
          text('trigger', 'Look at it again when'),
          {
            ...{
              kind: 'select',
              name: 'supersedes',
              label: 'Takes the place of',
              options: choices.decisions,
            },
            ...{ empty: 'None', value: said(given, 'supersedes'), optional: true },
          },
          text('sets', 'What it sets', {
            lines: 2,
            hint: 'One a line, as field = value, for the promises it touches. Two decisions that say otherwise are shown as a conflict.',
          }),
          team,
        ],
      };
    case 'assumption':
      return {
        first: [
          {
            ...{ kind: 'text', name: 'statement', label: 'What the plan takes for granted', lines: 2 },
            value: said(given, 'statement'),
          },
          choose('loadBearing', 'How much rests on it', graded(3, 'little', 'much'), '2'),
          choose('vulnerability', 'How easily it may be wrong', graded(3, 'hardly', 'easily'), '2'),
          affects,
        ],
        more: [
          choose(
            'area',
            'Area',
            options(
              ['market', 'Market'],
              ['customer', 'Customers'],
              ['technology', 'Technology'],
              ['competitor', 'Competitors'],
              ['internal', 'Ourselves'],
            ),
            'internal',
          ),
          {
            kind: 'person',
            name: 'owner',
            label: 'Who watches it',
            value: said(given, 'owner'),
            optional: true,
          },
          choose(
            'cadence',
            'Checked',
            options(
              ['none', 'on no rhythm'],
              ['weekly', 'weekly'],
              ['monthly', 'monthly'],
              ['quarterly', 'quarterly'],
            ),
            'none',
          ),
          date('nextCheck', 'Next check'),
          ...(choices.measures.length === 0
            ? []
            : [
                watch,

                choose(
                  'watchRule',
                  'It holds while',
                  options(['at-least', 'at least'], ['at-most', 'at most']),
                  'at-least',
                ),
                number('watchValue', 'this value'),
              ]),
          date('watchOn', 'Or watch a day', 'Something happens that day that shows it.'),
          text('watchWhat', 'What happens that day'),
          text('shaping', 'What keeps it true'),
          text('hedge', 'What is done in case it fails'),
          number('confidence', 'Confidence that it holds', '%'),
          team,
        ],
      };
    case 'risk':
      return {
        first: [
          { kind: 'text', name: 'title', label: 'What may happen', lines: 2, value: said(given, 'title') },
          choose(
            'sign',
            'For worse or better',
            options(['risk', 'a risk'], ['opportunity', 'an opportunity']),
            'risk',
          ),
          choose(
            'probability',
            'Probability',
            [{ value: '', label: 'not judged yet' }, ...graded(5, 'unlikely', 'nearly certain')],
            '',
          ),
          affects,
        ],
        more: [
          text('detail', 'In more words', { lines: 3 }),
          text('trigger', 'It shows when'),
          date('reviewOn', 'Reviewed on'),
          team,
        ],
      };
    case 'triage-item':
      return {
        first: [
          { kind: 'text', name: 'title', label: 'What it is about', lines: 2, value: said(given, 'title') },
          choose('kind', 'It is', options(['issue', 'an issue'], ['opportunity', 'an opportunity']), 'issue'),
          { ...team, label: 'Which team can do something about it' },
          choose('weight', 'Weight', graded(10, 'small', 'large'), '3'),
        ],
        more: [text('detail', 'In more words', { lines: 3 }), affects],
      };
    case 'interrupt':
      return {
        first: [
          { kind: 'text', name: 'what', label: 'The urgent work', lines: 2, value: said(given, 'what') },
          {
            ...{ kind: 'select', name: 'displaced', label: 'Which promise it displaces', empty: 'Choose' },
            ...{
              options: choices.commitments,
              value: said(given, 'displaced') || (list(given, 'affects')[0] ?? ''),
            },
          },
          number('costDays', 'What that costs', 'days'),
          number('costWeight', 'Or what that costs', 'weight'),
        ],
        more: [text('requestedBy', 'Who asked for it'), number('effort', 'Effort', 'person-weeks'), team],
      };
    case 'learning':
      return {
        first: [
          {
            kind: 'text',
            name: 'sentence',
            label: 'What was learned',
            lines: 2,
            value: said(given, 'sentence'),
          },
          {
            ...{
              kind: 'select',
              name: 'cause',
              label: 'Cause',
              options: causeOptions,
              empty: 'None',
              optional: true,
            },
            value: said(given, 'cause'),
          },
          text('changeText', 'What changed because of it', {
            lines: 2,
            hint: 'Leave it empty while nothing has.',
          }),
          { ...affects, label: 'From which promises' },
        ],
        more: [team],
      };
  }
}
