import type { CapacityVerdict } from '../commitment/context.ts';
import type { Capacity, CapacitySettings } from './capacity.ts';

/** A load with what it rests on, flat. */
export interface SaidLoad {
  readonly verdict: CapacityVerdict;
  readonly load: number;
  /** Person-weeks the team can do; null = nobody knows. */
  readonly capacity: number | null;
  readonly from: Capacity['from'];
  readonly share: number | null;
  readonly unsized: number;
}

const verdicts = { fits: 'Fits', tight: 'Tight', exceeds: 'Exceeds', unknown: 'Unknown' } as const;

/** What a load says in words: the verdict, on what it rests, and what is missing to say more. */
export function loadSentence(
  { verdict, load, capacity, share, unsized, from }: SaidLoad,
  { shareForPlans }: CapacitySettings,
): string {
  const asked = `${weeks(load)} of ${capacity === null ? 'nobody knows how many' : weeks(capacity)}`;
  const basis =
    from === 'entered'
      ? 'entered by the team'
      : from === 'members'
        ? `members × weeks × ${shareForPlans}, less holidays`
        : 'the team has no members';
  const missing =
    unsized === 0 ? '' : ` ${unsized} ${unsized === 1 ? 'objective has' : 'objectives have'} no size yet.`;
  const percent = share === null || unsized > 0 ? '' : ` (${Math.round(share * 1000) / 10} %)`;
  return `${verdicts[verdict]}: ${asked} person-weeks${percent}; ${basis}.${missing}`;
}

const weeks = (value: number): string => String(Math.round(value * 10) / 10);
