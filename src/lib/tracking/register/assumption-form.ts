import type { EntryForm, FormParts } from './form-parts.ts';
import { graded, options, said, type Given } from './given.ts';

const dayHint = 'Something happens that day that shows it; it is checked then.';

/** What the plan takes for granted, how much rests on it, and what would show that it fails. */
export function assumptionForm(parts: FormParts, given: Given): EntryForm {
  const { affects, team, text, date, number, choose, measured } = parts;
  const signpost = (given['signpost'] ?? {}) as Given;
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
        // Left empty in a new one, it is whoever writes it down.
        empty: 'owner' in given ? 'Nobody' : 'Me',
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
      ...measured('signpost', 'Watch a measure'),
      { ...date('signpost.on', 'Or watch a day', dayHint), value: said(signpost, 'on') },
      { ...text('signpost.what', 'What happens that day'), value: said(signpost, 'what') },
      {
        ...{ kind: 'person', name: 'signpost.person', label: 'Or ask somebody', optional: true },
        value: said(signpost, 'person'),
      },
      { ...text('signpost.text', 'What they are asked'), value: said(signpost, 'text') },
      text('shaping', 'What keeps it true'),
      text('hedge', 'What is done in case it fails'),
      number('confidence', 'Confidence that it holds', '%'),
      team,
    ],
  };
}
