/**
 * Why the server did not keep an edit. `temporary` ones may be sent again unchanged; the others end the document that
 * made them (sync.md Y3: Yjs can not roll back).
 */
export const nackReasons = {
  'read-only': { temporary: false, says: 'You may look at this board but not change it.' },
  revoked: { temporary: false, says: 'Your right to change this board was taken away.' },
  paused: { temporary: true, says: 'Changes are paused by the facilitator.' },
  'too-large': { temporary: false, says: 'This change is too large to be kept. Make it in smaller pieces.' },
  'board-full': { temporary: false, says: 'The board is full. Delete something or start a second board.' },
  invalid: { temporary: false, says: 'The server found this change invalid.' },
  'foreign-id': { temporary: false, says: 'This change carries an id that belongs to somebody else.' },
  locked: { temporary: false, says: 'You may not change this part of the board.' },
  gap: { temporary: true, says: 'An earlier change is missing; it will be sent again.' },
  'too-fast': { temporary: true, says: 'Too many changes at once; they will be sent again.' },
  'disk-full': { temporary: true, says: 'The server has no room left to keep changes.' },
  unavailable: { temporary: true, says: 'The server can not reach its database.' },
  'reload-needed': { temporary: false, says: 'This page is older than the board. Reload to continue.' },
} as const satisfies Record<string, { temporary: boolean; says: string }>;

export type NackReason = keyof typeof nackReasons;

export const isNackReason = (text: string): text is NackReason => Object.hasOwn(nackReasons, text);
