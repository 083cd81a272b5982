/** One change of a text: at `index`, `remove` characters (UTF-16 units) go and `insert` comes. */
export interface Splice {
  readonly index: number;
  readonly remove: number;
  readonly insert: string;
}

/** A Y.Text event's delta, as far as plain text needs it. */
export type TextDelta = readonly {
  readonly retain?: number | undefined;
  readonly insert?: unknown;
  readonly delete?: number | undefined;
}[];

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/**
 * The smallest splice that makes `after` of `before`; null when they are equal. Never cuts a surrogate pair: Yjs would
 * turn its halves into U+FFFD. `caret`, the caret's place in `after`, decides where a repeated letter was typed.
 */
export function diffText(before: string, after: string, caret = after.length): Splice | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let suffix = 0;
  const most = Math.min(shorter, after.length - Math.min(caret, after.length));
  while (suffix < most && at(before, -suffix) === at(after, -suffix)) suffix += 1;
  let prefix = 0;
  while (prefix < shorter - suffix && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix += 1;
  while (suffix < shorter - prefix && at(before, -suffix) === at(after, -suffix)) suffix += 1;
  if (prefix > 0 && isHigh(before.charCodeAt(prefix - 1))) prefix -= 1;
  if (suffix > 0 && isLow(before.charCodeAt(before.length - suffix))) suffix -= 1;
  return {
    index: prefix,
    remove: before.length - suffix - prefix,
    insert: after.slice(prefix, after.length - suffix),
  };
}

/** Code unit counted from the end: 0 is the last. */
const at = (text: string, fromEnd: number): number => text.charCodeAt(text.length - 1 + fromEnd);

/** Characters [from, to) of the old text that are still there, starting at `now` in the new one. */
interface Survivor {
  readonly from: number;
  readonly to: number;
  readonly now: number;
}

function survivors(delta: TextDelta, length: number): { kept: Survivor[]; end: number } {
  const kept: Survivor[] = [];
  let old = 0;
  let now = 0;
  for (const step of delta) {
    if (step.delete !== undefined) old += step.delete;
    else if (step.retain !== undefined) {
      kept.push({ from: old, to: old + step.retain, now });
      old += step.retain;
      now += step.retain;
    } else now += typeof step.insert === 'string' ? step.insert.length : 1;
  }
  if (old < length) kept.push({ from: old, to: length, now });
  return { kept, end: now + Math.max(0, length - old) };
}

/**
 * The same edit after somebody else's `delta` was merged first: what both removed is removed once, what the other one
 * inserted inside a removed range stays. `length` is that of the text both started from. Splices come last first, so
 * that they can be applied in turn.
 */
export function rebaseSplice(splice: Splice, delta: TextDelta, length: number): Splice[] {
  const { kept, end } = survivors(delta, length);
  const until = splice.index + splice.remove;
  const removals = kept
    .map(({ from, to, now }) => {
      const start = Math.max(from, splice.index);
      return { index: now + (start - from), remove: Math.min(to, until) - start, insert: '' };
    })
    .filter((removal) => removal.remove > 0)
    .reverse();
  if (splice.insert === '') return removals;
  const holder = kept.find(({ from, to }) => from <= splice.index && splice.index < to);
  const before = kept.findLast(({ to }) => to <= splice.index);
  const index = holder
    ? holder.now + (splice.index - holder.from)
    : before
      ? before.now + (before.to - before.from)
      : splice.index >= length
        ? end
        : 0;
  const last = removals.at(-1);
  // The insertion belongs in front of the characters it replaced, so it is applied after all removals behind it.
  if (last && last.index === index) return [...removals.slice(0, -1), { ...last, insert: splice.insert }];
  const behind = removals.filter((removal) => removal.index >= index);
  const inFront = removals.filter((removal) => removal.index < index);
  return [...behind, { index, remove: 0, insert: splice.insert }, ...inFront];
}
