import { allowed, refused, type Fault, type Outcome } from '../outcome.ts';
import { defaultThresholds, type Threshold, type Thresholds } from './threshold.ts';
import { thresholds } from './threshold-table.ts';

/** What an organisation set otherwise than the defaults, by key; shares in per cent. */
export type StoredThresholds = Readonly<Record<string, number>>;

/** What somebody asks to be changed; null puts it back to its default. */
export type ThresholdChange = Readonly<Record<string, number | null>>;

const byKey = new Map(thresholds.map((it) => [it.key, it]));

/** Two that only make sense in order: the first is at most the second. */
const inOrder: readonly (readonly [lower: string, upper: string, message: string])[] = [
  [
    'fits-up-to',
    'tight-up-to',
    'What is tight begins where it no longer fits: give no more than the bound of tight.',
  ],
  [
    'quorum-missed',
    'quorum-of',
    'Of so many meetings no more can be missed: give no more than the meetings looked at.',
  ],
  [
    'lead-after',
    'sponsor-after',
    'The lead hears of it no later than the sponsor: give no more days than there.',
  ],
];

/** Of what is stored, all that the table knows and allows and that differs from its default. */
export function readStored(stored: unknown): StoredThresholds {
  if (typeof stored !== 'object' || stored === null) return {};
  const kept = Object.fromEntries(
    Object.entries(stored as Readonly<Record<string, unknown>>).filter(([key, value]) => {
      const it = byKey.get(key);
      return it !== undefined && isWithin(it, value) && value !== it.default;
    }),
  ) as StoredThresholds;
  return wrongOrders(kept).length === 0 ? kept : withoutPairs(kept);
}

/** The settings the rules read: what was stored where it can be used, else the default. */
export function thresholdsOf(stored: unknown): Thresholds {
  const set = readStored(stored);
  const parts: Record<string, Record<string, unknown>> = {};
  for (const [part, values] of Object.entries(defaultThresholds)) parts[part] = { ...values };
  for (const [key, value] of Object.entries(set)) {
    const it = byKey.get(key);
    const part = it === undefined ? undefined : parts[it.part];
    if (it !== undefined && part !== undefined) part[it.field] = it.unit === '%' ? value / 100 : value;
  }
  return parts as unknown as Thresholds;
}

/** What of a value that is shown: what is set, or its default. */
export const shownThreshold = (it: Threshold, stored: StoredThresholds): number =>
  stored[it.key] ?? it.default;

/** What is stored after a change; refused with the field and what it may be. */
export function decideThresholds(
  stored: StoredThresholds,
  change: ThresholdChange,
): Outcome<StoredThresholds> {
  const unknown = Object.keys(change).filter((key) => !byKey.has(key));
  const faults: Fault[] = unknown.map((key) => ({ path: key, message: 'There is no such threshold.' }));
  const next: Record<string, number> = { ...stored };
  for (const [key, value] of Object.entries(change)) {
    const it = byKey.get(key);
    if (it === undefined) continue;
    if (value !== null && !isWithin(it, value)) faults.push({ path: key, message: boundsOf(it) });
    else if (value === null || value === it.default) delete next[key];
    else next[key] = value;
  }
  if (faults.length === 0) faults.push(...wrongOrders(next));
  const [first] = faults;
  if (first === undefined) return allowed(next);
  const message = faults.length === 1 ? first.message : 'Some thresholds need another look.';
  return refused(unknown.length > 0 ? 'unknown-threshold' : 'out-of-range', message, {
    path: first.path,
    faults,
  });
}

/** "A whole number from 0 to 20." */
export const boundsOf = ({ least, most }: Threshold): string =>
  `Give a whole number from ${least} to ${most}.`;

function isWithin({ least, most }: Threshold, value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

function wrongOrders(set: StoredThresholds): readonly Fault[] {
  const valueOf = (key: string): number => set[key] ?? byKey.get(key)?.default ?? 0;
  return inOrder.flatMap(([lower, upper, message]) =>
    valueOf(lower) > valueOf(upper) ? [{ path: lower, message }] : [],
  );
}

/** A pair in the wrong order says nothing that can be used: both fall back. */
function withoutPairs(set: StoredThresholds): StoredThresholds {
  const wrong = new Set(wrongOrders(set).map(({ path }) => path));
  const pairs = inOrder.filter(([lower]) => wrong.has(lower)).flatMap(([lower, upper]) => [lower, upper]);
  return Object.fromEntries(Object.entries(set).filter(([key]) => !pairs.includes(key)));
}
