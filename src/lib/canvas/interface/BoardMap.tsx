import type { PointerEvent } from 'react';
import { Box, useEditor, useValue, type Editor, type TLShape } from 'tldraw';
import { teamOf } from '../shapes/objective-facts.ts';
import type { ObjectiveShape } from '#board/schema/shapes.ts';
import { hue } from '../shapes/words.ts';
import { useSurroundings, type Surroundings } from '../surroundings.ts';

/** Largest size of the map on the screen, in pixels. */
const width = 190;
const height = 124;

interface Mark {
  readonly id: string;
  readonly box: Box;
  readonly colour: string;
  readonly area: boolean;
}

function listMarks(editor: Editor, around: Surroundings): Mark[] {
  const teams = around.teams.get();
  const colourOf = (team: string | null) => hue(team === null ? null : teams.get(team)?.colour);
  return editor.getCurrentPageShapes().flatMap((shape): Mark[] => {
    const box = editor.getShapePageBounds(shape);
    if (!box || (shape.type !== 'area' && shape.type !== 'objective' && shape.type !== 'priority')) return [];
    const team =
      shape.type === 'objective' ? teamOf(editor, shape as TLShape as ObjectiveShape) : teamIn(shape);
    return [{ id: shape.id, box, colour: colourOf(team), area: shape.type === 'area' }];
  });
}

const teamIn = (shape: TLShape): string | null => (shape.props as { team?: string | null }).team ?? null;

/** The whole board small: areas and cards in their teams' colours, and what the window shows of it. A press goes there. */
export function BoardMap() {
  const editor = useEditor();
  const around = useSurroundings();
  const marks = useValue('map', () => listMarks(editor, around), [editor, around]);
  const view = useValue('view', () => editor.getViewportPageBounds(), [editor]);
  if (marks.length === 0) return null;
  const board = Box.Common(marks.map((mark) => mark.box));
  const scale = Math.min(width / board.w, height / board.h);
  const place = (box: Box) => ({
    x: (box.x - board.x) * scale,
    y: (box.y - board.y) * scale,
    width: Math.max(1, box.w * scale),
    height: Math.max(1, box.h * scale),
  });
  const go = (event: PointerEvent<SVGSVGElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    editor.centerOnPoint({
      x: board.x + (event.clientX - left) / scale,
      y: board.y + (event.clientY - top) / scale,
    });
  };
  return (
    <svg
      className="bc-board-map"
      width={board.w * scale}
      height={board.h * scale}
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) go(event);
      }}
    >
      {marks
        .toSorted((a, b) => Number(b.area) - Number(a.area))
        .map((mark) => (
          <rect
            key={mark.id}
            {...place(mark.box)}
            rx={1.5}
            fill={mark.colour}
            opacity={mark.area ? 0.22 : 0.85}
          />
        ))}
      <rect className="bc-board-view" {...place(view)} rx={3} />
    </svg>
  );
}
