import { computed, type Computed, type Editor, type TLShape, type TLShapeId } from 'tldraw';
import { isDependencyMeta } from '#board/schema/dependency-meta.ts';
import { endsOf, isDependency } from '../shapes/dependency-geometry.ts';
import { isWithdrawn } from '../shapes/dependency-look.ts';
import type { DependencyTruth } from '#protocol/views/tracking.ts';
import type { Surroundings } from '../surroundings.ts';

/** Up to this many lines a board shows them all; above, only those that matter at the moment (board.md B4). */
const ALL_UP_TO = 14;
/** More chips than this at one card only hide each other; then a line says its words when it is pointed at. */
const CHIPS_UP_TO = 5;

export interface Shown {
  readonly lines: ReadonlySet<TLShapeId>;
  /** Of the shown lines, those that say what and by when. */
  readonly chips: ReadonlySet<TLShapeId>;
}

/** A drawn dependency, as far as showing it needs. */
export interface Drawn {
  readonly arrow: TLShapeId;
  readonly key: string;
  readonly tail: TLShapeId;
  readonly tailIsArea: boolean;
  readonly head: TLShapeId;
}

const perEditor = new WeakMap<Editor, Computed<Shown>>();

/** Which dependency lines are drawn now: on a dense board only those of the hovered or selected card, one's own, and red ones. */
export function shownDependencies(editor: Editor, around: Surroundings): Computed<Shown> {
  let shown = perEditor.get(editor);
  if (!shown) {
    // Apart from the choice, so that dragging a card does not look at every arrow again on every frame.
    const arrows = editor.store.query.records('shape', () => ({ type: { eq: 'arrow' as const } }));
    const bindings = editor.store.query.records('binding');
    const drawn = computed('drawn dependencies', () =>
      listDrawn(editor, arrows.get(), bindings.get().length),
    );
    shown = computed('shown dependencies', () => choose(editor, around, drawn.get()), { isEqual: isSame });
    perEditor.set(editor, shown);
  }
  return shown;
}

function listDrawn(editor: Editor, arrows: readonly TLShape[], bindings: number): Drawn[] {
  if (bindings === 0) return [];
  return arrows.flatMap((arrow) => {
    if (!isDependency(arrow) || !isDependencyMeta(arrow.meta)) return [];
    const ends = endsOf(editor, arrow);
    if (!ends) return [];
    const { tail, head } = ends;
    return [
      {
        arrow: arrow.id,
        key: arrow.meta.key,
        tail: tail.id,
        tailIsArea: tail.type === 'area',
        head: head.id,
      },
    ];
  });
}

/** What is looked at, and by whom; ids of records and teams. */
export interface Looking {
  readonly looked: ReadonlySet<string>;
  readonly myTeams: readonly string[];
  readonly known: (key: string) => DependencyTruth | null;
}

function choose(editor: Editor, around: Surroundings, drawn: readonly Drawn[]): Shown {
  const { truth, myTeams } = around.state.get();
  const looked = new Set<string>(editor.getSelectedShapeIds());
  const hovered = editor.getHoveredShapeId();
  if (hovered) looked.add(hovered);
  return chooseShown(drawn, { looked, myTeams, known: (key) => truth?.dependencies[key] ?? null });
}

/** Which lines and chips are drawn. Pure. */
export function chooseShown(drawn: readonly Drawn[], { looked, myTeams, known }: Looking): Shown {
  const lines = new Set<TLShapeId>();
  const chips = new Set<TLShapeId>();
  const dense = drawn.length > ALL_UP_TO;
  for (const it of drawn) {
    const truth = known(it.key);
    if (isWithdrawn(truth)) continue;
    const atHand = looked.has(it.arrow) || (!it.tailIsArea && looked.has(it.tail)) || looked.has(it.head);
    const open = truth !== null && truth.status !== 'confirmed' && truth.status !== 'delivered';
    const red = open && truth.timing === 'late';
    const own = open && isMine(truth, myTeams);
    if (atHand || red || own || !dense) lines.add(it.arrow);
    if (atHand || (!dense && truth?.status !== 'confirmed')) chips.add(it.arrow);
  }
  if (dense && chips.size > CHIPS_UP_TO) {
    for (const arrow of [...chips]) if (!looked.has(arrow)) chips.delete(arrow);
  }
  return { lines, chips };
}

const isMine = (known: DependencyTruth, teams: readonly string[]): boolean =>
  (known.requesterTeamId !== null && teams.includes(known.requesterTeamId)) ||
  (known.providerTeamId !== null && teams.includes(known.providerTeamId));

const isSame = (a: Shown, b: Shown): boolean => isSameSet(a.lines, b.lines) && isSameSet(a.chips, b.chips);

const isSameSet = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean =>
  a.size === b.size && [...a].every((it) => b.has(it));
