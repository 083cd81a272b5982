import { receiverOf } from '#domain/notify/audience.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import type { Queries } from '../store/store.ts';
import { readSeers } from '../tracking/read-seers.ts';
import { unseenSubjects } from '../tracking/unseen-subjects.ts';
import type { Addressed, Draft } from './drafts.ts';
import type { OrganisationClock, Reader, Readers } from './readers.ts';

/** True when somebody may open what a message is about. */
type Sees = (person: string, subject: Draft['subject']) => boolean;

interface Receiving {
  readonly reader: Reader;
  readonly mail: boolean;
}

/**
 * Finds who reads each draft: the person, or who stands in for somebody away. Nobody is told what he did himself, and
 * nobody is told of what he cannot open.
 */
export async function address(
  queries: Queries,
  drafts: readonly Draft[],
  readers: Readers,
  { id: organisationId, zone, at }: OrganisationClock,
): Promise<readonly Addressed[]> {
  const today = localDateOf(at, zone);
  const sees = await readSight(queries, organisationId, drafts, readers);
  const addressed = new Map<string, Addressed>();
  for (const { words, actor, leads = [], ...draft } of drafts) {
    const meant = readers.find(draft.person);
    if (meant === null) continue;
    for (const { reader, mail } of receiversOf(meant, draft.subject, { readers, today, leads, sees })) {
      if (reader.person === actor || meant.person === actor) continue;
      const stands = reader.person === meant.person ? null : meant.name;
      const message = { ...draft, ...words(reader, stands), person: reader.person, reader, mail };
      const key = [reader.person, draft.subject.id, draft.rung].join('\n');
      if (!addressed.has(key)) addressed.set(key, message);
    }
  }
  return [...addressed.values()];
}

/**
 * Who may not open it is not told of it. In place of somebody who stands in the team's leads are, who answer for the
 * promise as well; without one it waits for who is away.
 */
function receiversOf(
  meant: Reader,
  subject: Draft['subject'],
  {
    readers,
    today,
    leads,
    sees,
  }: {
    readonly readers: Readers;
    readonly today: string;
    readonly leads: readonly string[];
    readonly sees: Sees;
  },
): readonly Receiving[] {
  const receiver = receiverOf(meant.person, readers.absences, today);
  const reader = readers.find(receiver.person) ?? meant;
  if (sees(reader.person, subject)) return [{ reader, mail: receiver.mail }];
  if (reader.person === meant.person || !sees(meant.person, subject)) return [];
  const others = leads.flatMap((lead): readonly Receiving[] => {
    const found = readers.find(lead);
    if (found === null || found.person === meant.person || !sees(found.person, subject)) return [];
    return [{ reader: found, mail: true }];
  });
  return others.length > 0 ? others : [{ reader: meant, mail: false }];
}

/** What everybody who may be told of something may open, read at once; where no board is narrow, nothing is asked. */
async function readSight(
  queries: Queries,
  organisationId: string,
  drafts: readonly Draft[],
  readers: Readers,
): Promise<Sees> {
  const meant = drafts.flatMap(({ person, leads = [] }) => [person, ...leads]);
  const delegates = readers.absences.flatMap(({ delegate }) => delegate ?? []);
  const people = [...meant, ...delegates].map((person) => readers.find(person)?.person ?? person);
  const unseen = new Map<string, ReadonlySet<string>>();
  const subjects = drafts.map(({ subject }) => subject);
  for (const [person, seer] of await readSeers(queries, organisationId, people)) {
    unseen.set(person, await unseenSubjects(queries, seer, subjects));
  }
  return (person, { id }) => unseen.get(person)?.has(id) !== true;
}
