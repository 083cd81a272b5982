import { getAssetUrlsByImport } from '@tldraw/assets/imports.vite';
import {
  defaultBindingUtils,
  defaultShapeTools,
  defaultShapeUtils,
  type TLAnyShapeUtilConstructor,
  type TldrawOptions,
} from 'tldraw';
import { AreaUtil } from './shapes/AreaUtil.tsx';
import { ColumnUtil } from './shapes/ColumnUtil.tsx';
import { DependencyUtil } from './shapes/DependencyUtil.tsx';
import { ObjectiveUtil } from './shapes/ObjectiveUtil.tsx';
import { PriorityUtil } from './shapes/PriorityUtil.tsx';
import { AreaTool, ObjectiveTool, PriorityTool } from './tools/card-tools.ts';
import { DependencyTool } from './tools/dependency-tool.ts';

/** All that must keep its identity between renders, or tldraw makes a new editor. */

/** Embed, bookmark and video fetch from other hosts; our arrow replaces tldraw's. */
const leftOut: ReadonlySet<string> = new Set(['embed', 'bookmark', 'video', 'arrow']);

export const shapeUtils: readonly TLAnyShapeUtilConstructor[] = [
  ...defaultShapeUtils.filter((util) => !leftOut.has(util.type)),
  DependencyUtil,
  ObjectiveUtil,
  AreaUtil,
  ColumnUtil,
  PriorityUtil,
];

export const bindingUtils = defaultBindingUtils;

export const tools = [...defaultShapeTools, ObjectiveTool, PriorityTool, AreaTool, DependencyTool];

export const options: Partial<TldrawOptions> = {
  maxShapesPerPage: 10_000,
  maxPages: 1,
  createTextOnCanvasDoubleClick: false,
  actionShortcutsLocation: 'menu',
};

/** Fonts, icons and translations from our own server: nothing is asked of any other host. */
export const assetUrls = getAssetUrlsByImport();
