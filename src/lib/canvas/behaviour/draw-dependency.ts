import { createShapeId, type Editor, type TLArrowShape, type TLShape } from 'tldraw';
import { needPrefix, type Need } from '#board/schema/dependency-meta.ts';
import type { DependencyMeta, ObjectiveShape } from '#board/schema/shapes.ts';
import { newArrow } from '#board/new-arrow.ts';
import { planKey } from '#board/plan-key.ts';
import { teamOf } from '../shapes/objective-facts.ts';
import { newKey } from './give-keys.ts';
import { inputOf } from './input-of.ts';

const isObjective = (shape: TLShape): shape is ObjectiveShape => shape.type === 'objective';

/** Facts a new dependency starts with: what is the head's title, by when is the tail's due. */
export function firstFacts(tail: TLShape, head: TLShape): Pick<DependencyMeta, 'what' | 'neededBy'> {
  return {
    what: isObjective(head) ? head.props.title : '',
    neededBy: isObjective(tail) ? tail.props.due : null,
  };
}

const ownTeam = (editor: Editor, shape: TLShape): string | null =>
  isObjective(shape) ? teamOf(editor, shape) : ((shape.props as { team?: string | null }).team ?? null);

/** True when both ends are of one team: then it is a need on the card, never an arrow (board.md B2). */
export function isWithinTeam(editor: Editor, tail: TLShape, head: TLShape): boolean {
  const team = ownTeam(editor, tail);
  return team !== null && team === ownTeam(editor, head);
}

/** Puts a need for the own team's work on the card that needs it; returns its key, null when the tail is no card. */
export function addNeed(editor: Editor, tail: TLShape, head: TLShape): string | null {
  if (!isObjective(tail)) return null;
  const key = newKey(editor);
  const need: Need = {
    ...{ ...firstFacts(tail, head), detail: '', hardness: 'hard', size: null },
    team: ownTeam(editor, head),
    objective: isObjective(head) ? planKey(head) : null,
  };
  editor.updateShape({ id: tail.id, type: 'objective', meta: { [`${needPrefix}${key}`]: { ...need } } });
  return key;
}

/** Draws a dependency and asks what and by when; within one team it becomes a need on the card. */
export function drawDependency(editor: Editor, tail: TLShape, head: TLShape): void {
  if (editor.getIsReadonly()) return;
  const on = inputOf(editor).on;
  editor.markHistoryStoppingPoint('dependency');
  if (isWithinTeam(editor, tail, head)) {
    const key = addNeed(editor, tail, head);
    if (key) on.needDrawn(tail.id, key);
    return;
  }
  const id = createShapeId();
  const [arrow, start, end] = newArrow({
    id: id.slice('shape:'.length),
    from: tail.id,
    to: head.id,
    facts: { key: newKey(editor), ...firstFacts(tail, head) },
  });
  editor.run(() => {
    editor.createShape<TLArrowShape>({ ...arrow, index: undefined });
    editor.createBindings([start, end]);
  });
  editor.select(id);
  on.dependencyDrawn(id);
}
