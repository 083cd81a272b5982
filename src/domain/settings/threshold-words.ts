import { thresholds } from './threshold-table.ts';

const counts: Readonly<Record<string, string>> = {
  times: 'time',
  days: 'day',
  'business days': 'business day',
  minutes: 'minute',
  rounds: 'round',
  meetings: 'meeting',
  promises: 'promise',
};

/** "1 business day", "10 %", "weight 5", "1 a day". */
export function withUnit(value: number, unit: string): string {
  if (unit === 'weight') return `weight ${value}`;
  return `${value} ${value === 1 ? (counts[unit] ?? unit) : unit}`;
}

/** A change of thresholds as the log tells it: each by its label, with both values; null is the default. */
export function thresholdsChanged(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string {
  const parts = Object.entries(after).map(([key, value]) => {
    const it = thresholds.find((one) => one.key === key);
    const said = (given: unknown): string =>
      withUnit(typeof given === 'number' ? given : (it?.default ?? 0), it?.unit ?? '').trim();
    return `${it?.label ?? key}: ${said(value)}, not ${said(before[key])}`;
  });
  return `Thresholds changed. ${parts.join('; ')}.`;
}
