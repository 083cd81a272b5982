import type { Message } from '#domain/notify/message.ts';
import type { Words } from '#domain/notify/slot-words.ts';
import type { Reader } from './readers.ts';

/** A message before it is known who reads it: words depend on the reader's clock, and on whom he stands in for. */
export type Draft = Omit<Message, 'title' | 'evidence'> & {
  /** Whose doing it was: the same person is not told. */
  readonly actor?: string | null;
  /** Who answers for it as well: told where who stands in may not look at it. */
  readonly leads?: readonly string[];
  words(reader: Reader, standsInFor: string | null): Words;
};

/** A message for a reader. */
export type Addressed = Message & { readonly reader: Reader; readonly mail: boolean };
