import type * as Y from 'yjs';
import type { Awareness } from 'y-protocols/awareness';
import type { BoardGuard, Guarded } from '#domain/access/guard.ts';
import type { PersonView, TeamView } from '#protocol/views/organisation.ts';
import type { BoardTruth, CommitmentTruth } from '#protocol/views/tracking.ts';
import type { Instant, LocalDate } from '#domain/time.ts';

/** What crosses the door between the page and the canvas; nothing of React or tldraw is in it. */
export interface CanvasInput {
  /** Undo and redo of one's own changes, the same for canvas, forms and outline. */
  readonly undo: UndoRedo;
  readonly doc: Y.Doc;
  /** Origin of this person's changes, the same for canvas, forms and outline: what undo takes back. */
  readonly origin: object;
  /** Keys of promises whose cards are gone: a copy may not take them. */
  readonly isTakenKey: (key: string) => boolean;
  /** How a commitment's state looks; the words are the whole product's, so they come from outside. */
  readonly look: (truth: CommitmentTruth, now: Instant) => StatusMark;
  /** Keeps a text field and a shared text of the document the same, caret included; returns how to stop. */
  readonly bindText: (field: HTMLTextAreaElement, id: string, prop: 'title') => () => void;
  /** Null for a frozen board: nobody else is there. */
  readonly awareness: Awareness | null;
  readonly me: { readonly personId: string; readonly name: string; readonly colour: number };
  readonly licenseKey: string | undefined;
  readonly on: CanvasEvents;
}

export type Tone = 'ok' | 'risk' | 'off' | 'stale' | 'done' | 'accent' | 'plain';

/** How a status looks: a shape, a word and a tone, always together. */
export interface StatusMark {
  readonly shape: string;
  readonly word: string;
  readonly tone: Tone;
}

export interface UndoRedo {
  undo(): void;
  redo(): void;
  /** What comes next is a step of its own, however soon it comes. */
  step(): void;
  /** From now on all is one step, however long the hand rests, until `release`. */
  hold(): void;
  release(): void;
}

/** What may change while the canvas is open. */
export interface CanvasState {
  readonly people: readonly PersonView[];
  readonly teams: readonly TeamView[];
  readonly truth: BoardTruth | null;
  /** False for observers, while the board is paused, and on a frozen board. */
  readonly mayWrite: boolean;
  /** Areas and locks, and who is at this window; absent on a frozen board. */
  readonly guarded?: {
    readonly guard: BoardGuard;
    readonly who: Guarded;
    /** Records this person put into areas where everybody changes only the own. */
    readonly own: ReadonlySet<string>;
  };
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
  /** A change made here was not valid and has been put back. */
  refused(reason: string): void;
  /** The board was made by a newer version of the code: nothing may be changed until the page is loaded anew. */
  newerBoard(): void;
}

/** What the page may ask of an open canvas. */
export interface CanvasHandle {
  update(state: CanvasState): void;
  /** Zooms to a record and selects it; false when it is not on the board. */
  show(id: string): boolean;
  /** The same by plan key. */
  showKey(key: string): boolean;
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
  /** Hands over everything done so far at once. */
  flush(): void;
  destroy(): void;
}
