import type { RowSource } from '#domain/facilitation/agenda.ts';
import type { Session } from '#domain/facilitation/session.ts';
import { allowed, type Outcome } from '#domain/outcome.ts';
import type { SectionRows, SessionRow } from '#protocol/views/facilitation.ts';
import type { WarningView } from '#protocol/views/insight.ts';
import type { Registers } from '../app-registers.ts';
import type { Viewer } from '../app.ts';
import type { Queries } from '../store/store.ts';
import { readCommitmentLines } from './commitment-lines.ts';
import {
  readAskLines,
  warningLine,
  readLeftParked,
  readNoteLines,
  readPreviousClose,
  readRegisterLines,
} from './other-lines.ts';

/** What rows are made of beside the database. */
export interface SectionParts {
  readonly registers: Registers;
  readonly warnings: readonly WarningView[];
}

/** The real rows a section lists, by what they are listed for. */
export async function readSection(
  queries: Queries,
  parts: SectionParts,
  viewer: Viewer,
  it: Session,
  stageId: string | null,
): Promise<Outcome<SectionRows>> {
  const stage = it.stages.find(({ id }) => id === (stageId ?? it.current)) ?? it.stages[0];
  if (stage === undefined) return allowed({ stage: '', groups: [] });
  const groups: { source: RowSource; rows: readonly SessionRow[] }[] = [];
  for (const source of stage.rows) {
    groups.push({ source, rows: await readRows(queries, parts, viewer, it, source) });
  }
  return allowed({ stage: stage.id, groups });
}

async function readRows(
  queries: Queries,
  parts: SectionParts,
  viewer: Viewer,
  it: Session,
  source: RowSource,
): Promise<readonly SessionRow[]> {
  switch (source) {
    case 'dependencies':
      return readAskLines(queries, viewer, it);
    case 'needs-you':
      return parts.warnings.filter(({ mutedUntil }) => mutedUntil === null).map(warningLine);
    case 'decisions':
    case 'assumptions':
    case 'triage':
      return readRegisterLines(parts.registers, viewer, it, source);
    case 'left-parked':
      return readLeftParked(queries, viewer.organisationId, it);
    case 'previous-close':
      return readPreviousClose(queries, viewer.organisationId, it);
    case 'not-doing':
    case 'rituals':
      return readNoteLines(queries, viewer.organisationId, it, source);
    default:
      return readCommitmentLines(queries, viewer, it, source);
  }
}
