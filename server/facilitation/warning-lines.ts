import { and, eq, gte, inArray } from 'drizzle-orm';
import { thresholdsOf } from '#domain/settings/thresholds.ts';
import type { Session } from '#domain/facilitation/session.ts';
import type { SessionRow } from '#protocol/views/facilitation.ts';
import type { WarningView } from '#protocol/views/insight.ts';
import type { Registers } from '../app-registers.ts';
import type { Viewer } from '../app.ts';
import { commitment, dependency } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { linesOf } from './commitment-lines.ts';
import { askLines } from './ask-lines.ts';
import { plainRow } from './plain-row.ts';
import { registerLines } from './register-lines.ts';
import { plannedIn } from './scope.ts';

/**
 * What needs somebody, heaviest first: each warning with its evidence and what it asks for, on the real object it is
 * about, so that it can be answered on the spot. Two warnings about one object are one row.
 */
export async function readWarningLines(
  queries: Queries,
  { registers, warnings }: { readonly registers: Registers; readonly warnings: readonly WarningView[] },
  viewer: Viewer,
  it: Session,
): Promise<readonly SessionRow[]> {
  const told = warnings.filter(({ mutedUntil }) => mutedUntil === null);
  const ids = (kind: WarningView['subjectKind']): readonly string[] => [
    ...new Set(told.filter(({ subjectKind }) => subjectKind === kind).map(({ subjectId }) => subjectId)),
  ];
  const [promises, asks, questions] = [ids('commitment'), ids('dependency'), ids('decision')];
  const objects = new Map<string, SessionRow>();
  const found = [
    ...(promises.length === 0
      ? []
      : await linesOf(queries, viewer, it, 'needs-you', inArray(commitment.id, [...promises]))),
    ...(asks.length === 0
      ? []
      : await askLines(queries, viewer, 'needs-you', inArray(dependency.id, [...asks]))),
    ...(questions.length === 0 ? [] : await readQuestions(queries, registers, viewer, questions)),
  ];
  for (const row of found) objects.set(row.id, row);
  const rows = [...Map.groupBy(told, ({ subjectId }) => subjectId)].flatMap(([id, group]) => {
    const [first] = group;
    if (first === undefined) return [];
    const row = objects.get(id) ?? plainRow('needs-you', 'note', id, first.title);
    return [
      {
        ...row,
        detail: group.map(({ evidence, ask }) => `${evidence} ${ask}`).join(' '),
        ...{ href: row.href ?? first.link, settled: false },
      },
    ];
  });
  return [...rows, ...(await justAnswered(queries, viewer, it, promises))];
}

/** What was warned of until this viewer checked in here a moment ago: it stays for a while, to be taken back. */
async function justAnswered(
  queries: Queries,
  viewer: Viewer,
  it: Session,
  warned: readonly string[],
): Promise<readonly SessionRow[]> {
  const { tracking } = thresholdsOf(viewer.organisation.thresholds);
  const since = viewer.organisation.now - tracking.undoCheckInWithinMinutes * 60_000;
  const lines = await linesOf(
    queries,
    viewer,
    it,
    'needs-you',
    and(
      plannedIn(viewer.organisationId, it),
      eq(commitment.status, 'committed'),
      gte(commitment.lastCheckInAt, new Date(Math.max(since, it.startedAt ?? since))),
    ),
  );
  return lines
    .filter(({ id, undo }) => undo !== null && !warned.includes(id))
    .map((line) => ({ ...line, detail: 'you checked in just now', settled: true }));
}

async function readQuestions(
  queries: Queries,
  registers: Registers,
  viewer: Viewer,
  ids: readonly string[],
): Promise<readonly SessionRow[]> {
  const open = await registers.list(viewer, 'decision', { open: true });
  return registerLines(
    queries,
    viewer,
    'needs-you',
    open.filter(({ id }) => ids.includes(id)),
  );
}
