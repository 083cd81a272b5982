import type { TLStore } from 'tldraw';
import type { Awareness } from 'y-protocols/awareness';
import type { PersonView, TeamView } from '#protocol/views/organisation.ts';
import type { BoardTruth } from '#protocol/views/tracking.ts';
import type { BoardRight } from '#domain/access/roles.ts';
import type { LocalDate } from '#domain/time.ts';

/** What crosses the door between the page and the canvas; nothing of React or tldraw is in it. */
export interface CanvasInput {
  /** Undo and redo of one's own changes, the same for canvas, forms and outline. */
  readonly undo: UndoRedo;
  /** Keeps tldraw's store and the document the same; returns how to stop. */
  readonly bind: (store: TLStore) => () => void;
  /** Keeps a text field and a shared text of the document the same, caret included; returns how to stop. */
  readonly bindText: (field: HTMLTextAreaElement, id: string, prop: 'title') => () => void;
  /** Null for a frozen board: nobody else is there. */
  readonly awareness: Awareness | null;
  readonly me: { readonly personId: string; readonly name: string; readonly colour: number };
  readonly licenseKey: string | undefined;
  readonly on: CanvasEvents;
}

export interface UndoRedo {
  undo(): void;
  redo(): void;
}

/** What may change while the canvas is open. */
export interface CanvasState {
  readonly people: readonly PersonView[];
  readonly teams: readonly TeamView[];
  readonly truth: BoardTruth | null;
  readonly right: BoardRight;
  /** The organisation's own today, for dates without a year. */
  readonly today: LocalDate;
  /** `plan` paints the plan alone, `now` paints what became of it. */
  readonly view: 'plan' | 'now';
  readonly theme: 'light' | 'dark';
  /** Ids of teams the person at this window speaks for: their lines are drawn at rest. */
  readonly myTeams: readonly string[];
}

export interface CanvasEvents {
  ready(): void;
  /** Record ids of what is selected; empty when nothing is. */
  selected(ids: readonly string[]): void;
  /** An arrow between two cards or areas became a dependency: ask what and by when. */
  dependencyDrawn(arrowId: string): void;
  /** A card drawn towards its own team's card: a need on the card instead of an arrow. */
  needDrawn(objectiveId: string, needKey: string): void;
  /** Tab out of a card's title: on to its owner. */
  titleLeft(objectiveId: string): void;
  /** Somebody finished dragging a card; told each time. */
  cardMoved(): void;
  /** The camera moved or zoomed; overlays at a shape follow. */
  viewMoved(): void;
  /** A plan file was dropped onto the canvas. */
  fileDropped(file: File): void;
  /** Words to show for a short time. */
  notice(text: string): void;
}

/** What the page may ask of an open canvas. */
export interface CanvasHandle {
  update(state: CanvasState): void;
  /** Zooms to a record and selects it; false when it is not on the board. */
  show(id: string): boolean;
  /** Zooms to a whole area; `null` fits the board. */
  zoomTo(areaId: string | null): void;
  deselect(): void;
  /** Opens the title of a card for typing. */
  editTitle(id: string): void;
  /** Where on the screen (page pixels) the middle of a record is; null when it is not drawn. */
  screenPoint(id: string): { readonly x: number; readonly y: number } | null;
  follow(userId: string | null): void;
  undo(): void;
  redo(): void;
  destroy(): void;
}
