import { defaultCapacity, type CapacitySettings } from '../capacity/capacity.ts';
import { defaultSettings, type TrackingSettings } from '../commitment/settings.ts';
import { defaultReminders, type ReminderSettings } from '../notify/reminder-settings.ts';
import { registerSettings, type RegisterSettings } from '../register/entry.ts';
import { defaultSignalSettings, type SignalSettings } from '../signal/signal.ts';

/** Every threshold of an organisation, as the rules read them. */
export interface Thresholds {
  readonly tracking: TrackingSettings;
  readonly signals: SignalSettings;
  readonly registers: RegisterSettings;
  readonly capacity: CapacitySettings;
  readonly reminders: ReminderSettings;
}

export const defaultThresholds: Thresholds = {
  tracking: defaultSettings,
  signals: defaultSignalSettings,
  registers: registerSettings,
  capacity: defaultCapacity,
  reminders: defaultReminders,
};

export type ThresholdPart = keyof Thresholds;

/** Where a threshold stands on the page. */
export const thresholdGroups = [
  'Promises',
  'Asks',
  'Registers',
  'Warnings',
  'Capacity',
  'Reminders',
] as const;
export type ThresholdGroup = (typeof thresholdGroups)[number];

/** One number somebody may turn. Shares are kept as per cent, so that every value is whole. */
export interface Threshold {
  readonly key: string;
  readonly part: ThresholdPart;
  readonly field: string;
  readonly group: ThresholdGroup;
  readonly label: string;
  readonly unit: string;
  readonly default: number;
  readonly least: number;
  readonly most: number;
  /** Rules of docs/rules it belongs to. */
  readonly rules: readonly string[];
}

type Row<P extends ThresholdPart> = readonly [
  key: string,
  field: keyof Thresholds[P] & string,
  label: string,
  unit: string,
  bounds: readonly [least: number, most: number],
  ...rules: readonly string[],
];

const share = '%';

const make =
  <P extends ThresholdPart>(part: P, group: ThresholdGroup) =>
  ([key, field, label, unit, [least, most], ...rules]: Row<P>): Threshold => {
    const value = Number(defaultThresholds[part][field]);
    const shown = unit === share ? Math.round(value * 100) : value;
    return { key, part, field, group, label, unit, default: shown, least, most, rules };
  };

const promise = make('tracking', 'Promises');
const ask = make('tracking', 'Asks');
const register = make('registers', 'Registers');
const warning = make('signals', 'Warnings');
const capacity = make('capacity', 'Capacity');
const reminder = make('reminders', 'Reminders');

const workdays = 'business days';

