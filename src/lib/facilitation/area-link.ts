import type { BoardArea } from '#domain/facilitation/section-tools.ts';

/** The board, opened at an area; without one, as it opens otherwise. */
export const areaLink = (board: string, area: BoardArea | null): string =>
  area === null ? `/board/${board}` : `/board/${board}?area=${encodeURIComponent(area.id)}`;
