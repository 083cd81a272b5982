import type { RowKind, SessionRow } from '#protocol/views/facilitation.ts';

/** A row that asks for nothing and offers nothing yet; what it is more is laid over it. */
export function plainRow(source: SessionRow['source'], kind: RowKind, id: string, title: string): SessionRow {
  return {
    ...{ source, kind, id, title, detail: '', href: null, ownerId: null, teamId: null, due: null },
    ...{ status: '', version: 0, settled: true, moves: [], checkIn: null, ask: null, flags: [] },
    ...{ carryCount: 0, periods: null, undo: null, score: null },
  };
}
