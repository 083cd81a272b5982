import { receiverOf } from '#domain/notify/audience.ts';
import type { Message } from '#domain/notify/message.ts';
import type { Words } from '#domain/notify/slot-words.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import type { OrganisationClock, Reader, Readers } from './readers.ts';

/** A message before it is known who reads it: words depend on the reader's clock, and on whom he stands in for. */
export type Draft = Omit<Message, 'title' | 'evidence'> & {
  /** Whose doing it was: the same person is not told. */
  readonly actor?: string | null;
  words(reader: Reader, standsInFor: string | null): Words;
};

/** A message for a reader. */
export type Addressed = Message & { readonly reader: Reader; readonly mail: boolean };

/** Finds who reads each draft: the person, or who stands in for somebody away. Nobody is told what he did himself. */
export function address(
  drafts: readonly Draft[],
  readers: Readers,
  { zone, at }: OrganisationClock,
): readonly Addressed[] {
  const today = localDateOf(at, zone);
  const addressed = new Map<string, Addressed>();
  for (const { words, actor, ...draft } of drafts) {
    const meant = readers.find(draft.person);
    if (meant === null) continue;
    const receiver = receiverOf(meant.person, readers.absences, today);
    const reader = readers.find(receiver.person) ?? meant;
    if (reader.person === actor || meant.person === actor) continue;
    const stands = reader.person === meant.person ? null : meant.name;
    const message = {
      ...draft,
      ...words(reader, stands),
      person: reader.person,
      reader,
      mail: receiver.mail,
    };
    const key = [reader.person, draft.subject.id, draft.rung].join('\n');
    if (!addressed.has(key)) addressed.set(key, message);
  }
  return [...addressed.values()];
}
