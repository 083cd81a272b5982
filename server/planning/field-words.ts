import type { FieldChange, FieldValue } from '#domain/plan/diff-plans.ts';
import type { Plan } from '#domain/plan/plan.ts';

/** Names of a plan's keys, for people to read. */
export type Named = (kind: 'team' | 'person' | 'priority', key: string) => string;

/** A lookup over one or two plans; the later one wins. */
export function namesOf(...plans: readonly (Plan | null)[]): Named {
  const names = {
    team: new Map<string, string>(),
    person: new Map<string, string>(),
    priority: new Map<string, string>(),
  };
  for (const plan of plans) {
    if (plan === null) continue;
    for (const { key, name } of plan.teams) names.team.set(key, name);
    for (const { key, name } of plan.people) names.person.set(key, name);
    for (const { key, title } of plan.priorities) names.priority.set(key, title);
  }
  return (kind, key) => names[kind].get(key) ?? key;
}

const personFields: ReadonlySet<string> = new Set(['owner', 'contributors']);

/** A changed field as review and comparison show it: before and after in words; '' for nothing. */
export function fieldInWords(
  { field, before, after }: FieldChange,
  named: Named,
): { readonly field: string; readonly before: string; readonly after: string } {
  const last = field.slice(field.lastIndexOf('.') + 1);
  const words = (value: FieldValue): string => {
    if (value === null) return '';
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    if (typeof value === 'number') return String(value);
    const kind = personFields.has(last)
      ? 'person'
      : last === 'priority'
        ? 'priority'
        : last === 'team'
          ? 'team'
          : null;
    const one = (text: string) => (kind === null ? text : named(kind, text));
    return typeof value === 'string' ? one(value) : value.map(one).join(', ');
  };
  return { field, before: words(before), after: words(after) };
}