/** The one table of what an organisation may set (tracking.md I9); its order is the page's. */
export const thresholds: readonly Threshold[] = [
  promise([
    'grace',
    'graceBusinessDays',
    'Grace after the due day, then it is missed',
    workdays,
    [0, 20],
    'CM21',
    'CM46',
  ]),
  promise([
    'accept-within',
    'acceptWithinBusinessDays',
    'To answer an offer',
    workdays,
    [1, 60],
    'CM11',
    'CM46',
  ]),
  promise([
    'ease-above',
    'easeNeedsDecisionAbove',
    'A target eased by more needs a decision',
    share,
    [0, 100],
    'CM17',
  ]),
  promise([
    'slip-above',
    'slipNeedsDecisionAboveDays',
    'A due moved later by more needs a decision',
    'days',
    [0, 366],
    'CM17',
  ]),
  promise([
    'freeze-after',
    'freezeAfterShare',
    'Of the plan period, then every change needs a decision; 100: never',
    share,
    [0, 100],
    'CM17',
    'CM50',
  ]),
  promise(['reject-within', 'rejectWithinDays', 'To reject what was delivered', 'days', [1, 90], 'CM24']),
  promise(['reopen-within', 'reopenWithinDays', 'To reopen what has ended', 'days', [1, 366], 'CM28']),
  promise(['cause-within', 'causeWithinDays', 'To name the cause of a miss', 'days', [1, 90], 'CM45']),
  promise([
    'undo-within',
    'undoCheckInWithinMinutes',
    'To take a check-in back',
    'minutes',
    [1, 1440],
    'CM15',
    'NT34',
  ]),
  promise([
    'carries',
    'carriesBeforeChoice',
    'Carried so often, the next carry needs a choice',
    'times',
    [1, 10],
    'CM27',
  ]),
  promise([
    'answer-basis',
    'answerBasisWithinBusinessDays',
    'To answer a failed assumption',
    workdays,
    [1, 60],
    'AS8',
  ]),
  ask(['respond-within', 'respondWithinBusinessDays', 'To answer an ask', workdays, [1, 60], 'DP3', 'CM46']),
  ask([
    'rounds',
    'roundsBeforeEscalation',
    'Counter-offers until a decision is asked for',
    'rounds',
    [1, 20],
    'DP7',
  ]),
  ask([
    'confirm-reminder',
    'confirmReminderDays',
    'A delivery unconfirmed so long is told',
    'days',
    [1, 90],
    'NT12',
  ]),
  register([
    'thrash-within',
    'thrashWithinDays',
    'A decision reversed so soon is thrash',
    'days',
    [1, 366],
    'DC10',
  ]),
  register([
    'doubts',
    'doubtsInARow',
    'Doubts in a row that make an assumption doubtful',
    'times',
    [1, 10],
    'AS2',
  ]),
  register([
    'unknown-after',
    'unknownAfterDays',
    'A check overdue by more is unknown',
    'days',
    [0, 366],
    'AS6',
  ]),
  register([
    'follow-up',
    'followUpWithinDays',
    'An owned risk without a day asks for one after',
    'days',
    [1, 366],
    'RK3',
  ]),
  warning(['heavy-from', 'heavyFrom', 'W4, W7: from which weight', 'weight', [1, 10], 'SG1', 'SG5']),
  warning(['silent-after', 'staleDays', 'W4: silent for more than', 'days', [0, 90], 'SG1']),
  warning(['tight-need', 'tightDays', 'W5: agreed so close before the need', 'days', [0, 90], 'SG3']),
  warning(['quiet-need', 'quietDays', 'W5: and nothing heard for more than', 'days', [0, 180], 'SG3']),
  warning(['carried-warning', 'carries', 'W9: carried so often', 'times', [1, 10], 'SG6']),
  warning(['slipped-warning', 'slips', 'W9: due moved later so often', 'times', [1, 20], 'SG6']),
  warning(['skips', 'skips', 'W10: meetings skipped in a row', 'meetings', [1, 10], 'SG7']),
  warning(['quorum-missed', 'quorumMissed', 'W10: too few came to', 'meetings', [1, 10], 'SG7']),
  warning(['quorum-of', 'quorumOf', 'W10: of the last', 'meetings', [1, 10], 'SG7']),
  warning([
    'open-per-owner',
    'openPerOwner',
    'W11: more open promises of one owner than',
    'promises',
    [1, 50],
    'SG8',
  ]),
  warning([
    'say-again',
    'sayAgainAfterDays',
    'A warning that still holds is said again after',
    'days',
    [1, 180],
    'SG9',
  ]),
  capacity([
    'share-for-plans',
    'shareForPlans',
    'Of the working time, for what is planned',
    share,
    [10, 100],
    'SG14',
  ]),
  capacity(['fits-up-to', 'fitsUpTo', 'Fits up to', share, [1, 300], 'SG15']),
  capacity(['tight-up-to', 'tightUpTo', 'Tight up to, beyond it exceeds', share, [1, 300], 'SG15', 'SG8']),
  reminder([
    'per-subject',
    'perSubjectADay',
    'Reminders of one subject to one person',
    'a day',
    [1, 5],
    'NT18',
  ]),
  reminder([
    'mails-a-week',
    'mailsAWeek',
    'Mails to one person who chose nothing else',
    'in seven days',
    [0, 50],
    'NT19',
  ]),
  reminder([
    'lead-after',
    'leadAfterDays',
    'A silence is told the team’s lead after',
    'days',
    [1, 60],
    'NT5',
  ]),
  reminder([
    'sponsor-after',
    'sponsorAfterDays',
    'A silence is told the sponsor after',
    'days',
    [1, 90],
    'NT6',
  ]),
];
