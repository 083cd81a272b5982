import type { InterruptView } from '#protocol/views/insight.ts';

type Cost = Pick<InterruptView, 'costDays' | 'costWeight' | 'effort'>;

const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;
const weeks = (count: number): string => `${count} person-${count === 1 ? 'week' : 'weeks'}`;
const tenths = (sum: number): number => Math.round(sum * 10) / 10;

/** What one piece of urgent work cost, to stand behind the promise it displaced; empty when nobody said. */
export function costWords({ costDays, costWeight, effort }: Cost): string {
  const parts = [
    costDays === null ? '' : `cost ${days(costDays)}`,
    costWeight === null ? '' : `cost weight ${costWeight}`,
    effort === null ? '' : `took ${weeks(effort)}`,
  ].filter((it) => it !== '');
  return parts.length === 0 ? ', cost not said' : `, ${parts.join(', ')}`;
}

/** All of it together: how often, and what it cost as far as it was said. */
export function interruptsSentence(all: readonly Cost[]): string {
  const sum = (of: (it: Cost) => number | null): number =>
    tenths(all.reduce((total, it) => total + (of(it) ?? 0), 0));
  const cost = [
    sum((it) => it.costDays) > 0 ? `${days(sum((it) => it.costDays))} of promises` : '',
    sum((it) => it.costWeight) > 0 ? `weight ${sum((it) => it.costWeight)} of promises` : '',
    sum((it) => it.effort) > 0 ? weeks(sum((it) => it.effort)) : '',
  ].filter((it) => it !== '');
  const times = all.length === 1 ? 'One time' : `${all.length} times`;
  return `${times} urgent work came between${cost.length === 0 ? '' : `; it cost ${cost.join(' and ')}`}.`;
}
