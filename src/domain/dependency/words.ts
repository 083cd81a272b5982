import type { Dependency } from './dependency.ts';

/** The word on the screen for a stored state (tracking.md T5). */
export function wordFor(it: Dependency): string {
  switch (it.status) {
    case 'draft':
      return 'not sent';
    case 'requested':
      return 'asked';
    case 'countered':
      return 'counter-offer';
    case 'accepted':
      return it.reopened === null ? 'agreed' : 'changed, reconfirm';
    case 'delivered':
      return 'delivered';
    case 'confirmed':
      return 'done';
    case 'declined':
      return 'declined';
    case 'revoked':
      return 'taken back';
    case 'withdrawn':
      return 'withdrawn';
  }
}
