/** What each status means for one promise, in its owner's words (tracking.md T4); empty where he said nothing. */
export interface Criteria {
  readonly on: string;
  readonly risk: string;
  readonly off: string;
  readonly stretch: string;
}

export const criteriaKeys = ['on', 'risk', 'off', 'stretch'] as const satisfies readonly (keyof Criteria)[];

export const noCriteria: Criteria = { on: '', risk: '', off: '', stretch: '' };

/** The words as they are shown; null where there are none at all. */
export function saidCriteria(criteria: Criteria | undefined): Criteria | null {
  return criteria !== undefined && criteriaKeys.some((key) => criteria[key].trim() !== '') ? criteria : null;
}
