import { sayDays } from '#domain/notify/say-when.ts';
import { defaultThresholds, type Thresholds } from '#domain/settings/threshold.ts';
import { withUnit } from '#domain/settings/threshold-words.ts';
import type { RegisterDetail } from '#protocol/views/registers.ts';
import { reason, type Move, type MoveField } from '../move.ts';
import { entryForm } from './entry-fields.ts';
import type { EntryChoices } from './form-parts.ts';
import { list } from './given.ts';

type Look = Move['look'];

/** What of an entry decides which forms there are; a list knows it too. */
type Offered = Pick<RegisterDetail, 'kind' | 'status' | 'teamId' | 'flags' | 'moves' | 'fields'>;

/** Forms for the moves the server offers this viewer on an entry. A move this table does not know is left out. */
export function entryMoves(
  it: Offered,
  choices: EntryChoices,
  own: Thresholds = defaultThresholds,
): readonly Move[] {
  return it.moves.flatMap((command) => {
    const move = make(command, it, choices, own);
    return move === null ? [] : [move];
  });
}

const move = (
  command: string,
  label: string,
  press: string,
  fields: readonly MoveField[],
  { look = 'plain', lead }: { look?: Look; lead?: string } = {},
): Move => ({ command, label, press, fields, look, ...(lead === undefined ? {} : { lead }) });

const text = (
  name: string,
  label: string,
  more: { optional?: boolean; hint?: string; value?: string } = {},
) => ({ kind: 'text', name, label, lines: 2, ...more }) as const;
const date = (name: string, label: string, optional = true) =>
  ({ kind: 'date', name, label, optional }) as const;

function make(
  command: string,
  it: Offered,
  choices: EntryChoices,
  { registers, tracking }: Thresholds,
): Move | null {
  switch (`${it.kind} ${command}`) {
    case 'decision decide':
      return move(
        command,
        'Decide',
        'Decide',
        [
          text('chosen', 'What is decided'),
          text('rationale', 'Because', { optional: true }),
          text('dissent', 'Dissent', { optional: true }),
          { kind: 'number', name: 'confidence', label: 'Confidence', unit: '%', optional: true },
          text('expectedSignal', 'We will know it was right if', { optional: true }),
          date('revisitOn', 'Look at it again on'),
          date('inForceFrom', 'In force from'),
        ],
        { look: 'primary', lead: 'Once decided it never changes: a change is a new decision.' },
      );
    case 'decision fill-in':
      return fillIn(it, choices);
    case 'decision reaffirm':
      return move(
        command,
        'Reaffirm it',
        'Reaffirm',
        [reason('Why it stands'), date('revisitOn', 'Look at it again on')],
        { look: it.status === 'revisit-due' ? 'primary' : 'plain' },
      );
    case 'decision reverse':
      return move(command, 'Reverse it', 'Reverse', [reason('Why')], {
        ...{
          look: 'danger',
          lead: `It ends without another in its place. Within ${sayDays(registers.thrashWithinDays)} this is shown as thrash.`,
        },
      });
    case 'decision withdraw':
      return move(command, 'Withdraw the question', 'Withdraw', [reason('Why')], { look: 'danger' });
    case 'assumption check':
      return move(
        command,
        'Check it',
        'Record the check',
        [
          {
            ...{ kind: 'choice', name: 'answer', label: 'Does it hold?' },
            options: [
              { value: 'holds', label: 'It holds' },
              { value: 'doubtful', label: 'Doubtful' },
            ],
          },
          text('text', 'What you saw', { optional: true, hint: 'Needed when it is doubtful.' }),
          {
            kind: 'number',
            name: 'confidence',
            label: 'Confidence that it holds',
            unit: '%',
            optional: true,
          },
          date('nextCheck', 'Next check'),
        ],
        { look: 'primary', lead: 'Two doubtful answers in a row make it doubtful.' },
      );
    case 'assumption invalidate':
      return move(command, 'Say that it failed', 'It failed', [reason('What happened')], {
        look: 'danger',
        lead: `Every running promise that rests on it has to be answered within ${withUnit(tracking.answerBasisWithinBusinessDays, 'business days')}.`,
      });
    case 'assumption retire':
      return move(command, 'Take it off the watch', 'Retire', [reason('Why')], { look: 'danger' });
    case 'risk own':
      return move(
        command,
        it.status === 'owned' ? 'Own it, or say when you look again' : 'Own it',
        'Own it',
        [
          {
            ...{ kind: 'person', name: 'owner', label: 'Owner', optional: true },
            ...{ team: it.teamId, empty: 'Me' },
          },
          date('followUp', 'Looks again on'),
        ],
        { look: it.status === 'new' || it.flags.includes('no-follow-up') ? 'primary' : 'plain' },
      );
    case 'risk mitigate':
      return move(command, 'Plan against it', 'Record the plan', [
        text('plan', 'What is done about it'),
        text('todos', 'To do', { optional: true, hint: 'One a line.' }),
        date('reviewOn', 'Reviewed on'),
      ]);
    case 'risk accept':
      return move(
        command,
        'Accept it',
        'Accept',
        [reason('Why it is accepted'), date('reviewOn', 'Reviewed on', false)],
        {
          lead: 'By your name, until the day it is reviewed.',
        },
      );
    case 'risk resolve':
      return move(command, 'Say that it is resolved', 'Resolve', [reason('Why it is no longer one')]);
    case 'risk happen':
      return move(command, 'It happened', 'It happened', [text('what', 'What happened')], {
        look: 'danger',
        lead: 'From then on it is an item in triage, linked to this.',
      });
    case 'triage-item place':
      return move(
        command,
        'Place it',
        'Place it',
        [
          {
            ...{ kind: 'choice', name: 'where', label: 'When' },
            options: [
              { value: 'now', label: 'Now' },
              { value: 'later', label: 'Later' },
              { value: 'not-ours', label: 'Not ours' },
            ],
          },
          text('reason', 'Reason', { optional: true, hint: 'Needed for not ours: whose is it?' }),
        ],
        { look: it.status === 'new' ? 'primary' : 'plain' },
      );
    case 'triage-item assess':
      return move(command, 'Write what you found', 'Record', [
        text('text', 'What you found'),
        { kind: 'number', name: 'weight', label: 'Weight', unit: '1-10', optional: true },
      ]);
    case 'triage-item collaborate':
      return move(command, 'Work on it together', 'Record', [
        { kind: 'people', name: 'people', label: 'With whom' },
        text('text', 'How', { optional: true }),
      ]);
    case 'triage-item act':
      return move(
        command,
        'Agree who acts',
        'Agree',
        [
          { kind: 'person', name: 'owner', label: 'Who acts', team: it.teamId },
          date('by', 'By when', false),
          text('text', 'What is done', { optional: true }),
        ],
        { look: it.status === 'act' ? 'plain' : 'primary' },
      );
    case 'triage-item close':
      return move(command, 'Close it', 'Close', [
        select('decision', 'By a decision', choices.decisions),
        select('commitment', 'By a commitment', choices.commitments),
        text('reason', 'Or for a reason', { optional: true }),
      ]);
    case 'triage-item hand-over':
      return move(command, 'Hand it to another team', 'Hand over', [
        { kind: 'select', name: 'team', label: 'Team', options: choices.teams, empty: 'Choose' },
      ]);
    case 'interrupt finish':
      return move(
        command,
        'It is done',
        'Done',
        [
          {
            kind: 'number',
            name: 'costDays',
            label: 'What it cost in the end',
            unit: 'days',
            optional: true,
          },
          text('reason', 'What came of it', { optional: true }),
        ],
        { look: 'primary' },
      );
    case 'interrupt stop':
      return move(command, 'Stop it', 'Stop', [reason('Why')]);
    case 'learning link-change':
      return move(command, 'Say what changed', 'Record', [
        select('changeDecision', 'A decision', choices.decisions),
        select('changeCommitment', 'A commitment', choices.commitments),
        text('changeText', 'Or in words', { optional: true }),
      ]);
    case 'outside-signal close':
      return move(command, 'Say what came of it', 'Close', [reason('What came of it')], { look: 'primary' });
    case 'outside-signal reopen':
    case 'risk reopen':
    case 'triage-item reopen':
      return move(command, 'Open it again', 'Open again', [reason('Why')]);
    default:
      return command === 'amend' ? amend(it, choices) : null;
  }
}

