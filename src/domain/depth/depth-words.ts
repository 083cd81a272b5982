import { defaultSettings, type TrackingSettings } from '../commitment/settings.ts';
import { sayDays } from '../notify/say-when.ts';
import { depths, type Depth, type Part } from './depth.ts';

const partWords: Readonly<Record<Part, string>> = {
  ...{ capacity: 'capacity', 'business-value': 'business value', columns: 'columns' },
  ...{ assumptions: 'assumptions', readings: 'readings', weight: 'weight' },
};
/** Parts that have no place on a page yet (their cards come with the planning canvas): the words promise only what is so. */
const notHidden: ReadonlySet<Part> = new Set<Part>(['readings']);
const ritualWords = {
  ...{ weekly: 'weekly', monthly: 'monthly', 'quarterly-close': 'close', 'quarterly-plan': 'plan' },
  ...{ annual: 'annual', custom: 'others' },
} as const;

/** The table in words, a line each: what people read before they choose is what the rules do. */
export function depthWords(
  depth: Depth,
  { slipNeedsDecisionAboveDays, easeNeedsDecisionAbove }: TrackingSettings = defaultSettings,
): readonly { readonly what: string; readonly says: string }[] {
  const it = depths[depth];
  const hidden = it.offUntilUsed.filter((part) => !notHidden.has(part));
  const asked = [
    'owner, due, what done means',
    ...(it.accept.weight ? ['weight'] : []),
    ...(it.accept.baseline ? ['baseline'] : []),
    ...(it.accept.confidence ? ['confidence'] : []),
    ...(it.accept.period ? ['plan period'] : []),
    ...(it.accept.roomAndNeeds ? ['room in the team, each need asked for'] : []),
  ];
  const voices = [...(it.reviewer ? ['a reviewer'] : []), ...(it.sponsor ? ['a sponsor'] : [])];
  return [
    { what: 'A yes needs', says: asked.join(', ') },
    {
      what: 'Others with a voice',
      says: voices.length === 0 ? 'none: the owner answers alone' : voices.join(' and '),
    },
    {
      what: `Dropping, a due more than ${sayDays(slipNeedsDecisionAboveDays)} later, a target eased by more than ${Math.round(easeNeedsDecisionAbove * 100)} %`,
      says:
        it.decision === 'given'
          ? 'a decision chosen, or written down in thirty seconds'
          : 'a reason; a decision is written from it',
    },
    {
      what: 'Meetings offered',
      says: `${it.rituals.map((kind) => ritualWords[kind]).join(', ')}; the weekly takes ${it.weeklyMinutes} minutes`,
    },
    {
      what: 'Out of sight until used',
      says: hidden.length === 0 ? 'nothing' : hidden.map((part) => partWords[part]).join(', '),
    },
    { what: 'Warnings', says: depth === 'standard' ? 'all' : it.warnings.join(', ') },
  ];
}
