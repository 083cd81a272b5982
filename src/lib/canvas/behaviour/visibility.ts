import type { Editor, TLShape } from 'tldraw';
import { endsOf, isDependency } from '../shapes/dependency-geometry.ts';
import type { Surroundings } from '../surroundings.ts';
import { shownDependencies } from './shown-dependencies.ts';

type Visibility = (shape: TLShape, editor: Editor) => 'hidden' | 'inherit';

const perBoard = new WeakMap<Surroundings, Visibility>();

/** Hides dependency lines that do not matter now; a hidden line takes no clicks either. One function per board: tldraw compares. */
export function visibilityOf(around: Surroundings): Visibility {
  let visibility = perBoard.get(around);
  if (!visibility) {
    visibility = (shape, editor) => {
      if (!isDependency(shape) || !endsOf(editor, shape)) return 'inherit';
      return shownDependencies(editor, around).get().lines.has(shape.id) ? 'inherit' : 'hidden';
    };
    perBoard.set(around, visibility);
  }
  return visibility;
}
