import type { RowSource, Stage } from '#domain/facilitation/agenda.ts';
import { dealtWith } from '#domain/facilitation/dealt-with.ts';
import type { Session } from '#domain/facilitation/session.ts';
import { allowed, type Outcome } from '#domain/outcome.ts';
import type { SectionRows, SessionRow } from '#protocol/views/facilitation.ts';
import type { WarningView } from '#protocol/views/insight.ts';
import type { Registers } from '../app-registers.ts';
import type { Viewer } from '../app.ts';
import type { Queries } from '../store/store.ts';
import { askLines } from './ask-lines.ts';
import { readCommitmentLines } from './commitment-lines.ts';
import { readLeftParked, readNoteLines, readPreviousClose } from './other-lines.ts';
import { commitLine, readDraftLines, readRoomLines, ritualLines, type PlanFacts } from './plan-lines.ts';
import { readLoadLines } from './load-lines.ts';
import { readRegisterLines } from './register-lines.ts';
import { readRhythmLines } from './rhythm-lines.ts';
import { asksIn } from './scope.ts';
import { readFrameLines, readSignalLines } from './strategy-lines.ts';
import { readWarningLines } from './warning-lines.ts';

/** What rows are made of beside the database. */
export interface SectionParts {
  readonly registers: Registers;
  readonly warnings: readonly WarningView[];
  /** The board that is planned, where a section lists it. */
  readonly planned: PlanFacts | null;
}

/** The real rows a section lists, by what they are listed for. */
export async function readSection(
  queries: Queries,
  parts: SectionParts,
  viewer: Viewer,
  it: Session,
  stageId: string | null,
): Promise<Outcome<SectionRows>> {
  const stage = sectionOf(it, stageId);
  if (stage === undefined) return allowed({ stage: '', groups: [] });
  const groups: { source: RowSource; rows: readonly SessionRow[] }[] = [];
  for (const source of stage.rows) {
    const rows = await readRows(queries, parts, viewer, it, source);
    groups.push({
      source,
      rows: rows.map((row) => (row.settled || !dealtWith(it, row) ? row : { ...row, settled: true })),
    });
  }
  return allowed({ stage: stage.id, groups });
}

/** The section that is looked at: the one asked for, else where the room is, else the first. */
export const sectionOf = (it: Session, stageId: string | null): Stage | undefined =>
  it.stages.find(({ id }) => id === (stageId ?? it.current)) ?? it.stages[0];

async function readRows(
  queries: Queries,
  parts: SectionParts,
  viewer: Viewer,
  it: Session,
  source: RowSource,
): Promise<readonly SessionRow[]> {
  switch (source) {
    case 'dependencies':
      return askLines(queries, viewer, source, asksIn(viewer.organisationId, it));
    case 'needs-you':
      return readWarningLines(queries, parts, viewer, it);
    case 'assumptions':
      return [
        // Promises whose assumption failed wait for their owner's answer: before anything is checked.
        ...(await readCommitmentLines(queries, viewer, it, source)),
        ...(await readRegisterLines(queries, parts.registers, viewer, it, source)),
      ];
    case 'decisions':
    case 'triage':
      return readRegisterLines(queries, parts.registers, viewer, it, source);
    case 'signals':
      return readSignalLines(parts.registers, viewer);
    case 'frame':
      return readFrameLines(parts.registers, viewer);
    case 'left-parked':
      return readLeftParked(queries, viewer.organisationId, it);
    case 'previous-close':
      return readPreviousClose(queries, viewer.organisationId, it);
    case 'drafts':
      return parts.planned === null ? [] : readDraftLines(queries, viewer, parts.planned);
    case 'room':
      return parts.planned === null ? [] : readRoomLines(queries, viewer, parts.planned);
    case 'offers':
      return [
        ...(parts.planned === null ? [] : commitLine(parts.planned)),
        ...(await readCommitmentLines(queries, viewer, it, source)),
      ];
    case 'rituals':
      return parts.planned === null ? readNoteLines(queries, viewer, it, source) : ritualLines(parts.planned);
    case 'not-doing':
      return readNoteLines(queries, viewer, it, source);
    case 'rhythm-result':
      return readRhythmLines(queries, viewer, it);
    case 'loads':
      return readLoadLines(queries, viewer, it);
    default:
      return readCommitmentLines(queries, viewer, it, source);
  }
}
