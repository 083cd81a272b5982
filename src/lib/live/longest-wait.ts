/** Milliseconds: the first wait, the longest within the first minute of an outage, and the longest ever. */
const first = 250;
const early = 2_500;
const most = 30_000;
/** Of how long it has been away a tab waits at most: 2.5 s after a minute, 30 s after twelve. */
const share = 24;

/**
 * How long a tab waits at most before it tries again; the wait itself is drawn between nothing and this. Servers that
 * restart or fail over are back within a minute, and then nobody should sit out a long wait drawn while they were away.
 * Only an outage that goes on makes tabs patient.
 */
export const longestWait = (tries: number, awayMs: number): number =>
  Math.min(first * 2 ** tries, Math.min(most, Math.max(early, awayMs / share)));
