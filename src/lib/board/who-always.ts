import type { BoardGuard } from '#domain/access/guard.ts';

/** Whom levels and locks do not bind, as a sentence's subject. */
export const whoAlways = ({ facilitators }: BoardGuard): string =>
  facilitators.length === 0 ? 'Managers of this board' : 'Managers of this board and the facilitator';
