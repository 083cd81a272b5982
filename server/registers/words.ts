import { eq, sql } from 'drizzle-orm';
import { unseenWords } from '#domain/access/board-scope.ts';
import { termsNow } from '#domain/commitment/commitment.ts';
import type { MetricRule } from '#domain/register/metric-rule.ts';
import { team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { loadCommitment } from '../tracking/commitment-rows.ts';
import { readPeopleNames } from '../tracking/names.ts';
import { seesPromise } from '../tracking/seen.ts';
import type { Look } from './look.ts';
import type { Words } from './part.ts';
import type { Touched } from './touched.ts';

/** Names for ids, in sentences and facts. */
export async function readWords(
  queries: Queries,
  { organisationId, seer }: Pick<Look, 'organisationId' | 'seer'>,
  touched: ReadonlyMap<string, Touched>,
): Promise<Words> {
  const unknown =
    seer !== undefined && seer.hiddenBoards.length > 0 ? unseenWords.toLowerCase() : 'a commitment';
  const [names, [all]] = await Promise.all([
    readPeopleNames(queries, organisationId),
    queries
      .select({
        names: sql<Readonly<Record<string, string>> | null>`jsonb_object_agg(${team.id}, ${team.name})`,
      })
      .from(team)
      .where(eq(team.organisationId, organisationId)),
  ]);
  const teams = new Map(Object.entries(all?.names ?? {}));
  return {
    person: (id) => (id === null ? 'nobody' : (names.get(id) ?? 'somebody who is gone')),
    team: (id) => (id === null ? 'no team' : (teams.get(id) ?? 'a team that is gone')),
    measure: () => 'a measure',
    commitment: (id) => (id === null ? '' : (touched.get(id)?.title ?? unknown)),
  };
}

/** The same, knowing what the measure of a rule is called. */
export async function withMeasure(
  queries: Queries,
  { organisationId, seer }: Pick<Look, 'organisationId' | 'seer'>,
  words: Words,
  rule: MetricRule | null,
): Promise<Words> {
  if (rule === null) return words;
  const found = await loadCommitment(queries, organisationId, rule.commitment);
  const isSeen = found !== null && (seer === undefined || seesPromise(seer, found.state));
  const measures = isSeen ? termsNow(found.state).measures : [];
  return { ...words, measure: (_, key) => measures.find((it) => it.key === key)?.title ?? 'a measure' };
}
