import { noCriteria } from '#domain/commitment/criteria.ts';
import { defaultSettings, type TrackingSettings } from '#domain/commitment/settings.ts';
import { sayDay } from '#domain/notify/say-when.ts';
import { depths, type Depth } from '#domain/depth/depth.ts';
import type { CommitmentDetail } from '#protocol/views/tracking.ts';
import { closingMoves } from './closing-moves.ts';
import { contributionMoves, noChoices, type ContributionChoices } from './contribution-moves.ts';
import { isCounted } from './measure-kind.ts';
import { decisionFields } from './decision-fields.ts';
import { confidenceOptions, reason, type Move, type MoveField, type Option } from './move.ts';
import { rescopeReasons } from './causes.ts';

type Maker = (
  it: CommitmentDetail,
  depth: Depth,
  decisions: readonly Option[],
  settings: TrackingSettings,
) => Move;

/**
 * Forms for the moves the server offers this viewer, in the order they are shown. Checking in has a page of its own.
 * A move the server offers and this table does not know is left out.
 */
export function commitmentMoves(
  it: CommitmentDetail,
  depth: Depth,
  decisions: readonly Option[] = [],
  settings: TrackingSettings = defaultSettings,
  links: ContributionChoices = noChoices,
): readonly Move[] {
  const makers: Readonly<Record<string, Maker>> = { ...promiseMoves, ...closingMoves };
  const offered = new Set(it.moves);
  return [
    ...Object.entries(makers).flatMap(([command, make]) =>
      offered.has(command) ? [make(it, depth, decisions, settings)] : [],
    ),
    ...contributionMoves(offered, links, depth),
  ];
}

const whenNeeded = ({ frozenFrom }: CommitmentDetail): string =>
  `Needed for a later date or an easier target${frozenFrom === null ? '' : `, and for any change from ${sayDay(frozenFrom)} on, when the plan is frozen`}. It is written into the log of decisions by your name.`;

const promiseMoves: Readonly<Record<string, Maker>> = {
  accept: (it, depth) => ({
    command: 'accept',
    label: 'Accept this promise',
    look: 'primary',
    lead: 'Your yes freezes what is promised here as the baseline. Only you can give it.',
    press: 'Accept',
    fields: acceptFields(it, depth),
  }),
  'agree-change': (it) => ({
    command: 'agree-change',
    label: 'Agree to the proposed change',
    look: 'primary',
    lead: `The owner would accept “${it.statement}” with the change they proposed.`,
    press: 'Agree',
    fields: [],
  }),
  'agree-rescope': (it, depth, decisions) => ({
    command: 'agree-rescope',
    label: 'Agree to the change of the promise',
    look: 'primary',
    press: 'Agree',
    fields: [
      {
        kind: 'select',
        name: 'code',
        label: 'Why it changes',
        options: rescopeReasons,
        empty: 'As they said',
        optional: true,
      },
      { kind: 'text', name: 'text', label: 'In a sentence', optional: true },
      ...(depths[depth].decision === 'given'
        ? decisionFields(decisions, { optional: true, hint: whenNeeded(it) })
        : []),
    ],
  }),
  continue: (it) => ({
    command: 'continue',
    label: 'Go on although an assumption failed',
    look: 'primary',
    lead: `${it.bases.flatMap(({ answer, statement }) => (answer === null ? [`“${statement}” failed.`] : [])).join(' ')} Go on with a reason here, change the promise, or drop it; until then it cannot be on track.`,
    press: 'Go on',
    fields: [reason('Why it can go on')],
  }),
  'take-over': () => ({
    command: 'take-over',
    label: 'Take this over',
    look: 'primary',
    lead: 'From your yes on, you answer for it.',
    press: 'Take over',
    fields: [],
  }),
  'propose-change': (it, depth) => ({
    command: 'propose-change',
    label: 'Yes, if something changes',
    look: 'plain',
    lead: 'Goes back to the team’s lead, who agrees or not.',
    press: 'Propose',
    fields: [
      ...termsFields(it),
      ...criteriaField(it, depth),
      { kind: 'text', name: 'text', label: 'Why', lines: 2 },
    ],
  }),
  'refuse-change': () => ({
    command: 'refuse-change',
    label: 'Refuse the proposed change',
    look: 'plain',
    press: 'Refuse',
    fields: [reason('Reason')],
  }),
  'refuse-rescope': () => ({
    command: 'refuse-rescope',
    label: 'Refuse the change of the promise',
    look: 'plain',
    press: 'Refuse',
    fields: [reason('Reason')],
  }),
  park: () => ({
    command: 'park',
    label: 'Park it',
    look: 'plain',
    lead: 'Goes to the not-doing list, where it is not forgotten.',
    press: 'Park',
    fields: [reason('Reason')],
  }),
  decline: () => ({
    command: 'decline',
    label: 'Decline',
    look: 'danger',
    lead: 'It will not be tracked. The reason is kept with it.',
    press: 'Decline',
    fields: [reason('Reason')],
  }),
  rescope: (it, depth, decisions) => ({
    command: 'rescope',
    label: 'Change the promise',
    look: 'plain',
    lead: 'The baseline stays as it was; this becomes the next version beside it.',
    press: 'Change the promise',
    fields: [
      ...termsFields(it),
      ...it.now.measures.flatMap((measure): readonly MoveField[] =>
        isCounted(measure)
          ? [
              {
                kind: 'number',
                name: `targets.${measure.key}`,
                label: `Target of ${measure.title}`,
                unit: measure.unit,
                value: written(measure.target),
              },
            ]
          : [],
      ),
      ...criteriaField(it, depth),
      { kind: 'select', name: 'code', label: 'Why it changes', options: rescopeReasons, empty: 'Choose' },
      { kind: 'text', name: 'text', label: 'In a sentence', lines: 2 },
      ...(depths[depth].decision === 'given' || decisions.length > 0
        ? decisionFields(decisions, { optional: true, hint: whenNeeded(it) })
        : []),
    ],
  }),
  'hand-over': () => ({
    command: 'hand-over',
    label: 'Hand it over',
    look: 'plain',
    lead: 'The next owner accepts in person; until then it stays where it is.',
    press: 'Hand over',
    fields: [{ kind: 'person', name: 'to', label: 'To whom' }],
  }),
  'name-delegate': () => ({
    command: 'name-delegate',
    label: 'Name a delegate',
    look: 'plain',
    lead: 'Someone who may speak for you while you are away. It is shown wherever they did.',
    press: 'Name',
    fields: [{ kind: 'person', name: 'person', label: 'Who', optional: true }],
  }),
};

