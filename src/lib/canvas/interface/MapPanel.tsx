import { useState } from 'react';
import {
  DefaultZoomMenu,
  TldrawUiButtonIcon,
  TldrawUiToolbar,
  TldrawUiToolbarButton,
  useActions,
  useBreakpoint,
  useEditor,
} from 'tldraw';
import { BoardMap } from './BoardMap.tsx';

/** tldraw's breakpoint from which on there is room for a map. */
const TABLET = 6;

/** Zoom, and a map of the whole board: open by itself when the board does not fit the window. */
export function MapPanel() {
  const editor = useEditor();
  const actions = useActions();
  const breakpoint = useBreakpoint();
  const [open, setOpen] = useState(() => {
    const board = editor.getCurrentPageBounds();
    return board !== undefined && !editor.getViewportPageBounds().contains(board);
  });
  const roomy = breakpoint >= TABLET;
  const map = open && roomy;
  return (
    <div className="bc-map">
      {map ? <BoardMap /> : null}
      <TldrawUiToolbar className="tlui-buttons__horizontal" label="View">
        {roomy ? (
          <TldrawUiToolbarButton
            type="icon"
            title={open ? 'Hide the map' : 'Show the map'}
            onClick={() => {
              setOpen(!open);
            }}
          >
            <TldrawUiButtonIcon small icon={open ? 'chevron-down' : 'chevron-up'} />
          </TldrawUiToolbarButton>
        ) : null}
        <TldrawUiToolbarButton
          type="icon"
          title="Zoom out"
          onClick={() => void actions['zoom-out']?.onSelect('navigation-zone')}
        >
          <TldrawUiButtonIcon small icon="minus" />
        </TldrawUiToolbarButton>
        <DefaultZoomMenu />
        <TldrawUiToolbarButton
          type="icon"
          title="Zoom in"
          onClick={() => void actions['zoom-in']?.onSelect('navigation-zone')}
        >
          <TldrawUiButtonIcon small icon="plus" />
        </TldrawUiToolbarButton>
      </TldrawUiToolbar>
    </div>
  );
}
