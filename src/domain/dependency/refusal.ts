/** Stable ids of everything a dependency refuses. */
export type DependencyRefusal =
  | 'not-yours'
  | 'wrong-state'
  | 'unknown-dependency'
  | 'invalid'
  | 'provider-missing'
  | 'own-team'
  | 'reason-missing'
  | 'evidence-missing'
  | 'date-missing'
  | 'later-than-needed'
  | 'champion-missing'
  | 'needs-decision'
  | 'owner-missing'
  | 'ring';
