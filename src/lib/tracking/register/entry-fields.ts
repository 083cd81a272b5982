import type { RegisterKind } from '#protocol/views/registers.ts';
import { causeOptions } from '../causes.ts';
import { assumptionForm } from './assumption-form.ts';
import { decisionForm } from './decision-form.ts';
import { formParts, type EntryChoices, type EntryForm } from './form-parts.ts';
import { strategyForm } from './strategy-form.ts';
import { graded, list, options, said, type Given } from './given.ts';

/** The form of an entry of each register, filled with what stands there. */
export function entryForm(kind: RegisterKind, given: Given, choices: EntryChoices): EntryForm {
  const parts = formParts(given, choices);
  const { affects, team, text, date, number, choose } = parts;
  switch (kind) {
    case 'decision':
      return decisionForm(parts, given, choices);
    case 'assumption':
      return assumptionForm(parts, given);
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
    case 'outside-signal':
      return {
        first: [
          { kind: 'text', name: 'text', label: 'What was seen', lines: 2, value: said(given, 'text') },
          choose(
            'area',
            'Where',
            options(
              ['market', 'Market'],
              ['customers', 'Customers'],
              ['technology', 'Technology'],
              ['competitors', 'Competitors'],
            ),
            'market',
          ),
          {
            ...{ kind: 'select', name: 'assumption', label: 'Speaks for or against the assumption' },
            ...{ options: choices.assumptions, empty: 'None', optional: true },
            value: said(given, 'assumption'),
          },
        ],
        more: [affects, team],
      };
    case 'strategy-frame':
      return strategyForm(parts, given, choices);
  }
}
