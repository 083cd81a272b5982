import { memo, useEffect, useMemo, useState, type PointerEvent } from 'react';
import { Box, react, useEditor, useValue, type Editor, type TLShape } from 'tldraw';
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

/** How often the map is drawn anew while things move, in ms. It is small: nobody sees more. */
const everyMs = 300;

/** The marks, told at most every so often: on a large board they are many, and each hand moves sixty times a second. */
function useMarks(): readonly Mark[] {
  const editor = useEditor();
  const around = useSurroundings();
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let told = -Infinity;
    const stop = react('map', () => {
      // What is read here is what the map waits for; it is gathered when its time has come.
      editor.getCurrentPageShapes();
      around.teams.get();
      timer ??= setTimeout(
        () => {
          timer = null;
          told = performance.now();
          setMarks(listMarks(editor, around));
        },
        Math.max(0, told + everyMs - performance.now()),
      );
    });
    return () => {
      stop();
      if (timer) clearTimeout(timer);
    };
  }, [editor, around]);
  return marks;
}

type Place = (box: Box) => { x: number; y: number; width: number; height: number };

const Marks = memo(function Marks({ marks, place }: { marks: readonly Mark[]; place: Place }) {
  return marks
    .toSorted((a, b) => Number(b.area) - Number(a.area))
    .map((mark) => (
      <rect
        key={mark.id}
        {...place(mark.box)}
        rx={1.5}
        fill={mark.colour}
        opacity={mark.area ? 0.22 : 0.85}
      />
    ));
});

/** The whole board small: areas and cards in their teams' colours, and what the window shows of it. A press goes there. */
export function BoardMap() {
  const editor = useEditor();
  const marks = useMarks();
  const view = useValue('view', () => editor.getViewportPageBounds(), [editor]);
  const { board, scale, place } = useMemo(() => {
    const all = marks.length === 0 ? new Box() : Box.Common(marks.map((mark) => mark.box));
    const by = Math.min(width / Math.max(all.w, 1), height / Math.max(all.h, 1));
    const put: Place = (box) => ({
      x: (box.x - all.x) * by,
      y: (box.y - all.y) * by,
      width: Math.max(1, box.w * by),
      height: Math.max(1, box.h * by),
    });
    return { board: all, scale: by, place: put };
  }, [marks]);
  if (marks.length === 0) return null;
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
      <Marks marks={marks} place={place} />
      <rect className="bc-board-view" {...place(view)} rx={3} />
    </svg>
  );
}
