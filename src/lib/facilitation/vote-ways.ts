/** What becomes of an open vote when the room moves: the way on says it. */
export const voteWays = [
  { vote: 'close', label: 'Close the vote' },
  { vote: 'keep', label: 'Keep it open' },
  { vote: 'discard', label: 'Discard it' },
] as const;
