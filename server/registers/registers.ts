import { and, desc, eq, lte } from 'drizzle-orm';
import type { Outcome } from '#domain/outcome.ts';
import type { NotDoingRow, RegisterDetail, RegisterKind } from '#protocol/views/registers.ts';
import type { Registers } from '../app-registers.ts';
import type { Viewer } from '../app.ts';
import { board, notDoing, organisation } from '../store/schema.ts';
import { onSeenBoards } from '../store/seen-boards.ts';
import { thresholdsIn } from '../store/read-thresholds.ts';
import { isUuid } from '../store/uuid.ts';
import { actOnEntry, createEntry } from './act-on-entry.ts';
import type { RegistersDeps } from './deps.ts';
import { readDue } from './due.ts';
import { listEntries } from './entry-view.ts';
import { lookOf } from './look.ts';
import { readEntry } from './read-entry.ts';
import { advanceRegisters } from './registers-clock.ts';

/** Builds the registers: decisions, assumptions, risks, triage, interrupts, learnings. */
export function createRegisters(deps: RegistersDeps): Registers {
  const { store } = deps;

  /** After an act: tells the boards it shows on, then answers with what it looks like now. */
  async function answered<K extends RegisterKind>(
    viewer: Viewer,
    kind: K,
    acted: Outcome<{ readonly id: string; readonly boards: ReadonlySet<string> }>,
  ): Promise<Outcome<RegisterDetail<K>>> {
    if (!acted.ok) return acted;
    for (const it of acted.value.boards) deps.truthChanged(it);
    return readEntry(store.db, viewer, kind, acted.value.id);
  }

  return {
    list: async (viewer, kind, filter) =>
      listEntries(store.db, await lookOf(store.db, viewer, filter.at), kind, filter),
    read: (viewer, kind, id, look) => readEntry(store.db, viewer, kind, id, look?.at),
    create: async (viewer, kind, input, within) =>
      answered(viewer, kind, await createEntry(deps, viewer, kind, input, within)),
    act: async (viewer, kind, id, name, input, within) => {
      const acted = await actOnEntry(deps, viewer, kind, { id, name, input, within });
      return answered(viewer, kind, acted.ok ? { ok: true, value: { id, ...acted.value } } : acted);
    },
    due: async (organisationId, at, of = {}) => {
      const [found] = await store.db
        .select({ zone: organisation.timezone, settings: organisation.settings })
        .from(organisation)
        .where(eq(organisation.id, organisationId));
      if (found === undefined) return [];
      const settings = thresholdsIn(found.settings).registers;
      const { seer, ...whose } = of;
      const look = { organisationId, at, zone: found.zone, settings, ...(seer && { seer }) };
      return readDue(store.db, look, whose);
    },
    notDoing: async (
      { organisationId, organisation: { now }, hiddenBoards },
      { boardId, at },
    ): Promise<readonly NotDoingRow[]> => {
      if (boardId !== undefined && !isUuid(boardId)) return [];
      const rows = await store.db
        .select({
          ...{ id: notDoing.id, boardId: notDoing.boardId, boardTitle: board.title },
          ...{ objectKey: notDoing.objectKey, title: notDoing.title, reason: notDoing.reason },
          ...{ byId: notDoing.by, at: notDoing.at },
        })
        .from(notDoing)
        .innerJoin(board, eq(board.id, notDoing.boardId))
        .where(
          and(
            eq(notDoing.organisationId, organisationId),
            onSeenBoards(notDoing.boardId, hiddenBoards),
            boardId === undefined ? undefined : eq(notDoing.boardId, boardId),
            lte(notDoing.at, new Date(Math.min(at ?? now, now))),
          ),
        )
        .orderBy(desc(notDoing.at), desc(notDoing.id));
      return rows.map((row) => ({ ...row, at: row.at.getTime() }));
    },
    advanceClock: () => advanceRegisters(deps),
  };
}
