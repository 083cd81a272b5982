import type { BoardShape } from './schema/records.ts';

/**
 * The key a planning object goes by in the plan: `meta.key`, minted when it was drawn. A shape that has none yet (drawn
 * by a foreign client) goes by one made of its record id, the same everywhere, which `repair` writes down.
 */
export function planKey(shape: BoardShape): string {
  const { key } = shape.meta;
  return typeof key === 'string' && key !== '' ? key : keyOfId(shape.id);
}

/** A key made of a record id. */
export const keyOfId = (id: string): string => `card-${id.slice(id.indexOf(':') + 1)}`;

/** A card and the key it goes by in the plan. */
export interface Keyed<S> {
  readonly key: string;
  readonly shape: S;
}
