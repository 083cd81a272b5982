import { and, eq, inArray, isNull } from 'drizzle-orm';
import { nobody } from '#domain/access/standing.ts';
import { decideEntry } from '#domain/register/decide-entry.ts';
import { thresholdsIn } from '../store/read-thresholds.ts';
import { decision, organisation } from '../store/schema.ts';
import { contextFor } from './act-on-entry.ts';
import type { RegistersDeps } from './deps.ts';
import { followUp } from './effects.ts';
import { keepEntry, loadEntry, readEntries } from './entry-rows.ts';
import { registerParts } from './parts.ts';

const clock = { person: null, via: 'clock' } as const;

/**
 * Writes down what the clock has done to decisions in every organisation with the real time. Safe to run twice or on two
 * nodes: each entry is locked and decides for itself. An example's clock stands still; its lists fold the same in.
 */
export async function advanceRegisters(deps: RegistersDeps): Promise<void> {
  const at = deps.now();
  const organisations = await deps.store.db
    .select({
      ...{ id: organisation.id, zone: organisation.timezone, depth: organisation.depth },
      settings: organisation.settings,
    })
    .from(organisation)
    .where(isNull(organisation.clockNow));
  for (const { id: organisationId, zone, depth, settings } of organisations) {
    const context = contextFor(nobody, zone, thresholdsIn(settings).registers);
    const { rules } = registerParts.decision;
    const waiting = await readEntries(
      deps.store.db,
      'decision',
      organisationId,
      and(
        eq(decision.organisationId, organisationId),
        inArray(decision.status, ['decided', 'in-force', 'reaffirmed']),
      ),
    );
    for (const { row, state } of waiting) {
      if (rules.clock(state, at, context).length === 0) continue;
      const boards = await deps.store.transaction(async (tx) => {
        const loaded = await loadEntry(tx, 'decision', organisationId, row.id, { lock: true });
        if (loaded === null) return new Set<string>();
        const asked = { command: { type: 'tick' }, actor: clock, at, context } as const;
        const decided = decideEntry(rules, loaded.state, asked);
        if (!decided.ok || decided.value.length === 0) return new Set<string>();
        const book = { organisationId, recordedAt: at, zone };
        const entry = { id: row.id, version: loaded.row.version, before: loaded.state };
        const after = await keepEntry(tx, book, 'decision', entry, decided.value);
        const facts = { organisationId, zone, depth };
        return followUp(
          tx,
          { deps, actor: clock, at, context, book, facts },
          { kind: 'decision', id: row.id, before: loaded.state, after, events: decided.value },
        );
      });
      for (const board of boards) deps.truthChanged(board);
    }
  }
}
