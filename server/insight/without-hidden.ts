import type { DomainEvent } from '#domain/event.ts';
import type { Viewer } from '../app.ts';

/** An event without what it lists of boards that are hidden from who reads it, such as priorities under a strategy. */
export function withoutHidden<E extends Pick<DomainEvent, 'data'>>(event: E, { hiddenBoards }: Viewer): E {
  if (hiddenBoards.length === 0) return event;
  const strip = (it: unknown): unknown => {
    if (Array.isArray(it)) return it.filter((each) => !isHidden(each)).map(strip);
    if (typeof it !== 'object' || it === null) return it;
    return Object.fromEntries(Object.entries(it).map(([field, value]) => [field, strip(value)]));
  };
  const isHidden = (it: unknown): boolean =>
    typeof it === 'object' && it !== null && 'board' in it && hiddenBoards.includes(String(it.board));
  return { ...event, data: strip(event.data) };
}
