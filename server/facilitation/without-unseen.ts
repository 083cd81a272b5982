import { unseenWords } from '#domain/access/board-scope.ts';
import type { Viewer } from '../app.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { unseenAmong } from '../tracking/unseen-subjects.ts';

/** Fields that say in words what an object is, or what was done to it. */
const told: ReadonlySet<string> = new Set(['title', 'text', 'what']);

/**
 * What a session says, as somebody may read it who may not look at every board it spoke of: a team's meeting lists its
 * own boards, and its minutes are read by others. A line about something hidden says only that there is one.
 */
export async function withoutUnseen<T extends object>(queries: Queries, viewer: Viewer, said: T): Promise<T> {
  if (viewer.hiddenBoards.length === 0) return said;
  const named = new Set<string>();
  walk(said, (it) => {
    for (const id of subjectsOf(it)) named.add(id);
    return it;
  });
  const unseen = await unseenAmong(queries, viewer, [...named]);
  if (unseen.size === 0) return said;
  return walk(said, (it) => {
    if (!subjectsOf(it).some((id) => unseen.has(id))) return it;
    return Object.fromEntries(
      Object.entries(it).map(([name, value]) => [
        name,
        told.has(name) && typeof value === 'string' ? unseenWords : value,
      ]),
    );
  }) as T;
}

type Line = Readonly<Record<string, unknown>>;

/** What a line is about: an object it refers to, the row it names, or what was voted on. */
function subjectsOf({ ref, origin, row, id, item }: Line): readonly string[] {
  const ids = [ref, origin, row].map((it) => (isLine(it) ? it['id'] : null));
  return [...ids, id, item].filter((it): it is string => typeof it === 'string' && isUuid(it));
}

const isLine = (it: unknown): it is Line => typeof it === 'object' && it !== null && !Array.isArray(it);

/** Every object within, from the inside out. */
function walk(it: unknown, change: (line: Line) => Line): unknown {
  if (Array.isArray(it)) return it.map((each: unknown) => walk(each, change));
  if (!isLine(it)) return it;
  return change(Object.fromEntries(Object.entries(it).map(([name, value]) => [name, walk(value, change)])));
}
