import { and, desc, eq, gt } from 'drizzle-orm';
import { thresholdsOf } from '#domain/settings/thresholds.ts';
import type { Thresholds } from '#domain/settings/threshold.ts';
import type { Instant } from '#domain/time.ts';
import { storedIn } from '../../store/read-thresholds.ts';
import { event, organisation } from '../../store/schema.ts';
import type { Queries } from '../../store/store.ts';

type Before = Readonly<Record<string, number | null>>;

/** An organisation's thresholds as they were at an instant: those of now, with every later change of the log taken back. */
export async function readThresholdsAt(
  queries: Queries,
  organisationId: string,
  at: Instant,
): Promise<Thresholds> {
  const [[row], later] = await Promise.all([
    queries
      .select({ settings: organisation.settings })
      .from(organisation)
      .where(eq(organisation.id, organisationId)),
    queries
      .select({ data: event.data })
      .from(event)
      .where(
        and(
          ...[eq(event.organisationId, organisationId), eq(event.objectKind, 'organisation')],
          ...[eq(event.objectId, organisationId), eq(event.type, 'thresholds-changed')],
          gt(event.at, new Date(at)),
        ),
      )
      .orderBy(desc(event.version)),
  ]);
  const then: Record<string, number | null> = { ...storedIn(row?.settings) };
  for (const { data } of later) Object.assign(then, (data as { readonly before: Before }).before);
  return thresholdsOf(then);
}