function acceptFields(it: CommitmentDetail, depth: Depth): readonly MoveField[] {
  const fields: MoveField[] = [];
  const asks = depths[depth].accept;
  if (it.now.due === null) fields.push({ kind: 'date', name: 'due', label: 'By when' });
  if (it.periods !== null) {
    fields.push({
      ...{ kind: 'select', name: 'period', label: 'Plan period it counts for', empty: 'Choose' },
      options: it.periods.choices.map(({ id, label }) => ({ value: id, label })),
      value: it.periods.suggested ?? '',
    });
  }
  if (it.now.doneMeans === '') {
    fields.push({
      kind: 'text',
      name: 'doneMeans',
      label: 'Done means',
      hint:
        it.now.measures.length > 0 ? 'Left empty, the measures say it.' : 'How one will see that it is done.',
      optional: asks.doneMeansFromMeasures,
      lines: 2,
    });
  }
  if (asks.weight) {
    fields.push({
      ...{ kind: 'number', name: 'weight', label: 'Weight', unit: 'of 10', value: String(it.now.weight) },
      hint: 'How much hangs on it, beside the other promises.',
    });
  }
  if (asks.baseline) {
    for (const measure of it.now.measures) {
      if (isCounted(measure) && measure.baseline === null) {
        fields.push({
          kind: 'number',
          name: `baselines.${measure.key}`,
          label: `Where “${measure.title}” stands today`,
          unit: measure.unit,
        });
      }
    }
  }
  if (asks.confidence) {
    fields.push({
      kind: 'choice',
      name: 'confidence',
      label: 'How sure are you that it lands by its due?',
      options: confidenceOptions,
    });
  }
  if (it.now.criteria === null) fields.push(...criteriaField(it, depth));
  return fields;
}

/** What each status means: offered where the depth does, else since it was said. */
function criteriaField(it: CommitmentDetail, depth: Depth): readonly MoveField[] {
  const { criteria } = it.now;
  if (criteria === null && !depths[depth].criteria) return [];
  return [
    {
      ...{ kind: 'criteria', name: 'criteria', label: 'What each status means' },
      words: criteria ?? noCriteria,
    },
  ];
}

function termsFields(it: CommitmentDetail): readonly MoveField[] {
  return [
    { kind: 'text', name: 'statement', label: 'What is promised', value: it.now.statement, lines: 2 },
    { kind: 'date', name: 'due', label: 'By when', value: it.now.due ?? '' },
    {
      kind: 'text',
      name: 'doneMeans',
      label: 'Done means',
      value: it.now.doneMeans,
      lines: 2,
      optional: true,
    },
  ];
}

/** A number as it stands in a field. */
function written(value: number | null): string {
  return value === null ? '' : String(value);
}