/** Why and how sure first, then what it touches; all else follows in the order of the first form. */
const fillOrder = [
  'rationale',
  'dissent',
  'confidence',
  'expectedSignal',
  'revisitOn',
  'options',
  'affects',
  'sets',
];

/** Of what a decision can say, what it does not say yet; null when nothing was left empty. */
function fillIn(it: Offered, choices: EntryChoices): Move | null {
  const { first, more } = entryForm('decision', it.fields, choices);
  const never = ['question', 'decider', 'neededBy', 'chosen', 'kind', 'supersedes', 'team'];
  const dissent: MoveField = text('dissent', 'Dissent', { optional: true });
  const sure: MoveField = {
    kind: 'number',
    name: 'confidence',
    label: 'Confidence',
    unit: '%',
    optional: true,
  };
  const place = ({ name }: MoveField): number => {
    const at = fillOrder.indexOf(name);
    return at < 0 ? fillOrder.length : at;
  };
  const fields = [...more, dissent, sure, ...first]
    .filter(({ name }) => !never.includes(name) && isUnsaid(it.fields[name.split('.')[0] ?? name]))
    .sort((one, other) => place(one) - place(other));
  // What it sets is said of the promises it touches, which are said already.
  const touched = list(it.fields, 'affects');
  const about = fields.some(({ name }) => name === 'sets') && touched.length > 0;
  const hidden: readonly MoveField[] = about
    ? touched.map((value) => ({ kind: 'hidden', name: 'setsFor', value }))
    : [];
  const lead = 'What is written stays as it is.';
  return fields.length === 0
    ? null
    : move('fill-in', 'Fill in what was left empty', 'Fill in', [...fields, ...hidden], { lead });
}

const isUnsaid = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const select = (name: string, label: string, options: EntryChoices['decisions']): MoveField => ({
  ...{ kind: 'select', name, label, options, empty: 'None', optional: true },
});

/** Only what the first form asks for and may still change; team and verdict have moves of their own. */
function amend(it: Offered, choices: EntryChoices): Move {
  const { first, more } = entryForm(it.kind, it.fields, choices);
  const not = [...['team', 'chosen', 'rationale', 'expectedSignal', 'revisitOn', 'inForceFrom']];
  const fields = [...first, ...more].filter(
    ({ name }) => !not.includes(name) || (name === 'reviewOn' && it.kind === 'risk'),
  );
  return move('amend', 'Change what is written', 'Change', fields);
}
