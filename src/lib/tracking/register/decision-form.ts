import type { EntryChoices, EntryForm, FormParts } from './form-parts.ts';
import { list, optionLines, options, said, setLines, type Given } from './given.ts';

const optionsHint = 'One a line: the option | for | against | cost.';
const setsHint =
  'One a line, as field = value, for the promises it touches. Two decisions that say otherwise are shown as a conflict.';

/** A question and who decides it, or what was decided; the rest is said when it is known. */
export function decisionForm(parts: FormParts, given: Given, choices: EntryChoices): EntryForm {
  const { affects, team, text, date, choose, measured } = parts;
  const sets = setLines(given);
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
      { ...text('options', 'Options', { lines: 4, hint: optionsHint }), value: optionLines(given) },
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
      {
        ...choose(
          'reversible',
          'Reversible',
          options(['', 'not said'], ['yes', 'yes'], ['no', 'no, or hardly']),
          '',
        ),
        value: { true: 'yes', false: 'no' }[String(given['reversible'])] ?? '',
      },
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
      ...measured('triggerMetric', 'Look at it again by a measure'),
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
      ...(sets === null
        ? []
        : [{ ...text('sets', 'What it sets', { lines: 2, hint: setsHint }), value: sets }]),
      team,
    ],
  };
}
