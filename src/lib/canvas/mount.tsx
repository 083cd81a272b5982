import { createRoot } from 'react-dom/client';
import {
  DefaultFontStyle,
  DefaultSizeStyle,
  computed,
  createTLStore,
  createTLUser,
  react,
  type Editor,
} from 'tldraw';
import { createBoardSchema } from '#board/schema/schema.ts';
import { bindDocument, type BoundDocument } from './bind-document.ts';
import { BoardEditor } from './BoardEditor.tsx';
import { becomeDependency } from './behaviour/become-dependency.ts';
import { makeCardsByDoubleClick } from './behaviour/double-click.ts';
import { followColumns } from './behaviour/follow-columns.ts';
import { fitAreas } from './behaviour/fit-areas.ts';
import { respectGuard } from './behaviour/respect-guard.ts';
import { rememberSurroundings } from './behaviour/input-of.ts';
import { giveKeys } from './behaviour/give-keys.ts';
import { stepWithGestures } from './behaviour/undo-steps.ts';
import { openView } from './behaviour/opening-view.ts';
import { tellPage } from './behaviour/tell-page.ts';
import type { CanvasHandle, CanvasInput, CanvasState } from './contract.ts';
import { handleOf } from './handle.ts';
import { sharePresence } from './presence.ts';
import { surround, type Surroundings } from './surroundings.ts';
import './canvas.css';

/**
 * Opens the canvas of a board in a node of the page. The document must be loaded: what is in it is drawn at once, and from then
 * on both follow each other. `destroy` gives everything back; the node is empty again.
 */
export function mount(node: HTMLElement, input: CanvasInput, first: CanvasState): CanvasHandle {
  const around = surround(input, first);
  const store = createTLStore({ schema: createBoardSchema() });
  const bound = bindDocument(store, input, !mayWrite(around));
  const root = createRoot(node);
  let editor: Editor | null = null;
  const onMount = (mounted: Editor) => {
    editor = mounted;
    const stop = start(mounted, around, bound);
    input.on.ready();
    return stop;
  };
  root.render(<BoardEditor store={store} user={userOf(around)} around={around} onMount={onMount} />);
  return handleOf(around, {
    bound,
    editor: () => editor,
    destroy: () => {
      // React may be rendering right now (a board left while it opens); it refuses to unmount in that moment.
      queueMicrotask(() => {
        root.unmount();
        bound.dispose();
        store.dispose();
      });
    },
  });
}

/** Name and colour for tldraw, and its theme from the page's. Zoom and scroll animations stop when motion is unwanted. */
function userOf(around: Surroundings) {
  const { me } = around.input;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return createTLUser({
    userPreferences: computed('preferences', () => ({
      id: me.personId,
      name: me.name,
      colorScheme: around.state.get().theme,
      animationSpeed: still ? 0 : 1,
      isSnapMode: false,
    })),
    // Preferences belong to the page; tldraw's own menu for them is not shown.
    setUserPreferences: () => undefined,
  });
}

function start(editor: Editor, around: Surroundings, bound: BoundDocument): () => void {
  const { input } = around;
  rememberSurroundings(editor, around, bound);
  editor.setStyleForNextShapes(DefaultFontStyle, 'sans');
  editor.setStyleForNextShapes(DefaultSizeStyle, 's');
  makeCardsByDoubleClick(editor);
  const stops = [
    stepWithGestures(editor, bound),
    react('read-only', () => {
      const may = mayWrite(around);
      editor.updateInstanceState({ isReadonly: !may });
      bound.setReadOnly(!may);
    }),
    respectGuard(editor, around),
    giveKeys(editor),
    becomeDependency(editor),
    followColumns(editor),
    fitAreas(editor),
    tellPage(editor, input.on),
  ];
  if (input.awareness) stops.push(sharePresence(editor, input, input.awareness));
  openView(editor);
  return () => {
    for (const stop of stops) stop();
  };
}

/** A frozen board has nobody on it and is only looked at. */
const mayWrite = ({ input, state }: Surroundings): boolean =>
  input.awareness !== null && state.get().mayWrite;
