import type * as Y from 'yjs';
import { recordsOf, spliceText, textOf } from '#board/document.ts';
import { diffText } from '#board/text-edit.ts';

export type TextProp = 'title' | 'notes' | 'why';

/** Where a caret at `at` stands after `before` became `after`: it stays with the letters around it. */
export function moveCaret(at: number, before: string, after: string): number {
  const splice = diffText(before, after);
  if (!splice || splice.index >= at) return at;
  const end = splice.index + splice.remove;
  return at >= end ? at + splice.insert.length - splice.remove : splice.index + splice.insert.length;
}

/**
 * Keeps a text field and a shared text of the document the same, letter by letter and both ways, so that two people can type in
 * one field; the caret stays where it was. While a word is being composed (accents, Chinese) others' letters wait. Line breaks
 * are kept out of titles. Returns how to stop. Does nothing to a record that is not there.
 */
export function bindText(
  field: HTMLTextAreaElement | HTMLInputElement,
  doc: Y.Doc,
  id: string,
  prop: TextProp,
  origin: unknown,
): () => void {
  let composing = false;
  let shown = textOf(doc, id, prop)?.toString() ?? '';
  field.value = shown;

  const show = () => {
    if (composing) return;
    // Asked anew every time: undoing a delete makes another Y.Text, and writes to the old one are lost.
    const next = textOf(doc, id, prop)?.toString();
    if (next === undefined || next === field.value) {
      shown = next ?? shown;
      return;
    }
    const [start, end] = [field.selectionStart ?? 0, field.selectionEnd ?? 0];
    const before = field.value;
    field.value = next;
    shown = next;
    if (field.ownerDocument.activeElement === field) {
      field.setSelectionRange(moveCaret(start, before, next), moveCaret(end, before, next));
    }
  };
  const take = () => {
    if (composing) return;
    if (prop === 'title' && field.value.includes('\n')) {
      const caret = field.selectionStart;
      field.value = field.value.replaceAll(/\s*\n\s*/gu, ' ');
      field.setSelectionRange(caret, caret);
    }
    const text = textOf(doc, id, prop);
    if (!text) return;
    const caret = field.selectionStart ?? undefined;
    doc.transact(() => {
      spliceText(text, shown, field.value, caret);
    }, origin);
    shown = text.toString();
    show();
  };
  const begin = () => {
    composing = true;
  };
  const finish = () => {
    composing = false;
    take();
  };

  const records = recordsOf(doc);
  records.observeDeep(show);
  field.addEventListener('input', take);
  field.addEventListener('compositionstart', begin);
  field.addEventListener('compositionend', finish);
  return () => {
    records.unobserveDeep(show);
    field.removeEventListener('input', take);
    field.removeEventListener('compositionstart', begin);
    field.removeEventListener('compositionend', finish);
  };
}
