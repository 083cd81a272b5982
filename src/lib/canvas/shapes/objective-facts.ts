import { useComputed, useEditor, useValue, type Editor } from 'tldraw';
import type { ObjectiveShape } from '#board/schema/shapes.ts';
import { isDependencyMeta, needPrefix } from '#board/schema/dependency-meta.ts';
import type { CommitmentTruth } from '#protocol/views/tracking.ts';
import type { StatusMark } from '../contract.ts';
import { useSurroundings, type Surroundings } from '../surroundings.ts';
import { hue } from './words.ts';

/** What both faces of a card show, gathered from the document and from what the server knows. */
export interface ObjectiveFacts {
  readonly key: string;
  readonly hue: string;
  readonly truth: CommitmentTruth | null;
  readonly mark: StatusMark | null;
  /** Nobody said a word for too long: the whole card greys. */
  readonly quiet: boolean;
  /** True when the card says something else than what was promised (board.md B5.8). */
  readonly differs: boolean;
}

export const keyOf = (shape: ObjectiveShape): string =>
  typeof shape.meta.key === 'string' ? shape.meta.key : '';

/** The team a card belongs to: its own word, else that of the area it lies in. */
export function teamOf(editor: Editor, shape: ObjectiveShape): string | null {
  if (shape.props.team !== null) return shape.props.team;
  const area = editor.findShapeAncestor(shape, (parent) => parent.type === 'area');
  const team = (area?.props as { team?: unknown } | undefined)?.team;
  return typeof team === 'string' ? team : null;
}

function plannedMark(status: ObjectiveShape['props']['status']): StatusMark | null {
  if (status === 'draft') return { shape: '◌', word: 'Draft', tone: 'plain' };
  if (status === 'not-doing') return { shape: '–', word: 'Not doing', tone: 'stale' };
  return null;
}

function gather(editor: Editor, around: Surroundings, shape: ObjectiveShape): ObjectiveFacts {
  const { title, due, status } = shape.props;
  const key = keyOf(shape);
  const truth = around.commitment(key);
  const team = teamOf(editor, shape);
  const binding = truth !== null && truth.status === 'committed';
  return {
    key,
    hue: hue(team === null ? null : around.teams.get().get(team)?.colour),
    truth,
    mark: truth ? around.input.look(truth, around.now.get()) : plannedMark(status),
    quiet: truth?.display === 'stale' || (truth === null && status === 'not-doing'),
    differs: binding && (truth.statement.trim() !== title.trim() || (due !== null && truth.due !== due)),
  };
}

/** A card draws itself anew only when something it shows is another. */
const isSame = (a: ObjectiveFacts, b: ObjectiveFacts): boolean =>
  a.key === b.key &&
  a.hue === b.hue &&
  a.quiet === b.quiet &&
  a.differs === b.differs &&
  a.mark?.word === b.mark?.word &&
  a.mark?.tone === b.mark?.tone &&
  a.truth?.progress === b.truth?.progress &&
  a.truth?.due === b.truth?.due;

export function useObjectiveFacts(shape: ObjectiveShape): ObjectiveFacts {
  const editor = useEditor();
  const around = useSurroundings();
  const facts = useComputed('objective facts', () => gather(editor, around, shape), { isEqual: isSame }, [
    editor,
    around,
    shape,
  ]);
  return useValue(facts);
}

/** How many needs a card has and how many others ask something of it; lines may be hidden, the counts never are. */
function countAsks(editor: Editor, shape: ObjectiveShape): { needs: number; asked: number } {
  let needs = Object.keys(shape.meta).filter((name) => name.startsWith(needPrefix)).length;
  let asked = 0;
  for (const binding of editor.getBindingsToShape(shape, 'arrow')) {
    const arrow = editor.getShape(binding.fromId);
    if (!arrow || !isDependencyMeta(arrow.meta)) continue;
    if ((binding.props as { terminal?: unknown }).terminal === 'start') needs += 1;
    else asked += 1;
  }
  return { needs, asked };
}

export function useAsks(shape: ObjectiveShape): { needs: number; asked: number } {
  const editor = useEditor();
  const asks = useComputed('asks', () => countAsks(editor, shape), { isEqual: isSameCount }, [editor, shape]);
  return useValue(asks);
}

type Count = ReturnType<typeof countAsks>;
const isSameCount = (a: Count, b: Count): boolean => a.needs === b.needs && a.asked === b.asked;
