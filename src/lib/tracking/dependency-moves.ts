import type { DependencyDetail, DependencyRow } from '#protocol/views/tracking.ts';
import { confidenceOptions, reason, type Move, type MoveField, type Option } from './move.ts';

/** Who looks, and what they may choose from. */
export interface Looking {
  /** Prefills "who does it". */
  readonly personId: string;
  /** The providing team's objectives by key, one of which will deliver it. */
  readonly objectives: readonly Option[];
  /** Decisions an escalated ask can rest on. */
  readonly decisions?: readonly Option[];
}

type Maker = (it: DependencyRow | DependencyDetail, me: Looking) => Move;

/** Forms for the moves of the handshake that the server offers this viewer, in the order they are shown. */
export function dependencyMoves(it: DependencyRow, me: Looking): readonly Move[] {
  const offered = new Set(it.moves);
  return Object.entries(makers).flatMap(([command, make]) => (offered.has(command) ? [make(it, me)] : []));
}

const scope: MoveField = {
  kind: 'text',
  name: 'scope',
  label: 'What instead',
  hint: 'Another extent, another shape, or leave it as asked.',
  lines: 2,
  optional: true,
};

/** Once the rounds are used up only a decision opens another one. */
function decisionOf(it: DependencyRow, { decisions = [] }: Looking): readonly MoveField[] {
  if (!it.flags.includes('escalated')) return [];
  return [
    {
      ...{ kind: 'select', name: 'decision', label: 'The decision it rests on', options: decisions },
      ...{ empty: 'None is taken yet', optional: true },
      hint: 'After three rounds both teams wait for a decision before anybody counters again.',
    },
  ];
}

/** Which of the provider's objectives delivers it; may be none yet. */
function servedBy(it: DependencyRow, { objectives }: Looking): MoveField {
  return {
    kind: 'select',
    name: 'servedBy',
    label: 'Delivered by the objective',
    options: objectives,
    empty: 'None yet',
    optional: true,
    value: it.servedBy ?? '',
  };
}

/** How the asking side will know; lists do not carry it. */
const testOf = (it: DependencyRow | DependencyDetail): string =>
  'acceptanceTest' in it ? it.acceptanceTest : '';

