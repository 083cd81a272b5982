import { diffText, rebaseSplice, type Splice, type TextDelta } from '../text-edit.ts';

/**
 * Changes of shared texts that reached the document but not the store yet. What a person types meanwhile is meant for
 * the store's older text and must be moved to where the same letters are now.
 */
export class PendingTexts {
  private readonly deltas = new Map<string, Map<string, TextDelta[]>>();

  /** Somebody's change of the text at `key` of record `id`. */
  add(id: string, key: string, delta: TextDelta): void {
    const texts = this.deltas.get(id) ?? new Map<string, TextDelta[]>();
    this.deltas.set(id, texts);
    texts.set(key, [...(texts.get(key) ?? []), delta]);
  }

  /**
   * What was typed here is in the document now, too: from the store's text to the document's it is this far. True when
   * there is a way to go; the store should catch up at once, for this is coarser than the changes one by one.
   */
  restart(id: string, key: string, inStore: string, inDocument: string): boolean {
    const texts = this.deltas.get(id);
    if (!texts?.has(key)) return false;
    const splice = diffText(inStore, inDocument);
    if (splice) texts.set(key, [asDelta(splice)]);
    else texts.delete(key);
    return splice !== null;
  }

  /** The store has all of this record's texts now. */
  settle(id: string): void {
    this.deltas.delete(id);
  }

  /** `splice`, meant for a text of `length` as the store has it, as splices of the document's text, to apply in turn. */
  rebase(id: string, key: string, splice: Splice, length: number): Splice[] {
    let splices = [splice];
    let size = length;
    for (const delta of this.deltas.get(id)?.get(key) ?? []) {
      splices = rebaseAll(splices, delta, size);
      for (const step of delta) {
        size += typeof step.insert === 'string' ? step.insert.length : 0;
        size -= step.delete ?? 0;
      }
    }
    return splices;
  }
}

/** Splices that come last first do not shift each other, so each can be moved on its own. */
const rebaseAll = (splices: readonly Splice[], delta: TextDelta, length: number): Splice[] =>
  splices.flatMap((splice) => rebaseSplice(splice, delta, length));

const asDelta = ({ index, remove, insert }: Splice): TextDelta => [
  ...(index > 0 ? [{ retain: index }] : []),
  ...(insert === '' ? [] : [{ insert }]),
  ...(remove > 0 ? [{ delete: remove }] : []),
];
