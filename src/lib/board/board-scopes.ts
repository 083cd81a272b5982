import type { BoardScope } from '#domain/access/board-scope.ts';

/** Who may look at a board, as one chooses it and as a list says it. */
export const scopeChoices: readonly {
  readonly value: BoardScope;
  readonly label: string;
  readonly hint: string;
}[] = [
  { value: 'organisation', label: 'Everybody', hint: 'All of the organisation looks and plans along.' },
  { value: 'team', label: 'Its teams', hint: 'The people of the teams that plan on it, and administrators.' },
  {
    value: 'private',
    label: 'Only me',
    hint: 'Nobody else, until you open it. Who promises something on it sees that promise.',
  },
];
