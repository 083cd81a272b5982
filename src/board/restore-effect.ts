import { changesBetween } from './changes-between.ts';
import { isBinding, isShape, type BoardRecord, type RecordChanges } from './schema/records.ts';

/** How many objects, and what some of them are called. */
interface Named {
  readonly count: number;
  readonly titles: readonly string[];
}

/** What bringing a board back does to it. */
export interface RestoreEffect {
  /** What is not there now and comes back. */
  readonly back: Named;
  /** What came since and goes. */
  readonly gone: Named;
  readonly changed: Named;
}

const mostTitles = 8;

type Records = ReadonlyMap<string, BoardRecord>;

/**
 * The changes that make a board what it was. Document and page stay: a board without them is none. Records that can not
 * be shown are in neither set, and are left alone.
 */
export function restoreChanges(now: Records, then: Records): RecordChanges {
  const { put, remove } = changesBetween(now, then);
  return { put, remove: remove.filter((id) => isContent(now.get(id))) };
}

/** The same in words for people: objects only, arrows' ends go with their arrows. */
export function restoreEffect(now: Records, then: Records): RestoreEffect {
  const { put, remove } = restoreChanges(now, then);
  const objects = put.filter((record) => isShape(record));
  return {
    back: named(objects.filter(({ id }) => !now.has(id))),
    gone: named(remove.flatMap((id) => now.get(id) ?? []).filter((record) => isShape(record))),
    changed: named(objects.filter(({ id }) => now.has(id))),
  };
}

const isContent = (record: BoardRecord | undefined): boolean =>
  record !== undefined && (isShape(record) || isBinding(record) || record.typeName === 'asset');

function named(records: readonly BoardRecord[]): Named {
  const titles = records.map(titleOf).filter((title) => title !== '');
  return { count: records.length, titles: titles.slice(0, mostTitles) };
}

function titleOf(record: BoardRecord): string {
  const { title } = ('props' in record ? record.props : {}) as { title?: unknown };
  return typeof title === 'string' ? title.trim() : '';
}