const makers: Readonly<Record<string, Maker>> = {
  send: (it) => ({
    command: 'send',
    label: 'Send the ask',
    look: 'primary',
    ...(it.neededBy === null ? { lead: 'No date was given: the other team will ask for one.' } : {}),
    press: 'Send',
    fields: [
      {
        ...{ kind: 'text', name: 'acceptanceTest', label: 'How you will know that you have it' },
        ...{ value: testOf(it), lines: 2, optional: true },
        hint: 'What you will look at when they say that it is delivered.',
      },
    ],
  }),
  accept: (it, me) => ({
    command: 'accept',
    label: 'Agree',
    look: 'primary',
    lead: 'A promise to the other team: who does it, and by when.',
    press: 'Agree',
    fields: [
      { kind: 'person', name: 'person', label: 'Who does it', value: me.personId, team: it.providerTeamId },
      { kind: 'date', name: 'date', label: 'By when', value: it.neededBy ?? '' },
      servedBy(it, me),
      {
        ...{ kind: 'choice', name: 'confidence', label: 'How sure are you that it comes by then?' },
        ...{ options: confidenceOptions, optional: true },
      },
    ],
  }),
  'accept-counter': () => ({
    command: 'accept-counter',
    label: 'Take the counter-offer',
    look: 'primary',
    press: 'Take it',
    fields: [],
  }),
  confirm: () => ({
    command: 'confirm',
    label: 'Confirm that you have it',
    look: 'primary',
    press: 'Confirm',
    fields: [],
  }),
  choose: () => ({
    command: 'choose',
    label: 'Decide what to do about the no',
    look: 'primary',
    lead: 'Until you choose, what needs it cannot be shown on track.',
    press: 'Choose',
    fields: [
      {
        kind: 'select',
        name: 'choice',
        label: 'What now',
        empty: 'Choose',
        options: [
          { value: 're-plan', label: 'Re-plan without it' },
          { value: 'escalate', label: 'Ask for a decision' },
          { value: 'own-as-risk', label: 'Take it as a risk, with an owner' },
          { value: 'other-provider', label: 'Find another provider' },
        ],
      },
      { kind: 'person', name: 'owner', label: 'Owner of the risk', optional: true },
      { kind: 'text', name: 'text', label: 'In a sentence', lines: 2 },
    ],
  }),
  counter: (it, me) => ({
    command: 'counter',
    label: 'Counter',
    look: 'plain',
    lead: 'Neither yes nor no: another date, or another extent.',
    press: 'Send the counter-offer',
    fields: [
      { kind: 'date', name: 'date', label: 'By when instead', value: it.neededBy ?? '', optional: true },
      scope,
      ...decisionOf(it, me),
    ],
  }),
  'say-yes-aloud': () => ({
    command: 'say-yes-aloud',
    label: 'They said yes aloud',
    look: 'plain',
    lead: 'A mark only: it stays asked until they agree here, with a person and a date.',
    press: 'Note it',
    fields: [],
  }),
  'serve-by': (it, me) => ({
    command: 'serve-by',
    label: 'Name the objective that delivers it',
    look: 'plain',
    lead: 'A slip of that objective then shows here at once.',
    press: 'Name it',
    fields: [servedBy(it, me)],
  }),
  deliver: (it) => ({
    command: 'deliver',
    label: 'Say that it is delivered',
    look: 'plain',
    lead: 'The asker confirms, or says what is missing.',
    press: 'Delivered',
    fields: [
      {
        ...{ kind: 'text', name: 'evidence', label: 'What shows it', lines: 2 },
        hint: testOf(it) === '' ? 'A link or a sentence.' : `Delivered means: ${testOf(it)}`,
      },
    ],
  }),
  flag: (it) => ({
    command: 'flag',
    label: 'Say that it is in danger',
    look: 'plain',
    lead: 'Early notice helps; the agreement stands.',
    press: 'Say so',
    fields: [
      { kind: 'date', name: 'date', label: 'It may become', value: it.promisedFor ?? '', optional: true },
      { kind: 'text', name: 'why', label: 'Why', lines: 2 },
    ],
  }),
  unflag: () => ({
    command: 'unflag',
    label: 'Out of danger',
    look: 'plain',
    press: 'Say so',
    fields: [{ kind: 'text', name: 'why', label: 'What changed', lines: 2 }],
  }),
  renegotiate: (it) => ({
    command: 'renegotiate',
    label: 'Renegotiate',
    look: 'plain',
    lead: 'What was agreed holds until the other side takes the new offer.',
    press: 'Offer',
    fields: [
      { kind: 'date', name: 'date', label: 'By when instead', value: it.promisedFor ?? '', optional: true },
      scope,
    ],
  }),
  reject: (it) => ({
    command: 'reject',
    label: 'Something is missing',
    look: 'plain',
    press: 'Reject the delivery',
    fields: [reason('What is missing', testOf(it) === '' ? undefined : `Delivered means: ${testOf(it)}`)],
  }),
  'own-as-risk': () => ({
    command: 'own-as-risk',
    label: 'Take it as a risk',
    look: 'plain',
    lead: 'You plan without their yes; somebody owns that risk by name.',
    press: 'Take the risk',
    fields: [
      { kind: 'person', name: 'owner', label: 'Owner of the risk' },
      { kind: 'text', name: 'text', label: 'What you do if it does not come', lines: 2 },
    ],
  }),
  withdraw: () => ({
    command: 'withdraw',
    label: 'Withdraw the ask',
    look: 'plain',
    press: 'Withdraw',
    fields: [{ kind: 'text', name: 'reason', label: 'Reason', lines: 2, optional: true }],
  }),
  release: () => ({
    command: 'release',
    label: 'Release them from it',
    look: 'plain',
    lead: 'It is no longer needed.',
    press: 'Release',
    fields: [{ kind: 'text', name: 'reason', label: 'Reason', lines: 2, optional: true }],
  }),
  decline: () => ({
    command: 'decline',
    label: 'Decline',
    look: 'danger',
    lead: 'A clear no is better than silence. The reason helps them re-plan.',
    press: 'Decline',
    fields: [reason('Reason')],
  }),
  renege: () => ({
    command: 'renege',
    label: 'Take the promise back',
    look: 'danger',
    lead: 'The other team must re-plan: say it as early as you can.',
    press: 'Take it back',
    fields: [reason('Reason')],
  }),
};
