import { uniqueId, type Editor, type TLShape } from 'tldraw';
import { needPrefix } from '#board/schema/dependency-meta.ts';
import { isDependency } from '../shapes/dependency-geometry.ts';

/** Shapes that are somebody in the plan by `meta.key`. */
const hasKey = (shape: TLShape): boolean =>
  shape.type === 'objective' || shape.type === 'priority' || isDependency(shape);

/**
 * Every object drawn, pasted, duplicated or alt-dragged here gets a key of its own (board.md B1.9): a copy never inherits
 * another's commitment. A shape that comes back under its own id and key was only undone, and keeps both.
 */
export function mintKeys(editor: Editor): () => void {
  const gone = new Map<string, unknown>();
  const stopDeletes = editor.sideEffects.registerAfterDeleteHandler('shape', (shape) => {
    if (hasKey(shape)) gone.set(shape.id, shape.meta.key);
  });
  const stopCreates = editor.sideEffects.registerBeforeCreateHandler('shape', (shape, source) => {
    if (source !== 'user' || !hasKey(shape)) return shape;
    if (shape.meta.key !== undefined && gone.get(shape.id) === shape.meta.key) return shape;
    return { ...shape, meta: { ...withFreshNeeds(shape.meta), key: uniqueId() }, props: withFreshMeasures(shape) };
  });
  return () => {
    stopDeletes();
    stopCreates();
  };
}

/** Needs of one's own team live on the card; a copied card asks them anew. */
function withFreshNeeds(meta: TLShape['meta']): TLShape['meta'] {
  const entries = Object.entries(meta).map(([name, value]) =>
    name.startsWith(needPrefix) ? [`${needPrefix}${uniqueId()}`, value] : [name, value],
  );
  return Object.fromEntries(entries) as TLShape['meta'];
}

function withFreshMeasures(shape: TLShape): TLShape['props'] {
  const { measures } = shape.props as { measures?: readonly { key: string }[] };
  if (!measures) return shape.props;
  return { ...shape.props, measures: measures.map((measure) => ({ ...measure, key: uniqueId() })) };
}
