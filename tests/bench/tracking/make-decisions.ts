import { registerSettings } from '../../../src/domain/register/entry.ts';
import type { Store } from '../../../server/store/store.ts';
import { contextFor } from '../../../server/registers/act-on-entry.ts';
import { keepEntry } from '../../../server/registers/entry-rows.ts';
import { registerParts } from '../../../server/registers/parts.ts';
import { decideEntry } from '../../../src/domain/register/decide-entry.ts';
import { addDays, localDateOf } from '../../../src/domain/rhythm/local-time.ts';
import { idOf, numbers, type Generated } from './make-organisation.ts';
import { PER_PERSON, ZONE } from './size.ts';

/** Each team has a question open that one of its promises waits for; half of them should have been decided by now. */
export async function makeDecisions(store: Store, { size, now, organisationId }: Generated): Promise<void> {
  const perTeam = size.commitments / size.teams;
  await store.transaction(async (tx) => {
    for (const team of numbers(size.teams)) {
      const first = Math.floor(team * perTeam);
      const asker = idOf('person', Math.floor(first / PER_PERSON));
      const standing = {
        ...{
          person: asker,
          role: 'member' as const,
          leadOf: [],
          memberOf: [idOf('team', team)],
          leaderless: [],
        },
      } as const;
      const at = now - 20 * 86_400_000;
      const command = {
        ...{
          type: 'open',
          question: `What team ${team} builds on`,
          decider: asker,
          team: idOf('team', team),
        },
        neededBy: addDays(localDateOf(now, ZONE), team % 2 === 0 ? -3 : 10),
        affects: [idOf('commitment', first + 1)],
      } as const;
      const decided = decideEntry(registerParts.decision.rules, null, {
        ...{ command, at, context: contextFor(standing, ZONE, registerSettings) },
        actor: { person: asker, via: 'web' },
      });
      if (!decided.ok) throw new Error(`a question could not be asked: ${decided.refusal.message}`);
      const book = { organisationId, zone: ZONE, recordedAt: at };
      const entry = { id: idOf('decision', team), version: 0, before: null };
      await keepEntry(tx, book, 'decision', entry, decided.value);
    }
  });
}
