import type { Editor, TLArrowShape, TLShape } from 'tldraw';
import { dependencyMeta } from '#board/new-arrow.ts';
import { endsOf, isDependency } from '../shapes/dependency-geometry.ts';
import { addNeed, firstFacts, isWithinTeam } from './draw-dependency.ts';
import { newKey } from './give-keys.ts';
import { inputOf } from './input-of.ts';

const isArrow = (shape: TLShape): shape is TLArrowShape => shape.type === 'arrow';

/**
 * Any arrow whose two ends come to lie on a card or area is a dependency, whatever tool drew it (board.md B2). Looks at the
 * arrows whose bindings this person changed, once the hand lets go.
 */
export function becomeDependency(editor: Editor): () => void {
  const touched = new Set<TLArrowShape['id']>();
  const note = ({ fromId }: { fromId: TLShape['id'] }, source: 'user' | 'remote') => {
    if (source === 'user') touched.add(fromId);
  };
  const stops = [
    editor.sideEffects.registerAfterCreateHandler('binding', note),
    editor.sideEffects.registerAfterChangeHandler('binding', (_before, binding, source) => {
      note(binding, source);
    }),
    editor.sideEffects.registerOperationCompleteHandler(() => {
      // While the hand still holds the end, the arrow may be on its way to somewhere else.
      if (touched.size === 0 || !editor.isIn('select.idle')) return;
      const ids = [...touched];
      touched.clear();
      for (const id of ids) convert(editor, id);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function convert(editor: Editor, id: TLArrowShape['id']): void {
  const arrow = editor.getShape(id);
  if (!arrow || !isArrow(arrow) || isDependency(arrow)) return;
  const ends = endsOf(editor, arrow);
  if (!ends) return;
  const { on } = inputOf(editor);
  if (isWithinTeam(editor, ends.tail, ends.head)) {
    const key = addNeed(editor, ends.tail, ends.head);
    if (!key) return;
    editor.deleteShape(id);
    on.needDrawn(ends.tail.id, key);
    return;
  }
  const meta = dependencyMeta({ key: newKey(editor), ...firstFacts(ends.tail, ends.head) });
  editor.updateShape<TLArrowShape>({
    id,
    type: 'arrow',
    meta,
    props: { text: '', size: 's', dash: 'solid', color: 'black', bend: 0 },
  });
  editor.select(id);
  on.dependencyDrawn(id);
}
