import type { Editor, TLUiActionsContextType, TLUiOverrides, TLUiToolsContextType } from 'tldraw';
import { boundOf } from '../behaviour/input-of.ts';
import { icons } from './icons.tsx';

/** Actions that would fetch from other hosts, or make what a board may not hold. */
const forbidden = [
  'insert-embed',
  'convert-to-embed',
  'convert-to-bookmark',
  'open-embed-link',
  'new-page',
  'move-to-new-page',
  'open-cursor-chat',
  'change-page-prev',
  'change-page-next',
  'toggle-dark-mode',
];

/** Keys of tldraw's tools that ours take over. */
const freed = ['arrow', 'ellipse', 'frame'];

export const overrides: TLUiOverrides = {
  tools(editor: Editor, tools: TLUiToolsContextType) {
    const own = (id: keyof typeof icons, label: string, kbd: string) => {
      tools[id] = {
        ...{ id, label, kbd, icon: icons[id] },
        onSelect: () => {
          editor.setCurrentTool(id);
        },
      };
    };
    for (const id of freed) if (tools[id]) tools[id] = { ...tools[id], kbd: undefined };
    delete tools.embed;
    own('objective', 'Objective', 'o');
    own('priority', 'Priority', 'p');
    own('area', 'Area', 'f');
    own('dependency', 'Dependency', 'a');
    return tools;
  },
  actions(editor: Editor, actions: TLUiActionsContextType) {
    for (const id of forbidden) delete actions[id];
    // tldraw's own history would put back whole records and take others' changes with it (board.md B1.5).
    if (actions.undo) {
      actions.undo = {
        ...actions.undo,
        onSelect: () => {
          boundOf(editor).undo();
        },
      };
    }
    if (actions.redo) {
      actions.redo = {
        ...actions.redo,
        onSelect: () => {
          boundOf(editor).redo();
        },
      };
    }
    return actions;
  },
  translations: { en: { 'tool-panel.more': 'More tools' } },
};
