/** Tells who listens that the truth of a board changed; a listener that fails harms nobody else. */
export interface BoardChanges {
  /** null: nothing that is on a board changed. */
  tell(boardId: string | null): void;
  listen(listener: (boardId: string) => void): void;
}

export function makeBoardChanges(onFailure: (error: unknown) => void = () => undefined): BoardChanges {
  const listeners: ((boardId: string) => void)[] = [];
  return {
    tell(boardId) {
      if (boardId === null) return;
      for (const listener of listeners) {
        try {
          listener(boardId);
        } catch (error) {
          onFailure(error);
        }
      }
    },
    listen(listener) {
      listeners.push(listener);
    },
  };
}
