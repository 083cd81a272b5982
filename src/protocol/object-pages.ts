import type { ObjectRef } from '../domain/facilitation/session.ts';

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
  'outside-signal': 'signals',
  'strategy-frame': 'strategy',
};

/** The page of an object; null for what has none. */
export function pageOf(ref: ObjectRef | null): string | null {
  const page = ref === null ? undefined : pages[ref.kind];
  // Opening a session is joining it: who looks back reads its minutes.
  if (ref?.kind === 'session') return `/sessions/${ref.id}/minutes`;
  return ref === null || page === undefined ? null : `/${page}/${ref.id}`;
}
