import type { Agreement, Dependency } from './dependency.ts';
import type { DependencyEvent } from './event.ts';
import { coreFrom } from './core.ts';

/** What a source says of an ask: its state as written there, with what the source does not say left open. */
export function foldImport(
  state: Dependency | null,
  event: Extract<DependencyEvent, { type: 'imported' }>,
): Dependency {
  if (state !== null && !state.imported) return state;
  const { data, at } = event;
  const core = { ...coreFrom(data), imported: true };
  const agreement: Agreement = { person: null, date: data.ask.neededBy, at, ask: data.ask };
  const reason = 'so says the imported source';
  switch (data.state) {
    case 'draft':
      return { ...core, status: 'draft' };
    case 'requested':
      return { ...core, status: 'requested', requestedAt: at };
    case 'countered': {
      const counter = { by: 'provider', date: null, scope: reason, person: null, at } as const;
      return { ...core, status: 'countered', counter, before: null };
    }
    case 'accepted':
      return { ...core, status: 'accepted', agreement, atRisk: null, reopened: null };
    case 'delivered':
      return { ...core, status: 'delivered', agreement, evidence: reason, deliveredAt: at };
    case 'confirmed':
      return { ...core, status: 'confirmed', agreement, deliveredAt: at, confirmedAt: at };
    case 'declined':
      return { ...core, status: 'declined', reason, at, choice: null };
    case 'revoked':
      return { ...core, status: 'revoked', reason, at, agreement, choice: null };
    case 'withdrawn':
      return { ...core, status: 'withdrawn', reason, at };
  }
}
