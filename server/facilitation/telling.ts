import { and, eq, inArray, or } from 'drizzle-orm';
import { session } from '../store/schema.ts';
import { isUuid } from '../store/uuid.ts';
import type { FacilitationDeps } from './deps.ts';
import type { SessionHub } from './hub.ts';
import { viewLive } from './live-view.ts';
import { loadSession, type LoadedSession } from './session-table.ts';

/** Who hears of a session: listeners and windows of its board here, and the other nodes. */
export interface Telling {
  /** Everybody here, and the other nodes are rung: they read it for their own windows. */
  tellAll(loaded: LoadedSession): Promise<void>;
  /** What other nodes did while a ring was lost. */
  catchUp(): Promise<void>;
  /** Another node changed a session, or heard of somebody in it. */
  rung(ring: string): Promise<void>;
  /** Something that sessions list has changed on a board; null: on none. */
  rowsChanged(boardId: string | null): Promise<void>;
}

/** What nodes ring each other with when somebody said "I am here": whoever moves to another node has not left. */
export const heardRing = (session: string, person: string): string => `${session}/${person}`;

export function makeTelling(deps: FacilitationDeps, hub: SessionHub): Telling {
  const { store, now } = deps;

  const tell = async (loaded: LoadedSession): Promise<void> => {
    const live = await viewLive(store.db, loaded, now());
    hub.tell(loaded.row.id, live.rev, { type: 'session', session: live });
    const { boardId, status } = loaded.row;
    if (boardId === null || status === 'planned') return;
    deps.pushToBoard(boardId, { type: 'session', session: live });
  };

  /** What another node did, told to those who listen here. */
  const retell = async (organisationId: string, id: string): Promise<void> => {
    const loaded = await loadSession(store.db, organisationId, id);
    if (loaded === null) return;
    await tell(loaded);
    if (loaded.row.status === 'ended') hub.forget(id);
  };

  const columns = { id: session.id, rev: session.rev, of: session.organisationId };

  return {
    tellAll: async (loaded) => {
      deps.ringSession(loaded.row.id);
      await tell(loaded);
    },
    catchUp: async () => {
      const ids = [...new Set([...hub.listened(), ...hub.followed()])];
      const boards = deps.alone ? [] : deps.openBoards();
      if (ids.length === 0 && boards.length === 0) return;
      const rows = await store.db
        .select(columns)
        .from(session)
        .where(
          or(
            inArray(session.id, ids),
            and(eq(session.status, 'running'), inArray(session.boardId, [...boards])),
          ),
        );
      for (const { id, rev, of } of rows) if (rev > hub.toldRev(id)) await retell(of, id);
    },
    rung: async (ring) => {
      const [id = '', person] = ring.split('/', 2);
      if (!isUuid(id)) return;
      if (person !== undefined) return hub.heard(id, person, now());
      const [row] = await store.db.select(columns).from(session).where(eq(session.id, id));
      if (row !== undefined && row.rev > hub.toldRev(id)) await retell(row.of, id);
    },
    rowsChanged: async (boardId) => {
      const rows = await store.db
        .select({ id: session.id, boardId: session.boardId })
        .from(session)
        .where(and(inArray(session.id, [...hub.listened()]), eq(session.status, 'running')));
      // What lies on no board, a promise for the week or a question, is listed by meetings on boards as well.
      const concerned = rows.filter(
        (row) => boardId === null || row.boardId === null || row.boardId === boardId,
      );
      hub.hint((id) => concerned.some((row) => row.id === id));
    },
  };
}
