import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { PendingTexts } from './binding/pending-texts.ts';
import { diffText, rebaseSplice, type Splice, type TextDelta } from './text-edit.ts';

const apply = (text: string, splices: readonly Splice[]): string =>
  splices.reduce(
    (at, { index, remove, insert }) => at.slice(0, index) + insert + at.slice(index + remove),
    text,
  );

/** Texts of few letters, so that repeats are common, with letters outside the basic plane. */
const anyText = fc
  .array(fc.constantFrom('a', 'b', ' ', '€', '😀', '👍🏽'), { maxLength: 14 })
  .map((parts) => parts.join(''));
const seed = 20251122;

describe('the smallest splice', () => {
  test.each([
    ['abc', 'abXc', { index: 2, remove: 0, insert: 'X' }],
    ['abc', 'ac', { index: 1, remove: 1, insert: '' }],
    ['abc', 'aXc', { index: 1, remove: 1, insert: 'X' }],
    ['', 'abc', { index: 0, remove: 0, insert: 'abc' }],
    ['aaa', 'aaaa', { index: 3, remove: 0, insert: 'a' }],
    ['😀', '😁', { index: 0, remove: 2, insert: '😁' }],
  ])('[BD2] from %j to %j', (before, after, splice) => {
    expect(diffText(before, after)).toEqual(splice);
  });

  test('[BD2] a repeated letter goes where the caret is', () => {
    expect(diffText('aaa', 'aaaa', 1)).toEqual({ index: 0, remove: 0, insert: 'a' });
    expect(diffText('a b', 'a  b', 2)).toEqual({ index: 1, remove: 0, insert: ' ' });
  });

  test(`[BD2] leads from any text to any other and never cuts a letter in two (seed ${seed})`, () => {
    fc.assert(
      fc.property(anyText, anyText, fc.nat(20), (before, after, caret) => {
        const splice = diffText(before, after, caret);
        expect(apply(before, splice ? [splice] : [])).toBe(after);
        if (!splice) return;
        expect(splice.insert.isWellFormed()).toBe(true);
        expect(before.slice(0, splice.index).isWellFormed()).toBe(true);
        expect(before.slice(splice.index, splice.index + splice.remove).isWellFormed()).toBe(true);
      }),
      { seed, numRuns: 2_000 },
    );
  });
});

describe("a splice moved behind somebody else's change", () => {
  test('[BD2] what they inserted inside the removed range stays', () => {
    const splices = rebaseSplice({ index: 1, remove: 3, insert: 'X' }, [{ retain: 2 }, { insert: 'NEW' }], 5);
    expect(apply('abNEWcde', splices)).toBe('aXNEWe');
  });

  test('[BD2] what both removed is removed once', () => {
    const splices = rebaseSplice({ index: 1, remove: 3, insert: '' }, [{ retain: 2 }, { delete: 2 }], 5);
    expect(apply('abe', splices)).toBe('ae');
  });

  test('[BD2] letters at the end stay at the end of what they were typed on', () => {
    expect(
      apply(
        'abcd!',
        rebaseSplice({ index: 3, remove: 0, insert: 'X' }, [{ retain: 3 }, { insert: 'd!' }], 3),
      ),
    ).toBe('abcXd!');
    expect(apply('', rebaseSplice({ index: 2, remove: 0, insert: '' }, [{ delete: 3 }], 3))).toBe('');
    expect(apply('', rebaseSplice({ index: 2, remove: 0, insert: 'X' }, [{ delete: 3 }], 3))).toBe('X');
  });

  test(`[BD2] keeps every inserted letter of both and what neither removed, as Yjs merges it (seed ${seed})`, () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (base, mine, theirs) => {
        const doc = new Y.Doc();
        const text = doc.getText();
        text.insert(0, base);
        let delta: TextDelta = [];
        text.observe((event) => (delta = event.delta));
        const other = diffText(base, theirs);
        if (other) {
          doc.transact(() => {
            text.delete(other.index, other.remove);
            text.insert(other.index, other.insert);
          });
        }
        const splice = diffText(base, mine);
        const moved = splice ? rebaseSplice(splice, delta, base.length) : [];
        const merged = apply(text.toString(), moved);
        const kept = base.length - (splice?.remove ?? 0) - (other?.remove ?? 0) + bothRemoved(splice, other);
        expect(merged).toHaveLength(kept + (splice?.insert.length ?? 0) + (other?.insert.length ?? 0));
        for (const word of [splice?.insert, other?.insert]) expect(merged).toContain(word ?? '');
      }),
      { seed, numRuns: 2_000 },
    );
  });

  test('[BD2] several changes of theirs, and then mine again, still lose no letter', () => {
    const texts = new PendingTexts();
    texts.add('card', 'props.title', [{ retain: 3 }, { insert: ' two' }]);
    texts.add('card', 'props.title', [{ insert: 'zero ' }]);
    const [first] = texts.rebase('card', 'props.title', { index: 0, remove: 3, insert: 'ONE' }, 3);
    expect(apply('zero one two', first ? [first] : [])).toBe('zero ONE two');
    expect(texts.restart('card', 'props.title', 'ONE', 'zero ONE two')).toBe(true);
    const [next] = texts.rebase('card', 'props.title', { index: 3, remove: 0, insert: '!' }, 3);
    expect(apply('zero ONE two', next ? [next] : [])).toBe('zero ONE two!');
    texts.settle('card');
    expect(texts.rebase('card', 'props.title', { index: 1, remove: 0, insert: 'x' }, 3)).toEqual([
      { index: 1, remove: 0, insert: 'x' },
    ]);
  });
});

/** Letters that both splices of one text remove. */
function bothRemoved(a: Splice | null, b: Splice | null): number {
  if (!a || !b) return 0;
  return Math.max(0, Math.min(a.index + a.remove, b.index + b.remove) - Math.max(a.index, b.index));
}
