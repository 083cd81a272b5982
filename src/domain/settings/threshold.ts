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
