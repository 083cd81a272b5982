import type { ObjectRef } from '#domain/facilitation/session.ts';

/** Where the objects that a meeting speaks of have their pages. */
const pages: Readonly<Record<string, string>> = {
  commitment: 'commitments',
  dependency: 'dependencies',
  decision: 'decisions',
  assumption: 'assumptions',
  risk: 'risks',
  'triage-item': 'triage',
  learning: 'learnings',
  board: 'board',
  team: 'teams',
  ritual: 'rhythm',
};

/** The page of an object; null for what has none. */
export function pageOf(ref: ObjectRef | null): string | null {
  const page = ref === null ? undefined : pages[ref.kind];
  return ref === null || page === undefined ? null : `/${page}/${ref.id}`;
}
