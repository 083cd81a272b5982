import { eq } from 'drizzle-orm';
import type { WarningView } from '#protocol/views/insight.ts';
import { thresholdsIn } from '../store/read-thresholds.ts';
import { organisation } from '../store/schema.ts';
import { address } from './address.ts';
import type { Draft } from './drafts.ts';
import type { NotifyDeps } from './deps.ts';
import { keepMessages } from './keep-messages.ts';
import { readReaders, type Readers } from './readers.ts';

/**
 * Tells early warnings that begin now to those they are meant for, once: in the inbox, and by mail with the digest of a
 * day. One that gets worse or still holds after its pause begins anew (tracking.md T11).
 */
export async function tellWarnings(
  deps: NotifyDeps,
  organisationId: string,
  warnings: readonly WarningView[],
): Promise<void> {
  const { db } = deps.store;
  const [home] = await db
    .select({ kind: organisation.kind, zone: organisation.timezone, settings: organisation.settings })
    .from(organisation)
    .where(eq(organisation.id, organisationId));
  if (home === undefined || warnings.length === 0) return;
  const clock = { id: organisationId, ...home, at: deps.now(), settings: thresholdsIn(home.settings) };
  const readers = await readReaders(db, clock);
  const drafts = warnings.flatMap((it) => toDrafts(it, readers, clock.at));
  await keepMessages(deps, clock, await address(db, drafts, readers, clock));
}

function toDrafts(it: WarningView, readers: Readers, at: number): readonly Draft[] {
  const people = it.audience.flatMap(({ personId, teamId }) =>
    personId === null ? readers.spokesOf(teamId) : [personId],
  );
  return [...new Set(people)].map((person) => ({
    ...{ person, link: it.link, at, manner: 'digest' as const, reminder: false },
    subject: { kind: it.subjectKind, id: it.subjectId },
    rung: `${it.rule}:${at}`,
    words: (_reader, standsInFor) => ({
      title: standsInFor === null ? it.title : `${standsInFor}: ${it.title}`,
      evidence: `${it.evidence} ${it.ask}`.trim(),
    }),
  }));
}
