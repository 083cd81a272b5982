import { eq } from 'drizzle-orm';
import { isMuted } from '#domain/signal/said-before.ts';
import { thresholdsIn } from '../store/read-thresholds.ts';
import { organisation } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { keyOf, linkOf, readMuted, readSignals } from './warnings.ts';

/** A warning as a chat is told of it. */
export interface ChatWarning {
  readonly rule: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly title: string;
  readonly evidence: string;
  readonly link: string;
}

/** What holds now for a team, or for all; nothing that is about one person, nothing put aside. */
export async function readChatWarnings(
  queries: Queries,
  {
    organisationId,
    teamId,
    at,
  }: { readonly organisationId: string; readonly teamId: string | null; readonly at: number },
): Promise<readonly ChatWarning[]> {
  const [home] = await queries.select().from(organisation).where(eq(organisation.id, organisationId));
  if (home === undefined) return [];
  const scope = {
    ...{ organisationId, at, zone: home.timezone, settings: thresholdsIn(home.settings).signals },
    of: teamId === null ? null : { person: null, teams: [teamId] },
  };
  const signals = await readSignals(queries, scope, home.depth);
  const muted = await readMuted(queries, organisationId, at);
  return signals
    .filter(({ rule, subject }) => {
      const mutedUntil = muted.get(keyOf(rule, subject.id)) ?? null;
      return subject.kind !== 'person' && !isMuted({ mutedUntil }, at);
    })
    .map((it) => ({
      ...{ rule: it.rule, subject: it.subject, title: it.title, evidence: it.evidence, link: linkOf(it) },
    }));
}
