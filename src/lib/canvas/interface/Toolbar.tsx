import {
  AssetToolbarItem,
  DefaultToolbar,
  DrawToolbarItem,
  EllipseToolbarItem,
  EraserToolbarItem,
  ArrowToolbarItem,
  FrameToolbarItem,
  HandToolbarItem,
  HighlightToolbarItem,
  LaserToolbarItem,
  LineToolbarItem,
  NoteToolbarItem,
  RectangleToolbarItem,
  SelectToolbarItem,
  TextToolbarItem,
  ToolbarItem,
  useReadonly,
} from 'tldraw';

/** What planning needs in reach; the rest of tldraw behind *More tools*. A reader only looks and points. */
export function Toolbar() {
  const readonly = useReadonly();
  if (readonly) {
    return (
      <DefaultToolbar>
        <SelectToolbarItem />
        <HandToolbarItem />
        <LaserToolbarItem />
      </DefaultToolbar>
    );
  }
  return (
    <DefaultToolbar>
      <SelectToolbarItem />
      <HandToolbarItem />
      <ToolbarItem tool="objective" />
      <ToolbarItem tool="priority" />
      <ToolbarItem tool="area" />
      <ToolbarItem tool="dependency" />
      <NoteToolbarItem />
      <TextToolbarItem />
      <DrawToolbarItem />
      <EraserToolbarItem />
      <ArrowToolbarItem />
      <LineToolbarItem />
      <RectangleToolbarItem />
      <EllipseToolbarItem />
      <FrameToolbarItem />
      <HighlightToolbarItem />
      <AssetToolbarItem />
      <LaserToolbarItem />
    </DefaultToolbar>
  );
}
