import * as Y from 'yjs';

/** A snapshot's document, from the base64 of its bytes. Throws on anything that is none. */
export function frozenDocument(base64: string): Y.Doc {
  const text = atob(base64);
  const doc = new Y.Doc();
  Y.applyUpdate(
    doc,
    Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
  );
  return doc;
}
