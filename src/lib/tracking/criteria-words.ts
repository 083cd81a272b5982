import { criteriaKeys, type Criteria } from '#domain/commitment/criteria.ts';

const labels: Readonly<Record<keyof Criteria, string>> = {
  ...{ on: 'On track means', risk: 'At risk means', off: 'Off track means', stretch: 'Stretch means' },
};

/** The four fields, in the order they are asked in. */
export const criteriaFields = criteriaKeys.map((key) => ({ key, label: labels[key] }));

interface StatusOption {
  readonly value: 'on' | 'risk' | 'off';
  readonly label: string;
  readonly shape: string;
  readonly tone: string;
  readonly hint?: string;
}

const statuses: readonly StatusOption[] = [
  { value: 'on', label: 'On track', shape: '●', tone: 'var(--ok)' },
  { value: 'risk', label: 'At risk', shape: '▲', tone: 'var(--risk)' },
  { value: 'off', label: 'Off track', shape: '■', tone: 'var(--off)' },
];

/** The statuses of a check-in, each with what it means for this promise where its owner said so. */
export function statusOptions(criteria: Criteria | null): readonly StatusOption[] {
  return statuses.map((it) => {
    const words = criteria?.[it.value].trim() ?? '';
    return words === '' ? it : { ...it, hint: words };
  });
}

/** What a stretch would be, for below the choice. */
export function stretchHint(criteria: Criteria | null): string | undefined {
  const words = criteria?.stretch.trim() ?? '';
  return words === '' ? undefined : `Stretch: ${words}`;
}
