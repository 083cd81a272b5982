import { eq } from 'drizzle-orm';
import { allowed, type Outcome } from '#domain/outcome.ts';
import { checkPlan } from '#domain/plan/check-plan.ts';
import { writePlanFile } from '#domain/plan/format/write-plan-file.ts';
import type { Planning, Viewer } from '../app.ts';
import { toCsv } from '../export/to-csv.ts';
import { toMarkdown } from '../export/to-markdown.ts';
import { toSvg } from '../export/to-svg.ts';
import { toTldr } from '../export/to-tldr.ts';
import { keptFile } from '../import/merge-rest.ts';
import { dependency } from '../store/schema.ts';
import { openBoard, readExtra, type OpenBoard } from './board-rows.ts';
import type { PlanningDeps } from './deps.ts';
import { readPlan, type BoardPlan } from './read-plan.ts';
import { readReviewFacts } from './review-facts.ts';

type Format = Parameters<Planning['export']>[2];

/** The plan on the board now, checked against what the server knows of its asks, and as a file. */
export async function viewPlan(
  deps: PlanningDeps,
  viewer: Viewer,
  boardId: string,
): ReturnType<Planning['plan']> {
  const opened = await openBoard(deps.store.db, viewer, boardId, 'read');
  if (!opened.ok) return opened;
  const board = await readPlan(deps, opened.value);
  if (!board.ok) return board;
  const { plan, names, recordIds } = board.value;
  const { agreements } = await readReviewFacts(deps.store.db, viewer.organisationId, boardId);
  const people = new Set(names.people.map(({ key }) => key));
  return allowed({
    plan,
    problems: [...checkPlan(plan, { people, agreements, recordIds }), ...board.value.problems],
    file: await toFile(deps, viewer, opened.value, board.value),
  });
}

/** The board as a file to keep. */
export async function exportBoard(
  deps: PlanningDeps,
  viewer: Viewer,
  boardId: string,
  format: Format,
): ReturnType<Planning['export']> {
  const opened = await openBoard(deps.store.db, viewer, boardId, 'read');
  if (!opened.ok) return opened;
  const board = await readPlan(deps, opened.value);
  if (!board.ok) return board;
  const name = `${fileName(opened.value.row.title)}.${extensions[format]}`;
  const made = (body: string, type: string): Outcome<{ body: string; type: string; name: string }> =>
    allowed({ body, type, name });
  const { plan } = board.value;
  switch (format) {
    case 'plan': {
      const file = await toFile(deps, viewer, opened.value, board.value);
      return made(`${JSON.stringify(file, null, 2)}\n`, 'application/json; charset=utf-8');
    }
    case 'csv':
      return made(toCsv(plan), 'text/csv; charset=utf-8; header=present');
    case 'md':
      return made(toMarkdown(plan), 'text/markdown; charset=utf-8');
    case 'tldr':
      return made(toTldr(board.value.document.records), 'application/vnd.tldraw+json');
    case 'svg':
      return made(
        toSvg(board.value.document.records, opened.value.row.title),
        'image/svg+xml; charset=utf-8',
      );
    default:
      return format satisfies never;
  }
}

const extensions: Readonly<Record<Format, string>> = {
  plan: 'plan.json',
  csv: 'csv',
  md: 'md',
  tldr: 'tldr',
  svg: 'svg',
};

/** A title as a file name: letters, digits, dashes. */
const fileName = (title: string): string =>
  title
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80) || 'board';

/** The plan as throughline-plan/1, with what an import brought along and the asks as they stand on the server. */
async function toFile(
  deps: PlanningDeps,
  viewer: Viewer,
  { row }: OpenBoard,
  { plan }: BoardPlan,
): Promise<unknown> {
  const rows = await deps.store.db
    .select({ key: dependency.objectKey, status: dependency.status })
    .from(dependency)
    .where(eq(dependency.boardId, row.id));
  const kept = keptFile(await readExtra(deps.store.db, row.id))?.rest;
  return writePlanFile(plan, {
    ...kept,
    organisation: kept?.organisation ?? viewer.organisation.name,
    states: Object.fromEntries(rows.map(({ key, status }) => [key, status])),
  });
}
