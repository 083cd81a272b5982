import { DefaultStylePanel, useEditor, useValue, type TLComponents, type TLUiStylePanelProps } from 'tldraw';
import { MapPanel } from './MapPanel.tsx';
import { Toolbar } from './Toolbar.tsx';
import { isDependency } from '../shapes/dependency-geometry.ts';

const ours: ReadonlySet<string> = new Set(['objective', 'priority', 'area', 'column']);
const drawingTools: ReadonlySet<string> = new Set([
  'draw',
  'geo',
  'line',
  'highlight',
  'note',
  'text',
  'arrow',
]);

/** tldraw's styles for tldraw's own shapes; ours have forms of their own at the same place. */
function StylePanel(props: TLUiStylePanelProps) {
  const editor = useEditor();
  const wanted = useValue(
    'style panel wanted',
    () => {
      const selected = editor.getSelectedShapes();
      if (selected.length === 0) return drawingTools.has(editor.getCurrentToolId());
      return !selected.some((shape) => ours.has(shape.type) || isDependency(shape));
    },
    [editor],
  );
  return wanted ? <DefaultStylePanel {...props} /> : null;
}

/** The page around the canvas has its own bar, people and menus: tldraw keeps tools, minimap, context menu and dialogs. */
export const components: TLComponents = {
  Toolbar,
  StylePanel,
  NavigationPanel: MapPanel,
  MainMenu: null,
  PageMenu: null,
  MenuPanel: null,
  HelpMenu: null,
  TopPanel: null,
  SharePanel: null,
  QuickActions: null,
  ActionsMenu: null,
  DebugPanel: null,
  DebugMenu: null,
  HelperButtons: null,
  VideoToolbar: null,
  CursorChatBubble: null,
};
