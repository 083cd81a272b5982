import { drawnDependencies } from '../drawn-dependencies.ts';
import { compareText } from '../flatten.ts';
import { keyOfId } from '../plan-key.ts';
import { needPrefix } from '../schema/dependency-meta.ts';
import { isArrow, isObjective, isPriority, type BoardRecord, type BoardShape } from '../schema/records.ts';
import type { ObjectiveShape } from '../schema/shapes.ts';

type Records = Map<string, BoardRecord>;

/**
 * Every objective, priority and dependency has a plan key of its own. Of two with one key the smaller record id keeps
 * it, the other gets one made of its id: the same everywhere, unlike a minted one.
 */
export function repairKeys(records: Records): void {
  const all = [...records.values()];
  settle(records, all.filter(isObjective));
  settle(records, all.filter(isPriority));
  const arrows = all.filter(isArrow).filter((arrow) => arrow.meta.kind === 'dependency');
  const taken = settle(records, arrows);
  repairNeeds(records, taken);
}

function settle(records: Records, shapes: readonly BoardShape[]): Set<string> {
  const keys = new Set(shapes.map(({ meta }) => meta.key));
  // Each has one of its own, as on nearly every board: who comes first does not matter then.
  if (keys.size === shapes.length && [...keys].every(isKey)) return keys as Set<string>;
  const taken = new Set<string>();
  const homeless: BoardShape[] = [];
  for (const shape of [...shapes].sort((a, b) => compareText(a.id, b.id))) {
    const { key } = shape.meta;
    if (isKey(key) && !taken.has(key)) taken.add(key);
    else homeless.push(shape);
  }
  for (const shape of homeless) {
    let key = keyOfId(shape.id);
    while (taken.has(key)) key = `${key}-2`;
    taken.add(key);
    records.set(shape.id, { ...shape, meta: { ...shape.meta, key } });
  }
  return taken;
}

const isKey = (key: unknown): key is string => typeof key === 'string' && key !== '';

/** Needs kept on cards share their keys with the arrows. A need that was drawn as an arrow meanwhile is that arrow. */
function repairNeeds(records: Records, taken: Set<string>): void {
  const drawn = new Set(
    drawnDependencies(records).map(({ arrow, tail }) => `${tail.id} ${String(arrow.meta.key)}`),
  );
  const cards = [...records.values()].filter(isObjective).filter(holdsNeeds);
  cards.sort((a, b) => compareText(a.id, b.id));
  for (const card of cards) {
    const meta: ObjectiveShape['meta'] = {};
    for (const [name, value] of Object.entries(card.meta)) {
      const key = name.startsWith(needPrefix) ? name.slice(needPrefix.length) : null;
      if (key === null) meta[name] = value;
      else if (!drawn.has(`${card.id} ${key}`)) {
        let own = key;
        for (let n = 1; taken.has(own); n += 1) own = `need-${card.id.slice('shape:'.length)}-${n}`;
        taken.add(own);
        meta[needPrefix + own] = value;
      }
    }
    if (Object.keys(meta).join('\n') !== Object.keys(card.meta).join('\n'))
      records.set(card.id, { ...card, meta });
  }
}

const holdsNeeds = ({ meta }: ObjectiveShape): boolean =>
  Object.keys(meta).some((name) => name.startsWith(needPrefix));
